/** One place of a screen. Colours are `#rrggbb`; missing ones are those of the terminal. */
export type Cell = {
	readonly text: string;
	readonly front?: string | undefined;
	readonly back?: string | undefined;
	readonly bold: boolean;
	readonly dim: boolean;
	readonly inverse: boolean;
};

type Look = Omit<Cell, 'text'>;

const plain: Look = {bold: false, dim: false, inverse: false};
/** The sixteen colours that a terminal has names for. */
const sixteen = '1e1e1e f14c4c 23d18b f5f543 3b8eea d670d6 29b8db e5e5e5 666666 f14c4c 23d18b f5f543 3b8eea d670d6 29b8db ffffff'
	.split(' ')
	.map(hex => `#${hex}`);

const hex = (...parts: readonly number[]) => `#${parts.map(part => part.toString(16).padStart(2, '0')).join('')}`;

/** One of the 256 colours: the sixteen, a cube of six levels each, and greys. */
function indexed(index: number): string {
	if (index < 16) return sixteen[index] ?? '#000000';
	if (index >= 232) return hex(...Array.from({length: 3}, () => 8 + (index - 232) * 10));
	const level = (step: number) => (step === 0 ? 0 : 55 + step * 40);
	const cube = index - 16;
	return hex(level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6));
}

/** The look after one sequence of numbers (SGR). Those of a colour take the numbers behind them. */
function looking(look: Look, numbers: readonly number[]): Look {
	let next = look;
	for (let at = 0; at < numbers.length; at += 1) {
		const number = numbers[at] ?? 0;
		if (number === 38 || number === 48) {
			const isRgb = numbers[at + 1] === 2;
			const colour = isRgb ? hex(...numbers.slice(at + 2, at + 5)) : indexed(numbers[at + 2] ?? 0);
			next = number === 38 ? {...next, front: colour} : {...next, back: colour};
			at += isRgb ? 4 : 2;
		} else next = lookingPlainly(next, number);
	}
	return next;
}

function lookingPlainly(look: Look, number: number): Look {
	if (number === 0) return plain;
	if (number === 1) return {...look, bold: true};
	if (number === 2) return {...look, dim: true};
	if (number === 22) return {...look, bold: false, dim: false};
	if (number === 7 || number === 27) return {...look, inverse: number === 7};
	if (number === 39) return {...look, front: undefined};
	if (number === 49) return {...look, back: undefined};
	if (number >= 30 && number <= 37) return {...look, front: indexed(number - 30)};
	if (number >= 90 && number <= 97) return {...look, front: indexed(number - 82)};
	return look;
}

const graphemes = new Intl.Segmenter(undefined, {granularity: 'grapheme'});
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
const sequence = /\u001B\[([\d;]*)m|\u001B\([A-Z0-9]|[\u000E\u000F]/g;

/** The lines of a screen that tmux captured with its colours. */
export function styledCells(captured: string): readonly (readonly Cell[])[] {
	let look = plain;
	return captured.split('\n').map(line => {
		const cells: Cell[] = [];
		let from = 0;
		const put = (text: string) => {
			for (const {segment} of graphemes.segment(text)) cells.push({text: segment, ...look});
		};
		for (const found of line.matchAll(sequence)) {
			put(line.slice(from, found.index));
			if (found[1] !== undefined) look = looking(look, found[1].split(/[;:]/).map(Number));
			from = found.index + found[0].length;
		}
		put(line.slice(from));
		return cells;
	});
}
