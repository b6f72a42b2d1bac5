import {type Clock, systemClock} from '../../src/core/clock.ts';

/** A clock that runs by itself, and passes over time in which a test only waits. */
export type SkippingClock = Clock & {
	/** Runs what is due on the way, in order, each after what came of the one before. */
	readonly skip: (ms: number) => Promise<void>;
};

type Timer = {readonly atMs: number; readonly run: () => void; cancel: () => void};

/** @param startMs what it shows at first; the machine's time if left out */
export function skippingClock({speed, startMs}: {readonly speed: number; readonly startMs?: number | undefined}): SkippingClock {
	const running = systemClock({speed});
	let aheadMs = (startMs ?? running.now()) - running.now();
	const timers = new Set<Timer>();
	const now = () => running.now() + aheadMs;
	const wind = (timer: Timer) => {
		timer.cancel = running.schedule(Math.max(0, timer.atMs - now()), () => {
			timers.delete(timer);
			timer.run();
		});
	};
	const moveTo = (ms: number) => {
		aheadMs += Math.max(0, ms - now());
	};
	const first = () => [...timers].reduce<Timer | undefined>((least, each) => (least && least.atMs <= each.atMs ? least : each), undefined);
	const settle = () => new Promise<void>(resolve => setImmediate(resolve));
	return {
		now,
		schedule(delayMs, run) {
			const timer: Timer = {atMs: now() + delayMs, run, cancel() {}};
			timers.add(timer);
			wind(timer);
			return () => {
				timers.delete(timer);
				timer.cancel();
			};
		},
		async skip(ms) {
			const endMs = now() + ms;
			await settle();
			for (let next = first(); next !== undefined && next.atMs <= endMs; next = first()) {
				timers.delete(next);
				next.cancel();
				moveTo(next.atMs);
				next.run();
				await settle();
			}
			moveTo(endMs);
			for (const timer of timers) {
				timer.cancel();
				wind(timer);
			}
			await settle();
		},
	};
}
