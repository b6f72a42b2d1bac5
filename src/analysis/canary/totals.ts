import type {Pair} from './evidence/likelihood.ts';
import type {Counts} from './metric.ts';

/** The part of the requests that counts, 0 to 1; 0 without any. */
export const badPart = ({total, bad}: Counts) => (total > 0 ? bad / total : 0);

/** Counters that are read at two moments can show more events than requests, or less than none. */
const saneCounts = ({total, bad}: Counts): Counts => ({
	total: Math.max(0, total) || 0,
	bad: Math.min(Math.max(0, bad) || 0, Math.max(0, total) || 0),
});
export const sane = ({canary, stable}: Pair): Pair => ({canary: saneCounts(canary), stable: saneCounts(stable)});

/** What both sides counted over several intervals. */
export function totals(intervals: readonly Pair[]): Pair {
	const side = (name: 'canary' | 'stable') =>
		intervals
			.map(interval => sane(interval)[name])
			.reduce((sum, {total, bad}) => ({total: sum.total + total, bad: sum.bad + bad}), {total: 0, bad: 0});
	return {canary: side('canary'), stable: side('stable')};
}

export const minutesOf = (intervals: readonly {readonly spanMs: number}[]) => intervals.reduce((all, {spanMs}) => all + spanMs, 0) / 60_000;
