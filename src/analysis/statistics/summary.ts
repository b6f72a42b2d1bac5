/** 0 where there is nothing. */
export const mean = (values: readonly number[]): number =>
	values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

const squaresAround = (values: readonly number[]) => {
	const centre = mean(values);
	return values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
};

/** Of a sample, n − 1 in the denominator; 0 below two values. */
export const deviation = (values: readonly number[]): number =>
	values.length < 2 ? 0 : Math.sqrt(squaresAround(values) / (values.length - 1));

/** Of a whole population, n in the denominator. */
export const populationDeviation = (values: readonly number[]): number =>
	values.length === 0 ? 0 : Math.sqrt(squaresAround(values) / values.length);

/**
 * Percentile with linear interpolation between the two nearest values (R's type 7).
 * @param percent 0 to 100
 * @returns 0 for no values
 */
export function percentile(values: readonly number[], percent: number): number {
	const sorted = values.toSorted((one, other) => one - other);
	const at = (Math.min(100, Math.max(0, percent)) / 100) * (sorted.length - 1);
	const below = sorted[Math.floor(at)] ?? 0;
	return below + (at - Math.floor(at)) * ((sorted[Math.ceil(at)] ?? below) - below);
}
