import {acceptedLines} from './accepted.ts';
import type {Pair, Ran} from './kubectl.ts';

/** What a comparison of kubectl found. */
export type KubectlReport = {
	/** Markdown: one section per command whose output differs. */
	readonly text: string;
	readonly differing: number;
	/** Commands that did not do on the real cluster what they are there for, so that being alike there means nothing. */
	readonly unsound: readonly string[];
};

export function kubectlReport(pairs: readonly Pair[]): KubectlReport {
	const sections = pairs.flatMap(section);
	const title = `# Where kubectl shows something else than on a real cluster\n\n${pairs.length} commands, ${sections.length} differ.\n`;
	const known = acceptedLines.map(({command, line, reason}) => `- ${command}, \`${line.source}\`: ${reason}`);
	return {
		text: [title, '## Accepted', ...known, '', ...sections].join('\n'),
		differing: sections.length,
		unsound: pairs.flatMap(unsound),
	};
}

function unsound({command: {line, as = 'admin', exit = 0}, real, other}: Pair): readonly string[] {
	const told = `${as}: kubectl ${line}`;
	if (real.code === null || other.code === null) return [`${told}: did not run to its end`];
	if (real.late) return [`${told}: what it waits for did not come about`];
	return real.code === exit ? [] : [`${told}: ended with ${real.code} instead of ${exit}: ${real.err.join(' ')}`];
}

function section({command: {line, as = 'admin'}, real, other}: Pair): readonly string[] {
	const codes = real.code === other.code ? [] : [`exit: real ${real.code}, here ${other.code}`];
	const late = real.late === other.late ? [] : [`late: real ${real.late}, here ${other.late}`];
	const parts = [...codes, ...late, ...changed('out', line, real, other), ...changed('err', line, real, other)];
	return parts.length === 0 ? [] : [[`## ${as}: kubectl ${line}`, '```diff', ...parts, '```', ''].join('\n')];
}

function changed(stream: 'out' | 'err', command: string, real: Ran, other: Ran): readonly string[] {
	const [one, two] = [real, other].map(ran => ran[stream].filter(line => !isAccepted(command, line)));
	if (one === undefined || two === undefined || one.join('\n') === two.join('\n')) return [];
	const lines = [...without(one, two).map(text => `- ${text}`), ...without(two, one).map(text => `+ ${text}`)];
	return [`std${stream}:`, ...(lines.length > 0 ? lines : ['the same lines in another order, here', ...two, 'real', ...one])];
}

const isAccepted = (command: string, line: string) => acceptedLines.some(one => command.startsWith(one.command) && one.line.test(line));

/** The lines of one output that the other lacks, doubled lines counted. */
function without(lines: readonly string[], others: readonly string[]): readonly string[] {
	const left = [...others];
	return lines.filter(line => {
		const index = left.indexOf(line);
		if (index >= 0) left.splice(index, 1);
		return index < 0;
	});
}
