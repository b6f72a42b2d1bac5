import type {Changed} from '../../../analysis/detection/live/live-judge.ts';
import type {Clock} from '../../../core/clock.ts';

/** From the first event to the look that tells of it: what comes with it is looked at together. */
const debounceMs = 50;
/** A look leaves as much time as it took before the next one, and never more than this. */
const longestPauseMs = 200;
/** What lies in another namespace than what changed, and what is only a matter of time, is looked at so often: no request is made for it. */
const wholeMs = 60_000;

/** Says when to look at what. */
export type LookTimer = {
	/** Something changed in a namespace, or in what has none. What comes before `start` is part of the first look. */
	readonly touch: (where: string | undefined) => void;
	/** Looks for the first time, at everything, and from now on whenever something changed or is due. */
	readonly start: () => void;
	readonly stop: () => void;
};

/** @param look answers when it wants to look again even if nothing changes, in milliseconds since 1970 */
export function lookTimer(clock: Clock, look: (changed: Changed) => number | undefined): LookTimer {
	let changed: Set<string> | 'all' = 'all';
	let state: 'waiting' | 'looking' | 'stopped' = 'waiting';
	/** Until then the look before leaves the machine to others. */
	let restUntilMs = 0;
	let cancelSoon: (() => void) | undefined;
	let cancelDue = () => {};

	const cancel = () => {
		cancelSoon?.();
		cancelSoon = undefined;
		cancelDue();
	};
	const run = () => {
		cancel();
		const part = changed;
		changed = new Set();
		const nowMs = clock.now();
		const dueMs = look(part) ?? Number.POSITIVE_INFINITY;
		const endMs = clock.now();
		restUntilMs = endMs + Math.min(longestPauseMs, endMs - nowMs);
		cancelDue = clock.schedule(Math.max(0, Math.min(wholeMs, dueMs - nowMs)), () => {
			changed = 'all';
			run();
		});
	};
	return {
		touch(where) {
			if (where === undefined) changed = 'all';
			else if (changed !== 'all') changed.add(where);
			if (state === 'looking') cancelSoon ??= clock.schedule(Math.max(debounceMs, restUntilMs - clock.now()), run);
		},
		start() {
			state = 'looking';
			changed = 'all';
			run();
		},
		stop() {
			state = 'stopped';
			cancel();
		},
	};
}
