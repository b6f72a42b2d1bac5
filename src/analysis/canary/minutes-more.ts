import {excludedRatio} from './evidence/excluded-ratio.ts';
import type {Pair} from './evidence/likelihood.ts';
import {evidenceToFail} from './evidence/sequential-evidence.ts';

/** Longer than this nobody waits, and nobody can foresee. */
const longestMinutes = 7 * 24 * 60;

const whole = (minutes: number): number | undefined =>
	Number.isFinite(minutes) && minutes <= longestMinutes ? Math.max(1, Math.ceil(minutes)) : undefined;

/**
 * Minutes until so many more requests have come.
 * @returns at least 1; undefined where nothing comes, or not within a week
 */
export const minutesUntilRequests = (missing: number, perMinute: number): number | undefined =>
	perMinute > 0 ? whole(missing / perMinute) : undefined;

/** Minutes until evidence that grows as it did so far decides: its log grows with time. */
export function minutesUntilDecided(evidence: number, minutes: number): number | undefined {
	const grown = Math.log(evidence);
	return grown > 0 ? whole((minutes * Math.log(evidenceToFail / evidence)) / grown) : undefined;
}

/** Minutes until the ratio `most` is excluded, if requests and events go on as they did. */
export function minutesUntilExcluded(sum: Pair, designEffect: number, most: number, minutes: number): number | undefined {
	const at = (times: number) => {
		const side = ({total, bad}: Pair['canary']) => ({total: total * times, bad: bad * times});
		return excludedRatio({canary: side(sum.canary), stable: side(sum.stable)}, designEffect) <= most;
	};
	let enough = 2;
	while (!at(enough) && minutes * enough < longestMinutes) enough *= 2;
	if (!at(enough)) return undefined;
	let short = 1;
	for (let step = 0; step < 20; step++) {
		const middle = (short + enough) / 2;
		if (at(middle)) enough = middle;
		else short = middle;
	}
	return whole(minutes * (enough - 1));
}
