import {measuredText} from '../../core/text/measured-text.ts';
import {changeBottlenecks, dependencyBottlenecks, loadBottlenecks, restartBottlenecks} from './cause-bottlenecks.ts';
import type {Bottleneck, Facts} from './facts.ts';
import {resourceBottlenecks} from './resource-bottlenecks.ts';
import {gravity, type Symptom, symptomsOf} from './symptoms.ts';

const surety = ['possible', 'likely', 'certain'] as const;

/** What explains what users notice best comes first, then what is graver. */
const byWeight = (a: Bottleneck, b: Bottleneck) =>
	surety.indexOf(b.sure) - surety.indexOf(a.sure) || gravity.indexOf(b.severity) - gravity.indexOf(a.severity);

/** Whether something names a symptom as begun with it. */
const explains = ({evidence}: Bottleneck, {name, text}: Symptom) => evidence.some(({source, detail}) => source === name && detail === text);

const unexplained = ({text, name, severity, shift}: Symptom): Bottleneck => ({
	...{kind: 'unexplained', severity, sure: 'possible', sinceMs: shift?.atMs},
	cause: `${text}: nothing that was measured explains it`,
	evidence: [{source: name, detail: text}],
});

/**
 * What holds a workload up: resources at their end, neighbours, dependencies, and changes that somebody made, each only where numbers say so.
 * The one that explains most comes first; none where nothing is at its end and users notice nothing.
 */
export function bottlenecksOf(facts: Facts): readonly Bottleneck[] {
	const symptoms = symptomsOf(facts);
	const around = {facts, symptoms};
	const found = [
		...resourceBottlenecks(around),
		...dependencyBottlenecks(around),
		...changeBottlenecks(around),
		...restartBottlenecks(around),
		...loadBottlenecks(around),
	];
	const open = symptoms.filter(symptom => !found.some(each => explains(each, symptom)));
	return [...found, ...open.map(unexplained)].toSorted(byWeight);
}

/** What was looked at and had room, in words: `CPU at most 31 % of its limit`. */
export function roomOf({measures, nodes}: Pick<Facts, 'measures' | 'nodes'>): readonly string[] {
	const atMost = (name: string, text: string, unit: 'ratio' | 'seconds' = 'ratio') => {
		const course = measures.get(name);
		return course === undefined ? [] : [`${text} at most ${measuredText(course.most, unit)}`];
	};
	const fullest = nodes.flatMap(({cpu}) => cpu?.level ?? []);
	return [
		...atMost('errors', 'errors'),
		...atMost('latency-p95', 'latency p95', 'seconds'),
		...atMost('cpu-of-limit', 'CPU of its limit'),
		...atMost('throttled', 'throttled'),
		...atMost('memory-of-limit', 'memory of its limit'),
		...(fullest.length === 0 ? [] : [`its nodes ${measuredText(Math.max(...fullest), 'ratio')} busy`]),
	];
}
