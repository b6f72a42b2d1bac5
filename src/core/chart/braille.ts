/** Bits of the eight dots of a braille cell, by row from the top: left, right. @see Unicode 15, Braille Patterns (U+2800) */
const dots = [
	[0x01, 0x08],
	[0x02, 0x10],
	[0x04, 0x20],
	[0x40, 0x80],
] as const;

const blank = 0x28_00;
const [acrossCell, downCell] = [2, 4];

export type Frame = {
	/** In characters. Each holds two values beside each other and four above. */
	readonly columns: number;
	readonly rows: number;
	readonly bottom: number;
	readonly top: number;
};

/** Evenly spread over the width, at most two for a column; null where there is none: the curve is broken there. */
type Values = readonly (number | null)[];

/**
 * Curves in dots, one line of text for each row, the highest first.
 * @param dotted curves whose neighbours are not joined, and of which every other dot is left out: bounds of a forecast
 */
export function brailleCurves(
	curves: readonly Values[],
	dotted: readonly Values[],
	{columns, rows, bottom, top}: Frame,
): readonly string[] {
	const cells = Array.from({length: rows}, () => new Uint8Array(columns));
	const [width, height] = [columns * acrossCell, rows * downCell];
	const levelOf = (value: number) => {
		const part = top === bottom ? 0 : (value - bottom) / (top - bottom);
		return Math.round((1 - Math.min(1, Math.max(0, part))) * (height - 1));
	};
	const across = (index: number, length: number) => (length <= 1 ? 0 : Math.round((index * (width - 1)) / (length - 1)));
	const dot = (x: number, y: number) => {
		const cell = cells[Math.floor(y / downCell)];
		const column = Math.floor(x / acrossCell);
		if (cell !== undefined) cell[column] = (cell[column] ?? 0) | (dots[y % downCell]?.[x % acrossCell] ?? 0);
	};
	for (const values of curves) {
		let last: Dot | undefined;
		for (const [index, value] of values.entries()) {
			if (value === null || !Number.isFinite(value)) {
				last = undefined;
				continue;
			}
			const here = {x: across(index, values.length), y: levelOf(value)};
			for (const [x, y] of last === undefined ? [[here.x, here.y] as const] : stroke(last, here)) dot(x, y);
			last = here;
		}
	}
	for (const values of dotted)
		for (const [index, value] of values.entries()) {
			const x = across(index, values.length);
			if (value !== null && Number.isFinite(value) && x % acrossCell === 0) dot(x, levelOf(value));
		}
	// An empty cell is a space: not every font draws the empty braille pattern as wide as the others.
	return cells.map(row => Array.from(row, bits => (bits === 0 ? ' ' : String.fromCharCode(blank + bits))).join(''));
}

type Dot = {readonly x: number; readonly y: number};

/** The dots from one to another, both ends included. */
function stroke(from: Dot, to: Dot): readonly (readonly [number, number])[] {
	const steps = Math.max(Math.abs(to.x - from.x), Math.abs(to.y - from.y), 1);
	return Array.from({length: steps + 1}, (_, step) => [
		Math.round(from.x + ((to.x - from.x) * step) / steps),
		Math.round(from.y + ((to.y - from.y) * step) / steps),
	]);
}
