import {normalise, normaliseCell, normaliseText} from './normalise.ts';

export type Shown = {readonly out: readonly string[]; readonly err: readonly string[]};

/** What kubectl printed for a command, without what two runs on one cluster would print differently. No line is left out. */
export function shown(command: string, out: string, err: string): Shown {
	const told = linesOf(err).map(shownText);
	const json = / -o json( |$)/.test(command) ? parsed(out) : undefined;
	if (json !== undefined) return {out: JSON.stringify(normalise(json), null, 2).split('\n'), err: told};
	const lines = linesOf(out).map(isTable(command) ? shownRow : shownText);
	return {out: isInDrawnOrder(command) ? lines.toSorted() : lines, err: told};
}

const isTable = (command: string) => /^get /.test(command) && !/ -o (yaml|json|jsonpath|go-template)|--raw/.test(command);
/** Rows are in the order of names that controllers draw, and rights in the order of a Go map. */
const isInDrawnOrder = (command: string) => (isTable(command) && !command.includes('--sort-by')) || command.startsWith('auth can-i --list');

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

const linesOf = (text: string) =>
	text
		.split('\n')
		.map(line => line.trimEnd())
		.filter(line => line !== '');

/** Columns are as wide as the names in them. */
const cellsOf = (line: string) => line.split(/ {2,}|\t/);
const shownRow = (line: string) => cellsOf(line).map(normaliseCell).join('  ');

/** The indentation counts; the width of what stands before the next column does not. */
function shownText(line: string): string {
	const indentation = /^\s*/.exec(line)?.[0] ?? '';
	const cells = cellsOf(line.slice(indentation.length)).map(normaliseText).join('  ');
	return replacements.reduce((text, [pattern, by]) => text.replace(pattern, by), `${indentation}${cells}`);
}

const age = String.raw`(?:(?:\d{1,3}[smhd])+|<invalid>)`;
const replacements: readonly (readonly [RegExp, string])[] = [
	// Events of `describe`. The embedded cluster lives faster, so that kubectl takes its events for future ones.
	[new RegExp(`^( +(?:Normal|Warning) +\\w+ +)${age}(?: \\(x\\d+ over ${age}\\))? `), '$1<age> '],
	[new RegExp(`^(Duration: +)${age}$`), '$1<age>'],
	// Under a table's heads, as wide as the widest cell.
	[/-{3,}(?=$| {2})/g, '---'],
	[/^( *resourceVersion: )"[1-9]\d*"$/, '$1"<version>"'],
	[/^( *Port: )\d{4,5}$/, '$1<port>'],
	// The two folders that diff is given.
	[/\/\S*\/(LIVE|MERGED)-\d+(?=\/|$)/g, '<$1>'],
	[/\b\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+ \+0000/g, '<time>'],
];
