import type {Clock} from '../../core/clock.ts';

type Time = {
	readonly clock: Clock;
	/** For all of it. */
	readonly ms: number;
	/** From one sign of life to the next. */
	readonly silenceMs: number;
	readonly signal: AbortSignal;
	/** Told how long it took. */
	readonly worked: (ms: number) => void;
};

/** Tells that something came, and how long nothing more will come on purpose. */
export type Alive = (pauseMs?: number) => void;

/**
 * Does something that has to end within a time of the clock, and to give signs of life. Rejects as it does, and with the signal's reason where that
 * aborts.
 * @returns `too-long` or `silent` where that was over first
 */
export async function withinTime<Value>(
	{clock, ms, silenceMs, signal, worked}: Time,
	act: (signal: AbortSignal, alive: Alive) => Promise<Value>,
): Promise<Value | 'too-long' | 'silent'> {
	const stop = new AbortController();
	let over: 'too-long' | 'silent' | undefined;
	const end = (how: 'too-long' | 'silent') => () => {
		over ??= how;
		stop.abort();
	};
	const began = clock.now();
	const cancelWhole = clock.schedule(ms, end('too-long'));
	let cancelSilence = clock.schedule(silenceMs, end('silent'));
	const alive: Alive = (pauseMs = 0) => {
		cancelSilence();
		cancelSilence = clock.schedule(silenceMs + pauseMs, end('silent'));
	};
	try {
		return await act(AbortSignal.any([signal, stop.signal]), alive);
	} catch (error) {
		signal.throwIfAborted();
		if (over !== undefined) return over;
		throw error;
	} finally {
		cancelWhole();
		cancelSilence();
		worked(clock.now() - began);
	}
}
