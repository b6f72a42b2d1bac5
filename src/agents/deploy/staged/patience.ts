import {type Clock, sleep} from '../../../core/clock.ts';
import {MkcoaError} from '../../../core/error.ts';
import type {Emit} from '../../../core/event.ts';
import {awayNews} from '../rollout/away-news.ts';

/** An API server may be away so long, for an upgrade or a new leader, before a rollout is left as it rests. */
const longestOutageMs = 180_000;

const retryEveryMs = 2000;

/** What a moment may change: the server does not answer, or the sign-in ran out and may be renewed. */
const passingCodes = new Set(['unreachable', 'server-error', 'too-many-requests', 'expired', 'signed-out', 'webhook-failed']);

export const isPassing = (error: unknown): error is MkcoaError => error instanceof MkcoaError && passingCodes.has(error.trouble.code);

/** Does something again until the server answers, or until the outage is too long: then its own error. */
export type Patience = <Answer>(go: () => Promise<Answer>) => Promise<Answer>;

/** A question that hangs counts with what it lasted, and no more than this: a machine may have slept. */
const longestTryMs = 60_000;

/** Time is counted in tries, and told while it lasts: a clock that jumps changes nothing. */
export function patience({clock, signal, emit}: {readonly clock: Clock; readonly signal: AbortSignal; readonly emit: Emit}): Patience {
	const news = awayNews({clock, emit});
	return async go => {
		for (let awayMs = 0; ; awayMs += retryEveryMs) {
			const beganMs = clock.now();
			try {
				return await news(go, {untilMs: beganMs + longestOutageMs - awayMs, isAway: isPassing});
			} catch (error) {
				if (!isPassing(error) || awayMs >= longestOutageMs || signal.aborted) throw error;
				if (awayMs === 0) emit({kind: 'note', text: `The cluster does not answer, trying again: ${error.trouble.what}`});
				awayMs += Math.min(clock.now() - beganMs, longestTryMs);
				await sleep(clock, retryEveryMs, signal);
			}
		}
	};
}
