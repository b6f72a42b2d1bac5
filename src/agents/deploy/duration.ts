import {checkedText} from '../../core/checked-text.ts';
import {parseDuration} from '../../core/duration.ts';

/** `30s`, `5m`, `1h`. */
const durationText = checkedText(6, /^[1-9]\d{0,4}[smh]$/, 'a duration is a number from 1 to 99999 with s, m or h, such as 30s or 5m');

/** Milliseconds of a `durationText`. */
export const durationMs = (text: string) => parseDuration(text) ?? Number.NaN;

/**
 * A duration that a person gives. Longer than `most` it is rather a slip than meant, and nobody's terminal lives for it.
 * @param instead how one gets what a longer one was meant for
 */
export const durationUpTo = (most: string, instead = 'give a shorter one') =>
	durationText.refine(text => !(durationMs(text) > durationMs(most)), `it is ${most} at most: ${instead}`);

/** How long one waits for pods. */
export const readyWithinText = durationUpTo('24h', 'pods that take longer than a day to become ready do not become ready');
