import type {TimeCounts} from './time-counts.ts';

/** A time in which a template came far more often than else. */
export type Burst = {readonly fromMs: number; readonly untilMs: number; readonly count: number};

/** Fewer lines are no burst, however rare the template is. */
const fewestLines = 5;
/** Standard deviations above the mean of a Poisson process of the same rate: about one bucket in 30,000 by chance. */
const deviations = 4;

/**
 * The bursts of a template, oldest first; neighbouring ones are one. What is usual is its own count spread evenly over the whole log:
 * lines that come by chance at a constant rate have no burst.
 * @param span the time of the whole log, in milliseconds since 1970
 */
export function burstsOf({widthMs, counts}: TimeCounts, span: {readonly fromMs: number; readonly untilMs: number}): readonly Burst[] {
	const total = counts.values().reduce((sum, lines) => sum + lines, 0);
	const buckets = Math.floor(span.untilMs / widthMs) - Math.floor(span.fromMs / widthMs) + 1;
	const usual = total / buckets;
	const bursts: Burst[] = [];
	for (const [bucket, count] of [...counts].sort(([one], [other]) => one - other)) {
		if (count < fewestLines || count <= usual + deviations * Math.sqrt(usual)) continue;
		const last = bursts.at(-1);
		const fromMs = bucket * widthMs;
		if (last?.untilMs === fromMs) bursts[bursts.length - 1] = {...last, untilMs: fromMs + widthMs, count: last.count + count};
		else bursts.push({fromMs, untilMs: fromMs + widthMs, count});
	}
	return bursts;
}
