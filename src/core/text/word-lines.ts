import type {PodWords} from '../canary-evidence.ts';
import type {WorkloadWords} from '../workload-words.ts';
import {count} from './count.ts';
import {hanging, indented, type Line, span} from './styled.ts';
import {wrapText} from './text-width.ts';

/** Words of others, each line of the screen behind a bar: what they say cannot pass for what the program says. */
function quoted(label: string, lines: readonly string[], width: number): readonly Line[] {
	if (lines.length === 0) return [];
	const inner = Math.max(1, width - 4);
	return [
		...hanging([], label, {width, tone: 'dim'}),
		...lines.flatMap(line => wrapText(line, inner)).map(line => [span('  | ', 'dim'), span(line)]),
	];
}

/** What one pod tells: its reason, the last lines of its containers, its last events. */
export function podWordLines({name, reason, logs, events}: PodWords, width: number): readonly Line[] {
	const inner = width - 2;
	return [
		...hanging([span('- ')], reason === '' ? name : `${name}: ${reason}`, {width}),
		...indented(
			[
				...logs.flatMap(({container, previous, lines}) =>
					quoted(`last lines of ${container}${previous ? ', the run before' : ''}`, lines, inner),
				),
				...quoted('last events', events, inner),
			],
			2,
		),
	];
}

/** What stands behind a wait that failed, for a person. */
export function workloadWordLines({pods, morePods, events}: WorkloadWords, width: number): readonly Line[] {
	return [
		...pods.flatMap(pod => podWordLines(pod, width)),
		...(morePods === 0
			? []
			: hanging([span('- ')], `${count(morePods, 'more pod')} ${morePods === 1 ? 'does' : 'do'} not serve either`, {width})),
		...quoted('last events of the workload', events, width),
	];
}
