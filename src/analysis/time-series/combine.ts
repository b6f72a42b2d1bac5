import type {Tried} from './back-test.ts';

/** How fast a candidate's share falls with its error: from 4 (averaging) to 16 (the best alone) it makes little difference on M4. */
const sharpness = 8;

/** Shares below it change nothing that could be seen. */
const leastShare = 0.01;

/** A weighted mean of forecasts. */
export type Combination = {
	readonly parts: readonly {readonly tried: Tried; readonly share: number}[];
	readonly past: readonly Float64Array[];
	readonly future: Float64Array;
};

/** Shares by the errors on the series' own past: (least error / error) to a power, so that good ones are averaged and bad ones fall away. */
export function combine(tried: readonly Tried[]): Combination {
	const least = Math.min(...tried.map(({error}) => error));
	const raw = tried.map(({error}) => (error <= least ? 1 : (least / error) ** sharpness));
	const whole = raw.reduce((sum, share) => sum + share, 0);
	const kept = tried.map((each, index) => ({tried: each, share: (raw[index] ?? 0) / whole})).filter(({share}) => share >= leastShare);
	const rest = kept.reduce((sum, {share}) => sum + share, 0);
	const parts = kept.map(part => ({...part, share: part.share / rest})).toSorted((one, other) => other.share - one.share);
	const origins = tried[0]?.past.length ?? 0;
	return {
		parts,
		past: Array.from({length: origins}, (_, origin) => weighted(parts, each => each.past[origin])),
		future: weighted(parts, each => each.future),
	};
}

function weighted(parts: Combination['parts'], of: (tried: Tried) => Float64Array | undefined): Float64Array {
	const sum = new Float64Array(parts[0] === undefined ? 0 : (of(parts[0].tried)?.length ?? 0));
	for (const {tried, share} of parts)
		for (const [step, value] of (of(tried) ?? sum).entries()) sum[step] = (sum[step] ?? 0) + share * value;
	return sum;
}
