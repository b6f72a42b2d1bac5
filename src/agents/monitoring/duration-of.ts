import {checkedText} from '../../core/checked-text.ts';
import {parseSpan} from '../../core/duration.ts';
import {MkcoaError} from '../../core/error.ts';

/** A span of time as it is asked for. */
export const timeText = checkedText(20, /^[0-9a-z.]+$/, 'expected a time such as 30m, 6h or 7d');

/** Milliseconds of `30m`, `6h`, `7d`. @throws MkcoaError `not-a-time` for what is none */
export function durationOf(text: string): number {
	const ms = parseSpan(text);
	if (ms !== undefined) return ms;
	throw new MkcoaError({
		kind: 'usage',
		code: 'not-a-time',
		what: `${JSON.stringify(text)} is no span of time`,
		next: 'Write one such as 30m, 6h, 48h or 7d',
	});
}
