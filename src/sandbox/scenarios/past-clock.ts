import type {Clock} from '../../core/clock.ts';

/**
 * A clock that starts in the past, hurries through it, and then becomes the given clock: a cluster that has run for days is made in milliseconds,
 * with all the traces that days leave.
 */
export type PastClock = Clock & {
	/** Hurries to a moment, running on the way what is due, in order. */
	readonly hurryTo: (ms: number) => Promise<void>;
	/** Joins the given clock; timers that are still waiting go over to it. */
	readonly join: () => Promise<void>;
};

type Timer = {readonly atMs: number; readonly run: () => void; cancel?: () => void};

export function pastClock(clock: Clock, startMs: number): PastClock {
	let nowMs: number | undefined = startMs;
	const timers = new Set<Timer>();
	const now = () => nowMs ?? clock.now();
	const handOver = (timer: Timer) => {
		timer.cancel = clock.schedule(Math.max(0, timer.atMs - clock.now()), timer.run);
	};
	const earliest = (endMs: number) => {
		let first: Timer | undefined;
		for (const timer of timers) if (timer.atMs <= endMs && (first === undefined || timer.atMs < first.atMs)) first = timer;
		return first;
	};
	const hurryTo = async (endMs: number) => {
		await settle();
		for (let next = earliest(endMs); next !== undefined; next = earliest(endMs)) {
			timers.delete(next);
			nowMs = Math.max(now(), next.atMs);
			next.run();
			await settle();
		}
		nowMs = Math.max(now(), endMs);
	};
	return {
		now,
		schedule(delayMs, run) {
			const timer: Timer = {atMs: now() + delayMs, run};
			if (nowMs === undefined) handOver(timer);
			else timers.add(timer);
			return () => {
				timers.delete(timer);
				timer.cancel?.();
			};
		},
		hurryTo,
		async join() {
			await hurryTo(clock.now());
			nowMs = undefined;
			for (const timer of timers) handOver(timer);
			timers.clear();
		},
	};
}

/** Lets microtasks end, and what they started; controllers work in them. */
async function settle(): Promise<void> {
	for (let turn = 0; turn < 3; turn++) await Promise.resolve();
}
