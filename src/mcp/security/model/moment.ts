import {checkedText} from '../../../core/checked-text.ts';
import {parseSpan} from '../../../core/duration.ts';
import {MkcoaError} from '../../../core/error.ts';

/** A moment as it is asked for: how long ago, or when. */
export const momentText = checkedText(40, /^[0-9A-Za-z:.+-]+$/, 'expected a time such as 24h, or 2026-01-31T10:00:00Z');

/** Objects in one namespace alone. */
export const namespaceInput = checkedText(63, /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, 'expected the name of a namespace')
	.optional()
	.describe('Namespace that was touched');

/** Milliseconds since 1970 of `24h` (so long before now) or of a time of ISO 8601. @throws MkcoaError `not-a-time` */
export function momentOf(text: string, nowMs: number): number {
	const span = parseSpan(text);
	if (span !== undefined) return nowMs - span;
	const ms = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN;
	if (!Number.isNaN(ms)) return ms;
	throw new MkcoaError({
		kind: 'usage',
		code: 'not-a-time',
		what: `${JSON.stringify(text)} is no time`,
		next: 'Write how long ago, such as 30m, 24h or 7d, or when, such as 2026-01-31T10:00:00Z',
	});
}

/** From when until when. */
export type Period = {readonly fromMs: number; readonly toMs: number};

export const periodOf = (
	{since, until}: {readonly since?: string | undefined; readonly until?: string | undefined},
	nowMs: number,
): Period => ({
	fromMs: since === undefined ? Number.NEGATIVE_INFINITY : momentOf(since, nowMs),
	toMs: until === undefined ? Number.POSITIVE_INFINITY : momentOf(until, nowMs),
});
