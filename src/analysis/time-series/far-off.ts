import {percentile} from '../statistics/summary.ts';

/** What nine tenths of the values lie apart by, so many times beyond them: no burst of work is that large, a sample that was misread is. */
const timesBeyond = 10;

/** Samples in a row, as one that a counter misread makes two increases wrong. A level that stays there is longer. */
const longest = 2;

/** What happened more often may happen again. */
const mostOften = 2;

/**
 * Takes out, in place, the samples that lie far off all others once or twice in a series, and are followed by ordinary ones: one of them outweighs all that is known of
 * the rest.
 * @param values finite, or NaN where one is missing; NaN is put where one was taken out
 * @returns how many were taken out
 */
export function takeOutFarOff(values: Float64Array): number {
	const known = Array.from(values).filter(Number.isFinite);
	const [low, high] = [percentile(known, 5), percentile(known, 95)];
	const far = timesBeyond * (high - low);
	const isFarOff = (value: number) => far > 0 && (value < low - far || value > high + far);
	const stretches: {readonly from: number; readonly to: number}[] = [];
	for (const [time, value] of values.entries()) {
		if (!isFarOff(value)) continue;
		const open = stretches.at(-1);
		if (open?.to === time) stretches[stretches.length - 1] = {from: open.from, to: time + 1};
		else stretches.push({from: time, to: time + 1});
	}
	const isLone = stretches.every(({from, to}) => to - from <= longest && Number.isFinite(values[to]));
	if (stretches.length > mostOften || !isLone) return 0;
	for (const {from, to} of stretches) values.fill(Number.NaN, from, to);
	return stretches.reduce((sum, {from, to}) => sum + to - from, 0);
}
