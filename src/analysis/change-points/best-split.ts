import {ranksOf} from '../statistics/ranks.ts';

/** Where two parts of some values differ most: rows of the first one, and by how many standard deviations their ranks differ. */
export type Split = {readonly at: number; readonly z: number};

/**
 * The split at which Mann-Whitney's statistic is largest (Pettitt 1979): whatever the values' distribution, and whatever a few wild ones are. Zero
 * where all are alike.
 */
export function bestSplit(values: readonly number[]): Split {
	const {ranks, ties} = ranksOf(values);
	const n = values.length;
	const spread = n < 2 ? 0 : n + 1 - ties / (n * (n - 1));
	let [sum, best]: [number, Split] = [0, {at: 0, z: 0}];
	if (spread <= 0) return best;
	for (let at = 1; at < n; at++) {
		sum += ranks[at - 1] ?? 0;
		const z = Math.abs(sum - (at * (n + 1)) / 2) / Math.sqrt((at * (n - at) * spread) / 12);
		if (z > best.z) best = {at, z};
	}
	return best;
}

/** The same statistic at one place. */
export function splitAt(values: readonly number[], at: number): number {
	const {ranks, ties} = ranksOf(values);
	const n = values.length;
	const spread = n < 2 ? 0 : n + 1 - ties / (n * (n - 1));
	if (spread <= 0 || at <= 0 || at >= n) return 0;
	const sum = ranks.slice(0, at).reduce((all, rank) => all + rank, 0);
	return Math.abs(sum - (at * (n + 1)) / 2) / Math.sqrt((at * (n - at) * spread) / 12);
}
