import {deviation, mean} from '../statistics/summary.ts';

/** Errors are lower where they are below that part of the others: a smaller difference is none, as shares were learned from the same errors. */
const part = 0.95;

/** Standard errors that the difference has to exceed, in few windows by so much divided by their number more (as in Student's t): chance alone does so in one of ten series. */
const standardErrors = 1.3;
const widened = 1.5;

/**
 * Whether one forecast's errors are lower than another's by more than chance (Diebold and Mariano 1995, on means of horizons).
 * @param errors of each origin, and the other's of the same origins
 * @param windows how many horizons without overlap the back-test saw: origins that overlap say the same twice
 */
export function isBetter(errors: readonly number[], others: readonly number[], windows: number): boolean {
	const gains = errors.map((error, origin) => (others[origin] ?? error) - error);
	const independent = Math.max(1, Math.min(gains.length, windows));
	const chance = (standardErrors * (1 + widened / independent) * deviation(gains)) / Math.sqrt(independent);
	return mean(errors) < part * mean(others) && mean(gains) > chance;
}
