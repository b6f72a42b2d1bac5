/** Longest way from one level to the next that is still a step: rates over four scrapes need as many rows. */
export const stepRows = 4;

/** By how much better a longer way has to fit than a step. */
const better = 0.97;

/**
 * How many rows the way from one level to the other took, of those that are tried: none, four, and twice as many each time.
 * @param values of both levels
 * @param cut first row of the second one
 */
export function transitionRows(values: readonly number[], cut: number): number {
	let [rows, least] = [0, misfit(values, cut, 0) * better];
	for (let tried = stepRows; tried <= 2 * Math.max(cut, values.length - cut); tried *= 2) {
		const found = misfit(values, cut, tried) * (tried <= stepRows ? better : 1);
		if (found < least) [rows, least] = [tried, found];
	}
	return rows;
}

/** Sum of distances to two levels with a straight way between them, of so many rows around the cut. */
export function misfit(values: readonly number[], cut: number, rows: number): number {
	const shape = values.map((_, row) => (rows === 0 ? (row < cut ? -0.5 : 0.5) : Math.min(0.5, Math.max(-0.5, (row + 0.5 - cut) / rows))));
	const [centre, level] = [meanOf(shape), meanOf(values)];
	let [both, squares] = [0, 0];
	for (const [row, place] of shape.entries()) {
		both += (place - centre) * ((values[row] ?? level) - level);
		squares += (place - centre) ** 2;
	}
	const by = squares === 0 ? 0 : both / squares;
	return values.reduce((sum, value, row) => sum + Math.abs(value - level - by * ((shape[row] ?? centre) - centre)), 0);
}

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
