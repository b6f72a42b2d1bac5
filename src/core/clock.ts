/** Time as an argument: product code asks the clock, so demos run faster and tests drive it by hand. */
export type Clock = {
	/** Milliseconds since 1970, UTC. */
	readonly now: () => number;
	/** Runs once after `delayMs` of this clock's time; the answer cancels it. */
	readonly schedule: (delayMs: number, run: () => void) => () => void;
};

/**
 * The machine's clock, or one that runs `speed` times faster from the moment it is made.
 * Timers of this clock keep the process alive unless `background` is set.
 */
export function systemClock({speed = 1, background = false}: {readonly speed?: number; readonly background?: boolean} = {}): Clock {
	const origin = Date.now();
	return {
		now: () => (speed === 1 ? Date.now() : origin + (Date.now() - origin) * speed),
		schedule(delayMs, run) {
			const timer = setTimeout(run, delayMs / speed);
			if (background) timer.unref();
			return () => clearTimeout(timer);
		},
	};
}

/** Waits `delayMs` of the clock's time; rejects with the signal's reason when it aborts first. */
export function sleep(clock: Clock, delayMs: number, signal?: AbortSignal): Promise<void> {
	return new Promise((resolve, reject) => {
		if (signal?.aborted) return reject(signal.reason);
		const stop = () => {
			cancel();
			reject(signal?.reason);
		};
		const cancel = clock.schedule(delayMs, () => {
			signal?.removeEventListener('abort', stop);
			resolve();
		});
		signal?.addEventListener('abort', stop, {once: true});
	});
}
