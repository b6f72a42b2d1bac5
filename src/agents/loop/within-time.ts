import type {Clock} from '../../core/clock.ts';

type Time = {
	readonly clock: Clock;
	readonly ms: number;
	readonly signal: AbortSignal;
	/** Told how long it took. */
	readonly worked: (ms: number) => void;
};

/**
 * Does something that has to end within a time of the clock. Rejects as it does, and with the signal's reason where that aborts.
 * @returns `too-slow` where the time was over first
 */
export async function withinTime<Value>(
	{clock, ms, signal, worked}: Time,
	act: (signal: AbortSignal) => Promise<Value>,
): Promise<Value | 'too-slow'> {
	const stop = new AbortController();
	const began = clock.now();
	const cancel = clock.schedule(ms, () => stop.abort());
	try {
		return await act(AbortSignal.any([signal, stop.signal]));
	} catch (error) {
		signal.throwIfAborted();
		if (stop.signal.aborted) return 'too-slow';
		throw error;
	} finally {
		cancel();
		worked(clock.now() - began);
	}
}
