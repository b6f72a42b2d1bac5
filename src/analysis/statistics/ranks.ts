/** Ranks of values, and what ties take from their variance. */
export type Ranks = {
	/** From 1, in the order of the values; equal values share the mean of their ranks. */
	readonly ranks: readonly number[];
	/** Sum of t³ − t over groups of t equal values. */
	readonly ties: number;
};

/** @param values finite numbers, in any order */
export function ranksOf(values: readonly number[]): Ranks {
	const order = Float64Array.from(values).sort();
	const rankOf = new Map<number, number>();
	let ties = 0;
	for (let from = 0; from < order.length; ) {
		const value = order[from] ?? 0;
		let to = from;
		while (to < order.length && order[to] === value) to++;
		const size = to - from;
		rankOf.set(value, (from + 1 + to) / 2);
		ties += size ** 3 - size;
		from = to;
	}
	return {ranks: values.map(value => rankOf.get(value) ?? 0), ties};
}
