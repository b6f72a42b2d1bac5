import {percentile} from '../statistics/summary.ts';

/** Values of a new level that are the fewest, and the most: more of them are searched as any others. */
const [fewest, most] = [3, 12];

/** A jump out of everything that was, too fresh to be a level yet: its first row, and the medians before and after it. */
export type FreshJump = {readonly at: number; readonly before: number; readonly after: number; readonly falseAlarm: number};

/**
 * The latest values, where all of them lie farther from everything before than its whole range is wide. Of `n` values that might stand in any
 * order, the last `k` are the largest, or the smallest, once in n over k orders; the distance keeps out a series that wanders.
 */
export function freshJump(values: readonly number[]): FreshJump | undefined {
	let found: FreshJump | undefined;
	for (let rows = fewest; rows <= most && values.length - rows >= 2 * most; rows++) {
		const at = values.length - rows;
		const [before, after] = [values.slice(0, at), values.slice(at)];
		const [low, high] = [Math.min(...before), Math.max(...before)];
		const isOut = Math.min(...after) > high + (high - low) || Math.max(...after) < low - (high - low);
		if (!isOut) continue;
		found = {at, before: percentile(before, 50), after: percentile(after, 50), falseAlarm: 2 / combinations(values.length, rows)};
	}
	return found;
}

/** n over k */
function combinations(n: number, k: number): number {
	let all = 1;
	for (let at = 1; at <= k; at++) all = (all * (n - k + at)) / at;
	return all;
}
