import type {View} from '../tool.ts';
import {oneLine} from './one-line.ts';
import {hanging, lineText, span} from './styled.ts';
import {cutText, padStart, padText, textWidth} from './text-width.ts';

type Cell = string | number;

const gap = 3;
/** Columns are not squeezed below this, so that each keeps a hint of what it holds. */
const narrowest = 5;

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

/** Takes columns away from the widest, one at a time, until the row fits. */
function squeezed(widths: readonly number[], available: number): readonly number[] {
	const squeezing = [...widths];
	while (sum(squeezing) > available) {
		const widest = Math.max(...squeezing);
		if (widest <= narrowest) break;
		squeezing[squeezing.lastIndexOf(widest)] = widest - 1;
	}
	return squeezing;
}

/**
 * One row where the columns do not fit side by side: nothing is cut, so that no name loses its end. The other cells stand beside the first
 * where all first cells are short, and below it otherwise.
 */
function stacked([first = '', ...others]: readonly string[], widestFirst: number, width: number): readonly string[] {
	const cells = others.map(cell => (cell === '' ? '-' : cell)).join('  ');
	const beside = [span(`${padText(first, widestFirst)}  `)];
	const lines =
		widestFirst <= width / 4 ? hanging(beside, cells, {width}) : [...hanging([], first, {width}), ...hanging([span('  ')], cells, {width})];
	return lines.map(lineText);
}

/**
 * Rows under headers, like kubectl. In a terminal: aligned, columns of numbers to the right, too wide columns cut with `…`; where a column
 * would lose more than half, each row becomes a paragraph and nothing is cut.
 * In a pipe: tabs between the cells and nothing cut. Ends without a line break.
 */
export function textTable({
	headers,
	rows,
	view,
}: {
	readonly headers: readonly string[];
	readonly rows: readonly (readonly Cell[])[];
	readonly view: Pick<View, 'width' | 'terminal'>;
}): string {
	const lines = [headers, ...rows].map(row => headers.map((_, column) => oneLine(String(row[column] ?? ''))));
	if (!view.terminal) return lines.map(line => line.join('\t')).join('\n');
	// A list may have more rows than a call takes arguments.
	const natural = headers.map((_, column) => lines.reduce((widest, line) => Math.max(widest, textWidth(line[column] ?? '')), 0));
	const widths = squeezed(natural, view.width - gap * (headers.length - 1));
	if (widths.some((width, column) => width < (natural[column] ?? 0) / 2))
		return lines.flatMap(line => stacked(line, natural[0] ?? 0, view.width)).join('\n');
	const isNumeric = headers.map((_, column) => rows.length > 0 && rows.every(row => typeof row[column] === 'number'));
	const draw = (text: string, column: number) => {
		const width = widths[column] ?? 0;
		return (isNumeric[column] ? padStart : padText)(cutText(text, width), width);
	};
	return lines.map(line => cutText(line.map(draw).join(' '.repeat(gap)).trimEnd(), view.width)).join('\n');
}
