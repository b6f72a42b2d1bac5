/** A piece of Markdown that is laid out on its own. */
export type Block =
	| {readonly kind: 'blank'}
	| {readonly kind: 'rule'}
	| {readonly kind: 'heading'; readonly text: string}
	| {readonly kind: 'quote'; readonly text: string}
	| {readonly kind: 'item'; readonly depth: number; readonly mark: string; readonly text: string}
	| {readonly kind: 'code'; readonly language: string; readonly lines: readonly string[]; readonly isClosed: boolean}
	| {readonly kind: 'table'; readonly headers: readonly string[]; readonly rows: readonly (readonly string[])[]}
	| {readonly kind: 'text'; readonly text: string};

const fence = /^\s*(```+|~~~+)\s*(\S*)/;
const separator = /^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$/;
const item = /^(\s*)([-*+]|\d{1,4}[.)])\s+(.*)$/;

const cellsOf = (row: string): readonly string[] =>
	row
		.trim()
		.replace(/^\||\|$/g, '')
		.split('|')
		.map(cell => cell.trim());

/** A block of code from its opening line on, and the line after it. One that is not closed yet goes to the end. */
function codeAt(lines: readonly string[], start: number, opening: RegExpExecArray): readonly [Block, number] {
	const mark = opening[1] ?? '```';
	const end = lines.findIndex((line, at) => at > start && line.trim().startsWith(mark));
	const stop = end === -1 ? lines.length : end;
	return [{kind: 'code', language: opening[2] ?? '', lines: lines.slice(start + 1, stop), isClosed: end !== -1}, stop + 1];
}

function tableAt(lines: readonly string[], start: number): readonly [Block, number] | undefined {
	const [head = '', below = ''] = lines.slice(start, start + 2);
	if (!head.includes('|') || !separator.test(below)) return undefined;
	const length = lines.slice(start + 2).findIndex(line => !line.includes('|'));
	const end = length === -1 ? lines.length : start + 2 + length;
	return [{kind: 'table', headers: cellsOf(head), rows: lines.slice(start + 2, end).map(cellsOf)}, end];
}

function lineBlock(line: string): Block {
	if (line.trim() === '') return {kind: 'blank'};
	const heading = /^#{1,6}\s+(.*)$/.exec(line);
	if (heading !== null) return {kind: 'heading', text: (heading[1] ?? '').replace(/\s+#+\s*$/, '')};
	if (/^\s*(?:-{3,}|\*{3,}|_{3,})\s*$/.test(line)) return {kind: 'rule'};
	const quote = /^\s*>\s?(.*)$/.exec(line);
	if (quote !== null) return {kind: 'quote', text: quote[1] ?? ''};
	const [, indent = '', mark, text = ''] = item.exec(line) ?? [];
	if (mark === undefined) return {kind: 'text', text: line};
	return {kind: 'item', depth: Math.floor(indent.replaceAll('\t', '  ').length / 2), mark: /\d/.test(mark) ? mark : '-', text};
}

/** Markdown in its blocks. Line breaks of the text are kept: what a tool tells line by line stays so. */
export function markdownBlocks(text: string): readonly Block[] {
	const lines = text.split('\n');
	const blocks: Block[] = [];
	for (let at = 0; at < lines.length; ) {
		const opening = fence.exec(lines[at] ?? '');
		const [block, next] = (opening === null ? tableAt(lines, at) : codeAt(lines, at, opening)) ?? [lineBlock(lines[at] ?? ''), at + 1];
		blocks.push(block);
		at = next;
	}
	return blocks;
}

/**
 * Where a text that still grows can be cut, so that what stands before it will not be laid out in another way: behind the last empty line that is
 * outside of code. 0 where there is none.
 */
export function settledLength(text: string): number {
	const lines = text.split('\n');
	let isCode = false;
	let length = 0;
	let settled = 0;
	// The last line has no end yet.
	for (const line of lines.slice(0, -1)) {
		if (fence.test(line)) isCode = !isCode;
		length += line.length + 1;
		if (!isCode && line.trim() === '') settled = length;
	}
	return settled;
}
