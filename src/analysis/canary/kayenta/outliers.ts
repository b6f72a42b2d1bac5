import {mean, percentile, populationDeviation} from '../../statistics/summary.ts';

/** `iqr`: outside the quartiles by `factor` interquartile ranges; `kSigma`: further than k deviations of the population from the mean. */
export type OutlierDetector =
	| {readonly type: 'iqr'; readonly factor: number; readonly reduceSensitivity?: boolean}
	| {readonly type: 'kSigma'; readonly k: number};

/** Which of the values are outliers. `reduceSensitivity` leaves everything between the first and the 99th percentile in. */
export function outliersOf(values: readonly number[], detector: OutlierDetector): readonly boolean[] {
	if (detector.type === 'kSigma') {
		const [centre, limit] = [mean(values), detector.k * populationDeviation(values)];
		return values.map(value => Math.abs(value - centre) > limit);
	}
	const [first, third] = [percentile(values, 25), percentile(values, 75)];
	const reach = detector.factor * (third - first);
	const low = detector.reduceSensitivity ? Math.min(first - reach, percentile(values, 1)) : first - reach;
	const high = detector.reduceSensitivity ? Math.max(third + reach, percentile(values, 99)) : third + reach;
	return values.map(value => value < low || value > high);
}

/** The values that are none, in their order. */
export function withoutOutliers(values: readonly number[], detector: OutlierDetector): readonly number[] {
	const outliers = outliersOf(values, detector);
	return values.filter((_, at) => !outliers[at]);
}
