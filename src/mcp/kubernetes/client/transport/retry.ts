import {type Clock, sleep} from '../../../../core/clock.ts';
import {ApiError} from './api-error.ts';
import {NetworkError} from './network-error.ts';

const maxTries = 4;
const firstWaitMs = 250;
const longestWaitMs = 30_000;
/** After this long no new try begins, whatever the server asks for. */
const budgetMs = 60_000;

export type Pace = {readonly clock: Clock; readonly random: () => number};

/** Doubles from try to try, with a random half, so that many clients do not come back at once. */
export const backoffMs = (tries: number, random: () => number, firstMs = firstWaitMs) =>
	Math.min(firstMs * 2 ** (tries - 1), longestWaitMs) * (0.5 + random() / 2);

/**
 * Runs `once` again while that is safe and may help: reads on 429, 500, 502, 503, 504, resets and time-outs; changes only where
 * the server did nothing. At most 4 tries, or fewer as told, in 60 s; `Retry-After` is honoured up to 30 s.
 */
export async function withRetries<Answer>(
	once: () => Promise<Answer>,
	{
		clock,
		random,
		changes,
		tries: most = maxTries,
		signal,
	}: Pace & {
		readonly changes: boolean;
		readonly tries?: number | undefined;
		readonly signal?: AbortSignal | undefined;
	},
): Promise<Answer> {
	const start = clock.now();
	for (let tries = 1; ; tries++) {
		try {
			return await once();
		} catch (error) {
			if (tries >= most || !(changes ? didNothing(error) : mayPass(error))) throw error;
			const asked = error instanceof ApiError ? (error.refusal.retryAfterMs ?? 0) : 0;
			const waitMs = Math.max(Math.min(asked, longestWaitMs), backoffMs(tries, random));
			if (clock.now() + waitMs - start > budgetMs) throw error;
			await sleep(clock, waitMs, signal);
		}
	}
}

/** Refusals that a moment does not change. A webhook that does not answer has used up its time already, up to 30 s. */
const lasting = new Set(['disruption-budget', 'invalid', 'denied-by-policy', 'webhook-failed', 'conversion-failed']);
const passingStatuses = new Set([429, 500, 502, 503, 504]);

/** Whether a read may succeed a moment later. */
export const mayPass = (error: unknown) =>
	error instanceof ApiError
		? passingStatuses.has(error.refusal.status) && !lasting.has(error.trouble.code)
		: error instanceof NetworkError && error.passing;

/** Whether the server surely did nothing, so that a change may be sent again. */
export const didNothing = (error: unknown) =>
	error instanceof ApiError
		? mayPass(error) && (error.refusal.status === 429 || (error.refusal.status === 503 && error.refusal.retryAfterMs !== undefined))
		: error instanceof NetworkError && error.passing && error.unsent;
