import {stripControl} from '../strip-control.ts';
import {emptyLine, hanging, indented, type Line, lineText, lineWidth, span} from '../styled.ts';
import {textTable} from '../text-table.ts';
import {wrapText} from '../text-width.ts';
import {wrapSpans} from '../wrap-spans.ts';
import {inlineSpans} from './inline-spans.ts';
import {type Block, markdownBlocks} from './markdown-blocks.ts';

type Table = Extract<Block, {kind: 'table'}>;

/** Deeper lists are not set further in: a narrow screen needs the room. */
const deepest = 4;

const plainCell = (text: string) => lineText(inlineSpans(text));

/** Side by side where it fits, else each row as a paragraph of `header: value`: nothing of a table is cut. */
function tableLines({headers, rows}: Table, width: number): readonly Line[] {
	const texts = rows.map(row => row.map(plainCell));
	const heads = headers.map(plainCell);
	const [head = '', ...body] = textTable({headers: heads, rows: texts, view: {width: 10_000, terminal: true}}).split('\n');
	const lines: readonly Line[] = [[span(head, 'strong')], ...body.map((row): Line => [span(row)])];
	if (lines.every(line => lineWidth(line) <= width)) return lines;
	return rows.flatMap((row, at) => [
		...(at === 0 ? [] : [emptyLine]),
		...row.flatMap((cell, column) => (cell === '' ? [] : namedLines(heads[column] ?? '', cell, width))),
	]);
}

/** A cell beside the name of its column, or below one that is long. */
function namedLines(name: string, cell: string, width: number): readonly Line[] {
	const lead = [span(`${name}: `, 'dim')];
	if (name === '') return wrapSpans([], inlineSpans(cell), width);
	if (lineWidth(lead) <= width / 2) return wrapSpans(lead, inlineSpans(cell), width);
	return [...hanging([], `${name}:`, {width, tone: 'dim'}), ...wrapSpans([span('  ')], inlineSpans(cell), width)];
}

const codeLines = (line: string, width: number) => (line.trim() === '' ? [emptyLine] : hanging([], line, {width, tone: 'accent'}));

function blockLines(block: Block, width: number): readonly Line[] {
	switch (block.kind) {
		case 'blank':
			return [emptyLine];
		case 'rule':
			return [[span('─'.repeat(Math.min(width, 20)), 'dim')]];
		case 'heading':
			return wrapSpans([], inlineSpans(block.text, 'strong'), width);
		case 'quote':
			return wrapText(block.text, Math.max(1, width - 2)).map(line => [span('| ', 'dim'), ...inlineSpans(line)]);
		case 'item': {
			const lead = `${'  '.repeat(Math.min(block.depth, deepest))}${block.mark} `;
			return wrapSpans([span(lead, 'dim')], inlineSpans(block.text), width);
		}
		case 'code':
			return indented(
				block.lines.flatMap(line => codeLines(line.replaceAll('\t', '  '), width - 4)),
				4,
			);
		case 'table':
			return tableLines(block, width);
		case 'text':
			return wrapSpans([], inlineSpans(block.text), width);
	}
}

const isBlank = (line: Line | undefined) => line === undefined || line.length === 0;

/**
 * Markdown for a terminal: headings, lists, code, tables, bold words, links with their targets. Text of others is harmless in it.
 * @param width columns that no line exceeds, from 20
 */
export function markdownLines(text: string, width: number): readonly Line[] {
	const lines = markdownBlocks(stripControl(text)).flatMap(block => blockLines(block, width));
	const single = lines.filter((line, at) => !(isBlank(line) && isBlank(lines[at - 1])));
	return isBlank(single.at(-1)) ? single.slice(0, -1) : single;
}
