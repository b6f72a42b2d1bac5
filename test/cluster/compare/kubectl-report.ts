import type {Pair} from './kubectl.ts';

/** Markdown: one section per command whose output differs. */
export function kubectlReport(pairs: readonly Pair[]): {readonly text: string; readonly differing: number} {
	const sections = pairs.flatMap(section);
	const title = `# Where kubectl shows something else than on a real cluster\n\n${pairs.length} commands, ${sections.length} differ.\n`;
	return {text: [title, ...sections].join('\n'), differing: sections.length};
}

function section({command: {line, as = 'admin'}, real, other}: Pair): readonly string[] {
	if (real.code === other.code && real.output.join('\n') === other.output.join('\n')) return [];
	const codes = real.code === other.code ? [] : [`exit: real ${real.code}, here ${other.code}`];
	const missing = without(real.output, other.output).map(text => `- ${text}`);
	const added = without(other.output, real.output).map(text => `+ ${text}`);
	const moved = missing.length + added.length + codes.length === 0 ? ['the same lines in another order', ...other.output] : [];
	return [[`## ${as}: kubectl ${line}`, '```diff', ...codes, ...missing, ...added, ...moved, '```', ''].join('\n')];
}

/** The lines of one output that the other lacks, doubled lines counted. */
function without(lines: readonly string[], others: readonly string[]): readonly string[] {
	const left = [...others];
	return lines.filter(line => {
		const index = left.indexOf(line);
		if (index >= 0) left.splice(index, 1);
		return index < 0;
	});
}
