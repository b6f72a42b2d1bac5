import {type Clock, sleep} from '../../../../core/clock.ts';
import {isPassing} from '../patience.ts';
import {renewEveryMs} from './lease.ts';

/** Somebody else holds the Lease, or took it away: not one more write may be sent. */
export class LeaseLost extends Error {
	override readonly name = 'LeaseLost';
}

const retryEveryMs = 2000;

type Renewing = {
	readonly clock: Clock;
	readonly signal: AbortSignal;
	/** Rejects with LeaseLost when it is lost for good. */
	readonly renew: () => Promise<void>;
	/** Whether it ran out meanwhile, so that anybody may take it. */
	readonly ranOut: () => boolean;
};

/**
 * Does some work while a Lease is renewed beside it, so that nothing that the work waits for loses it. The signal of the work aborts with the loss, and
 * the answer does not wait for work that does not listen. A server that is away is tried again; the work itself tells when that is too long.
 * @throws LeaseLost, or the server's own error where the Lease ran out and may not be renewed
 */
export async function renewBeside<End>(
	work: (signal: AbortSignal) => Promise<End>,
	{clock, signal, renew, ranOut}: Renewing,
): Promise<End> {
	const over = new AbortController();
	const lost = new AbortController();
	const loss = new Promise<never>((_resolve, reject) => {
		lost.signal.addEventListener('abort', () => reject(lost.signal.reason), {once: true});
	});
	async function renewing(): Promise<void> {
		for (let waitMs = renewEveryMs; ; ) {
			await sleep(clock, waitMs, over.signal);
			try {
				await renew();
				waitMs = renewEveryMs;
			} catch (error) {
				if (error instanceof LeaseLost || (!isPassing(error) && ranOut())) return lost.abort(error);
				waitMs = retryEveryMs;
			}
		}
	}
	// Its sleep alone rejects, when the work is over.
	renewing().catch(() => {});
	try {
		return await Promise.race([work(AbortSignal.any([signal, lost.signal])), loss]);
	} finally {
		over.abort();
	}
}
