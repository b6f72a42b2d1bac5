import {type Clock, sleep} from '../../../core/clock.ts';
import {MkcoaError} from '../../../core/error.ts';
import type {Emit} from '../../../core/event.ts';

/** An API server may be away so long, for an upgrade or a new leader, before a rollout is left as it rests. */
export const longestOutageMs = 180_000;

const retryEveryMs = 2000;

/** What a moment may change: the server does not answer, or the sign-in ran out and may be renewed. */
const passingCodes = new Set(['unreachable', 'server-error', 'too-many-requests', 'expired', 'signed-out', 'webhook-failed']);

export const isPassing = (error: unknown): error is MkcoaError => error instanceof MkcoaError && passingCodes.has(error.trouble.code);

/** Does something again until the server answers, or until the outage is too long: then its own error. */
export type Patience = <Answer>(go: () => Promise<Answer>) => Promise<Answer>;

/** Time is counted in tries: a clock that jumps changes nothing. */
export function patience({clock, signal, emit}: {readonly clock: Clock; readonly signal: AbortSignal; readonly emit: Emit}): Patience {
	return async go => {
		for (let awayMs = 0; ; awayMs += retryEveryMs) {
			try {
				return await go();
			} catch (error) {
				if (!isPassing(error) || awayMs >= longestOutageMs || signal.aborted) throw error;
				if (awayMs === 0) emit({kind: 'note', text: `The cluster does not answer, trying again: ${error.trouble.what}`});
				await sleep(clock, retryEveryMs, signal);
			}
		}
	};
}
