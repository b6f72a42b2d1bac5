import {type Clock, sleep} from '../../core/clock.ts';
import {MkcoaError} from '../../core/error.ts';

/** What came of the last read. */
export type Polled<Value> = {readonly value: Value} | {readonly error: unknown};

export type Pace = {
	readonly clock: Clock;
	/** Between the end of a read and the next one; a function where only the read tells how soon the next is due. A read that takes long is followed by a longer rest, so that nobody is asked all the time. */
	readonly everyMs: number | (() => number);
	/** A read that takes longer has failed. */
	readonly limitMs: number;
	readonly signal: AbortSignal;
};

/** Of the time, reads take this share at most. */
const shareOfTime = 0.1;

/** Reads again and again until the signal aborts, one read at a time, and tells what came of each. */
export async function poll<Value>(
	read: (signal: AbortSignal) => Promise<Value>,
	tell: (polled: Polled<Value>) => void,
	{clock, everyMs, limitMs, signal}: Pace,
): Promise<void> {
	while (!signal.aborted) {
		const begunAt = clock.now();
		const polled = await within(read, {clock, limitMs, signal}).then(
			(value): Polled<Value> => ({value}),
			(error: unknown): Polled<Value> => ({error}),
		);
		if (signal.aborted) return;
		tell(polled);
		const restMs = Math.max(typeof everyMs === 'number' ? everyMs : everyMs(), (clock.now() - begunAt) * (1 / shareOfTime - 1));
		await sleep(clock, restMs, signal).catch(() => {});
	}
}

/** One read with a limit of time. What goes on behind its back is stopped, where it listens, and not waited for. */
async function within<Value>(
	read: (signal: AbortSignal) => Promise<Value>,
	{clock, limitMs, signal}: Omit<Pace, 'everyMs'>,
): Promise<Value> {
	const stop = new AbortController();
	const {promise: over, reject} = Promise.withResolvers<never>();
	const end = (error: unknown) => {
		reject(error);
		stop.abort(error);
	};
	const cancel = clock.schedule(limitMs, () => end(tooLate(limitMs)));
	const interrupted = () => end(signal.reason);
	signal.addEventListener('abort', interrupted, {once: true});
	try {
		return await Promise.race([read(stop.signal), over]);
	} finally {
		cancel();
		signal.removeEventListener('abort', interrupted);
	}
}

const tooLate = (limitMs: number) =>
	new MkcoaError({
		kind: 'environment',
		code: 'timed-out',
		what: `There was no answer within ${Math.round(limitMs / 1000)} s`,
		next: 'It is tried again',
	});
