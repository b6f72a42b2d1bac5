import type {Clock} from '../../src/core/clock.ts';

/** A clock that moves only when a test moves it. */
export type ManualClock = Clock & {readonly advance: (ms: number) => Promise<void>};

/** Runs due timers in the order of their time, letting promises settle between them. */
export function manualClock(start = Date.UTC(2026, 0, 1)): ManualClock {
	let now = start;
	let timers: {readonly at: number; readonly run: () => void}[] = [];
	const settle = () => new Promise<void>(resolve => setImmediate(resolve));
	return {
		now: () => now,
		schedule(delayMs, run) {
			const timer = {at: now + delayMs, run};
			timers.push(timer);
			return () => {
				timers = timers.filter(other => other !== timer);
			};
		},
		async advance(ms) {
			const end = now + ms;
			await settle();
			for (;;) {
				const due = timers.filter(({at}) => at <= end).sort((a, b) => a.at - b.at)[0];
				if (due === undefined) break;
				timers = timers.filter(other => other !== due);
				now = Math.max(now, due.at);
				due.run();
				await settle();
			}
			now = end;
			await settle();
		},
	};
}
