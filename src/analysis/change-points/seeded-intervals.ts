/** Rows from one up to, and not including, another. */
export type Interval = {readonly from: number; readonly to: number};

/** Each layer's intervals are shorter than the one's before by this; neighbours of a layer overlap by half. */
const decay = Math.SQRT1_2;

/**
 * Intervals of all lengths and places, the shortest first, of which one holds a change and not its neighbours, wherever it is. Their number grows
 * with that of the rows.
 * @see Kovács, Bühlmann, Li, Munk 2023, Seeded binary segmentation, Biometrika 110
 */
export function seededIntervals(rows: number, least: number): readonly Interval[] {
	const layers: Interval[][] = [];
	for (let length = rows; length >= least; length *= decay) {
		const count = 2 * Math.ceil(rows / length) - 1;
		const shift = count === 1 ? 0 : (rows - length) / (count - 1);
		layers.push(
			Array.from({length: count}, (_, at) => ({from: Math.floor(at * shift), to: Math.min(rows, Math.ceil(at * shift + length))})),
		);
	}
	return layers.reverse().flat();
}
