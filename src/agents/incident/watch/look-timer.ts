import type {Changed} from '../../../analysis/detection/live/live-judge.ts';
import type {Clock} from '../../../core/clock.ts';

/** From the first event to the look that tells of it: what comes with it is looked at together. */
const debounceMs = 50;
/** A look leaves as much time as it took before the next one, and never more than this. */
const longestPauseMs = 200;
/** So long the whole can wait while parts of it go on changing. */
const longestUnsettledMs = 1000;
/** What lies in another namespace than what changed, and what is only a matter of time, is looked at so often: no request is made for it. */
const wholeMs = 60_000;

/** What a look leaves to be done. */
type Looked = {
	/** When it wants to be done again even if nothing changes, in milliseconds since 1970. */
	readonly dueMs?: number | undefined;
	/** Whether it said all that is to say; otherwise everything is looked at soon. */
	readonly isSettled: boolean;
	/** Ends, and never fails, when what it found is told. */
	readonly told?: Promise<void>;
};

/** Says when to look at what. */
export type LookTimer = {
	/** Something changed in a namespace, or in what has none. What comes before `start` is part of the first look. */
	readonly touch: (where: string | undefined, isFarReaching?: boolean) => void;
	/** Looks for the first time, at everything, and from now on whenever something changed or is due. */
	readonly start: () => void;
	readonly stop: () => void;
};

/** @param look at everything, or at what changed */
export function lookTimer(clock: Clock, look: (changed: Changed) => Looked): LookTimer {
	let namespaces = new Set<string>();
	let isFarReaching = false;
	/** When everything is to be looked at, at the latest: 0 where anything may have changed. */
	let wholeByMs = Number.POSITIVE_INFINITY;
	let state: 'waiting' | 'looking' | 'stopped' = 'waiting';
	/** Until then the look before leaves the machine to others: one at everything only before the next such. */
	let [partFromMs, wholeFromMs] = [0, 0];
	let next: {readonly atMs: number; readonly cancel: () => void} | undefined;
	let cancelDue = () => {};

	const cancel = () => {
		next?.cancel();
		next = undefined;
		cancelDue();
	};
	const soon = (fromMs: number) => {
		if (state !== 'looking') return;
		const nowMs = clock.now();
		const atMs = Math.max(nowMs + debounceMs, fromMs);
		if (next !== undefined && next.atMs <= atMs) return;
		next?.cancel();
		next = {atMs, cancel: clock.schedule(atMs - nowMs, run)};
	};
	const run = () => {
		cancel();
		const nowMs = clock.now();
		const isWhole = namespaces.size === 0 || wholeByMs <= nowMs;
		const changed = wholeByMs === 0 ? 'all' : {namespaces, isFarReaching, isWhole};
		namespaces = new Set();
		isFarReaching = false;
		const {dueMs = Number.POSITIVE_INFINITY, isSettled, told} = look(changed);
		const endMs = clock.now();
		wholeFromMs = endMs + Math.min(longestPauseMs, endMs - nowMs);
		if (!isWhole) partFromMs = wholeFromMs;
		if (isWhole) wholeByMs = Number.POSITIVE_INFINITY;
		if (!isSettled) wholeByMs = Math.min(wholeByMs, nowMs + longestUnsettledMs);
		// What this look found is told before the next one takes the machine.
		if (wholeByMs < Number.POSITIVE_INFINITY) void Promise.resolve(told).then(() => soon(wholeFromMs));
		cancelDue = clock.schedule(Math.max(0, Math.min(wholeMs, dueMs - nowMs)), () => {
			wholeByMs = 0;
			run();
		});
	};
	return {
		touch(where, isFar = false) {
			if (where === undefined) wholeByMs = 0;
			else {
				namespaces.add(where);
				isFarReaching ||= isFar;
			}
			soon(partFromMs);
		},
		start() {
			state = 'looking';
			wholeByMs = 0;
			run();
		},
		stop() {
			state = 'stopped';
			cancel();
		},
	};
}
