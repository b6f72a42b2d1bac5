import {MkcoaError} from '../../../core/error.ts';
import type {Range} from '../port.ts';

/** Prometheus refuses more than 11,000 points of a series in one answer. */
const mostPoints = 10_000;
/** A fortnight of samples every 15 seconds is 81,000; what is longer wants a longer step. */
const mostPieces = 20;
/** A point is about 35 bytes of JSON, and the bound of an answer is 16 MiB. */
const mostValues = 300_000;

/**
 * A range as pieces that Prometheus answers, without a moment twice.
 * @param series how many the answer has, as far as it is known: each piece is small enough to be read
 * @throws MkcoaError `bad-range` for a step that is none, an end before the start, or more points than anybody reads
 */
export function rangePieces({fromMs, toMs, stepMs}: Range, series = 1): readonly {readonly fromMs: number; readonly toMs: number}[] {
	if (!(stepMs >= 1) || !(toMs >= fromMs))
		throw badRange('its end is before its start, or its step is shorter than 1 ms', 'Correct the range');
	const steps = Math.floor((toMs - fromMs) / stepMs);
	if (Math.floor(steps / mostPoints) + 1 > mostPieces) {
		const fitting = Math.ceil((toMs - fromMs) / (mostPoints * mostPieces) / 1000);
		throw badRange(`it has ${steps + 1} points`, `Take a step of ${fitting} s or more, or a shorter time`);
	}
	const points = Math.max(1, Math.min(mostPoints, Math.floor(mostValues / Math.max(1, series))));
	return Array.from({length: Math.floor(steps / points) + 1}, (_, index) => ({
		fromMs: fromMs + index * points * stepMs,
		toMs: fromMs + Math.min(steps, (index + 1) * points - 1) * stepMs,
	}));
}

/** A range that is too long for its step, or none. */
export const badRange = (why: string, next: string) =>
	new MkcoaError({kind: 'usage', code: 'bad-range', what: 'The range of a query cannot be answered', why, next});
