import {textWidth} from '../../src/core/text/text-width.ts';

const graphemes = new Intl.Segmenter(undefined, {granularity: 'grapheme'});

/** The control sequences that ink and our own printers send; anything else is an error, so that nothing slips by unseen. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
const sequence = /^(?:\u001B\[(\?)?([\d;]*)([A-Za-z])|\u001B\](?:[^\u0007]*)\u0007)/;

/**
 * A terminal as far as these tests need one: rows of cells, a cursor, wrapping and scrolling.
 * `scrollback` keeps what left the screen at the top, like the terminal of a person.
 */
export function screen(columns: number, rows: number) {
	const scrollback: string[] = [];
	let size = {columns, rows};
	let cells: string[][] = [[]];
	let row = 0;
	let column = 0;
	let usedAlternateScreen = false;
	/** What lies below the alternate screen, while that is shown. */
	let below: {cells: string[][]; row: number; column: number} | undefined;
	const swap = (isEntered: boolean) => {
		usedAlternateScreen = true;
		if (isEntered === (below !== undefined)) return;
		const back = below;
		below = isEntered ? {cells, row, column} : undefined;
		// The cursor stays where it is on the way in.
		if (back === undefined) cells = [];
		else ({cells, row, column} = back);
	};
	const line = () => {
		while (cells.length <= row) cells.push([]);
		return cells[row] ?? [];
	};
	const newLine = () => {
		row += 1;
		if (row < size.rows) return;
		const gone = cells.shift() ?? [];
		if (below === undefined) scrollback.push(textOf(gone));
		row = size.rows - 1;
	};
	const put = (letter: string) => {
		const width = textWidth(letter);
		if (width === 0) return;
		if (column + width > size.columns) {
			column = 0;
			newLine();
		}
		const here = line();
		while (here.length < column) here.push(' ');
		here.splice(column, width, letter, ...Array.from({length: width - 1}, () => ''));
		column += width;
	};
	const control = (isPrivate: boolean, parameter: string, command: string) => {
		const count = Number(parameter.split(';')[0] || 1);
		if (isPrivate) {
			if (parameter === '1049') swap(command === 'h');
			return;
		}
		if (command === 'A') row = Math.max(0, row - count);
		else if (command === 'B') row = Math.min(size.rows - 1, row + count);
		else if (command === 'C') column += count;
		else if (command === 'E') [row, column] = [Math.min(size.rows - 1, row + count), 0];
		else if (command === 'G') column = count - 1;
		else if (command === 'K') line().splice(...((parameter === '2' ? [0] : [column]) as [number]));
		else if (command === 'J') cells = parameter === '2' || parameter === '3' ? [] : [...cells.slice(0, row), line().slice(0, column)];
		else if (command === 'H') [row, column] = [0, 0];
		else if (command !== 'm') throw new Error(`The screen does not know the sequence ${JSON.stringify(parameter + command)}`);
	};
	/** Line by line: a text is cut at each letter, which takes long where it is long. */
	const write = (text: string) => {
		for (const part of text.split(/(?<=\n)/)) writePart(part);
	};
	const writePart = (text: string) => {
		let rest = text;
		while (rest !== '') {
			const match = sequence.exec(rest);
			if (match !== null) {
				if (match[3] !== undefined) control(match[1] !== undefined, match[2] ?? '', match[3]);
				rest = rest.slice(match[0].length);
				continue;
			}
			const {segment: letter} = graphemes.segment(rest).containing(0) ?? {segment: ''};
			if (letter === '\n' || letter === '\r\n') {
				column = 0;
				newLine();
			} else if (letter === '\r') column = 0;
			else put(letter);
			rest = rest.slice(letter.length);
		}
	};
	return {
		write,
		scrollback,
		usedAlternateScreen: () => usedAlternateScreen,
		isAlternate: () => below !== undefined,
		resize: (wider: {columns: number; rows: number}) => {
			size = wider;
		},
		/** What stands on the screen, without blank rows at its end. */
		text: () => cells.map(textOf).join('\n').trimEnd(),
	};
}

const textOf = (cells: readonly string[]) => cells.join('').trimEnd();
