import {countPages, type Grouping} from './count-pages.ts';
import {type Evaluation, type Firing, type PastSeries, replayRule} from './replay-rule.ts';

/** How often an alert would have disturbed somebody. */
export type Noise = {
	readonly firings: readonly Firing[];
	readonly series: number;
	/** Firings and messages a week, of the time that was replayed. */
	readonly firingsPerWeek: number;
	readonly pages: number;
	readonly pagesPerWeek: number;
	/** Milliseconds; those that still fire count until the end. Undefined without firings. */
	readonly medianMs: number | undefined;
	readonly longestMs: number | undefined;
	/** Firings that began within an hour after the same alert had ended: `for` or `keep_firing_for` is too short, or the threshold too near. */
	readonly flapping: number;
	/** Part of the time in which at least one fired, 0 to 1. */
	readonly firingPart: number;
};

const weekMs = 7 * 86_400_000;
const flapMs = 3_600_000;

/**
 * Replays a rule over the past.
 * @throws RangeError where there is no past: an interval or a time that is not above 0
 */
export function noiseOf(past: readonly PastSeries[], evaluation: Evaluation, grouping: Grouping): Noise {
	const {fromMs, toMs, intervalMs} = evaluation;
	if (!(intervalMs > 0 && toMs > fromMs)) throw new RangeError('expected an interval above 0 and an end after the start');
	const bySeries = past.map(series => replayRule(series, evaluation));
	const firings = bySeries.flat().sort((one, other) => one.fromMs - other.fromMs);
	const durations = firings.map(({fromMs: from, toMs: to = toMs}) => to - from).sort((one, other) => one - other);
	const weeks = (toMs - fromMs) / weekMs;
	const pages = countPages(firings, toMs, grouping);
	return {
		...{firings, series: past.length, pages},
		firingsPerWeek: firings.length / weeks,
		pagesPerWeek: pages / weeks,
		medianMs: durations[Math.floor((durations.length - 1) / 2)],
		longestMs: durations.at(-1),
		flapping: bySeries.reduce((sum, own) => sum + flapsIn(own), 0),
		firingPart: coveredMs(firings, toMs) / (toMs - fromMs),
	};
}

const flapsIn = (firings: readonly Firing[]) =>
	firings.filter(({fromMs}, index) => fromMs - (firings[index - 1]?.toMs ?? Number.NEGATIVE_INFINITY) <= flapMs).length;

/** Of firings sorted by their start; those that overlap count once. */
function coveredMs(firings: readonly Firing[], endMs: number): number {
	let covered = 0;
	let until = Number.NEGATIVE_INFINITY;
	for (const {fromMs, toMs = endMs} of firings) {
		covered += Math.max(0, toMs - Math.max(fromMs, until));
		until = Math.max(until, toMs);
	}
	return covered;
}
