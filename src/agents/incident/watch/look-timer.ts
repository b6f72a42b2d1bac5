import type {Changed} from '../../../analysis/detection/live/live-judge.ts';
import type {Clock} from '../../../core/clock.ts';

/** From the first event to the look that tells of it: what comes with it is looked at together. */
const debounceMs = 50;
/** A look leaves as much time as it took before the next one, and never more than this. */
const longestPauseMs = 200;
/** Looks at one namespace after the other leave no time between them up to so much work. */
const longestWorkMs = 400;
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

/** What a change may mean beyond its namespace, and how soon it is to be looked at. */
type Weight = {
	/** It may tell on what is wrong in other namespaces. */
	readonly isFarReaching?: boolean;
	/** It only says more of what changed already: what did change comes before it. */
	readonly isRemark?: boolean;
};

/** Says when to look at what. */
export type LookTimer = {
	/** Something changed in a namespace, or in what has none. What comes before `start` is part of the first look. */
	readonly touch: (where: string | undefined, weight?: Weight) => void;
	/** Looks for the first time, at everything, and from now on whenever something changed or is due. */
	readonly start: () => void;
	readonly stop: () => void;
};

/** @param look at everything, or at one namespace that changed: what is found there is told before the next one is looked at */
export function lookTimer(clock: Clock, look: (changed: Changed) => Looked): LookTimer {
	/** Namespaces that changed, each with whether that may tell on others; and those of which something was only remarked. */
	const changed = new Map<string, boolean>();
	const remarked = new Set<string>();
	/** When everything is to be looked at, at the latest: 0 where anything may have changed. */
	let wholeByMs = Number.POSITIVE_INFINITY;
	let state: 'waiting' | 'looking' | 'stopped' = 'waiting';
	/** Until then the look before leaves the machine to others: one at everything only before the next such. */
	let [partFromMs, wholeFromMs] = [0, 0];
	/** So long the looks one right after the other have taken. */
	let workedMs = 0;
	let next: {readonly atMs: number; readonly cancel: () => void} | undefined;
	let cancelDue = () => {};

	const cancel = () => {
		next?.cancel();
		next = undefined;
		cancelDue();
	};
	const soon = (fromMs: number, waitMs = debounceMs) => {
		if (state !== 'looking') return;
		const nowMs = clock.now();
		const atMs = Math.max(nowMs + waitMs, fromMs);
		if (next !== undefined && next.atMs <= atMs) return;
		next?.cancel();
		next = {atMs, cancel: clock.schedule(atMs - nowMs, run)};
	};
	const all = () => {
		const part = {namespaces: new Set([...changed.keys(), ...remarked]), isFarReaching: [...changed.values()].includes(true)};
		changed.clear();
		remarked.clear();
		return part;
	};
	const first = () => {
		const [[namespace, isFarReaching] = ['', false]] = changed.size > 0 ? changed : [...remarked].map(each => [each, false] as const);
		changed.delete(namespace);
		remarked.delete(namespace);
		return {namespaces: new Set([namespace]), isFarReaching};
	};
	const run = () => {
		cancel();
		const nowMs = clock.now();
		const isWhole = (changed.size === 0 && remarked.size === 0) || wholeByMs <= nowMs;
		const part = isWhole ? all() : first();
		const {dueMs = Number.POSITIVE_INFINITY, isSettled, told} = look(wholeByMs === 0 ? 'all' : {...part, isWhole});
		const endMs = clock.now();
		const isMore = changed.size + remarked.size > 0;
		workedMs += endMs - nowMs;
		wholeFromMs = endMs + Math.min(longestPauseMs, workedMs);
		const rests = !isMore || workedMs >= longestWorkMs;
		if (!isWhole && rests) partFromMs = wholeFromMs;
		if (rests) workedMs = 0;
		if (isWhole) wholeByMs = Number.POSITIVE_INFINITY;
		if (!isSettled) wholeByMs = Math.min(wholeByMs, nowMs + longestUnsettledMs);
		// What this look found is told before the next one takes the machine.
		const goOn = () => {
			if (isMore) soon(rests ? partFromMs : clock.now(), 0);
			else if (wholeByMs < Number.POSITIVE_INFINITY) soon(wholeFromMs);
		};
		void Promise.resolve(told).then(goOn);
		cancelDue = clock.schedule(Math.max(0, Math.min(wholeMs, dueMs - nowMs)), () => {
			wholeByMs = 0;
			run();
		});
	};
	return {
		touch(where, {isFarReaching = false, isRemark = false} = {}) {
			if (where === undefined) wholeByMs = 0;
			else if (isRemark) remarked.add(where);
			else changed.set(where, isFarReaching || changed.get(where) === true);
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
