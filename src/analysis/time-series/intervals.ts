import {percentile} from '../statistics/summary.ts';

/** What a value falls below in 2.5, 10, 90 and 97.5 of 100 cases. */
export type Bounds = {readonly low95: number; readonly low80: number; readonly high80: number; readonly high95: number};

/** Neighbouring steps on each side with which a step shares its errors, since there are few origins. */
const shared = 2;

/**
 * Bounds grow by that, divided by the number of windows: with few of them the largest errors were not seen yet (as in Student's t), and shares were learned from the same errors.
 * On M4 hourly and weekly 1 to 2.5 keep 94 to 97 % of the values within the bounds of 95 %.
 */
const widened = 1.5;

const percents = {low95: 2.5, low80: 10, high80: 90, high95: 97.5} as const;

/**
 * Bounds for each step, from the errors that the same forecast made on the series' own past: the size of an error by step, and how many sizes it is off by percentiles of all
 * errors, above and below apart. In few windows errors lie on one side by chance: so much of each bound, one part in as many as there are windows, takes both sides for alike.
 * @param errors truth minus forecast, by origin, then by step
 * @param windows how many horizons without overlap the back-test saw
 */
export function boundsOf(errors: readonly Float64Array[], future: Float64Array, windows: number): readonly Bounds[] {
	const sizes = Array.from(future, (_, step) => sizeAt(errors, step));
	const inSizes = errors.flatMap(path => Array.from(path, (error, step) => error / (sizes[step] || 1)));
	const widening = 1 + widened / windows;
	const mirrored = [...inSizes, ...inSizes.map(error => -error)];
	const chance = 1 / Math.max(1, windows);
	const bound = (percent: number) => widening * ((1 - chance) * percentile(inSizes, percent) + chance * percentile(mirrored, percent));
	const factors = {
		low95: bound(percents.low95),
		low80: bound(percents.low80),
		high80: bound(percents.high80),
		high95: bound(percents.high95),
	};
	return Array.from(future, (value, step) => {
		const size = sizes[step] ?? 0;
		return {
			low95: value + Math.min(0, factors.low95) * size,
			low80: value + Math.min(0, factors.low80) * size,
			high80: value + Math.max(0, factors.high80) * size,
			high95: value + Math.max(0, factors.high95) * size,
		};
	});
}

/** Mean absolute error of a step and its neighbours. */
function sizeAt(errors: readonly Float64Array[], step: number): number {
	let [sum, count] = [0, 0];
	for (const path of errors)
		for (let near = Math.max(0, step - shared); near <= Math.min(path.length - 1, step + shared); near++) {
			sum += Math.abs(path[near] ?? 0);
			count++;
		}
	return count === 0 ? 0 : sum / count;
}
