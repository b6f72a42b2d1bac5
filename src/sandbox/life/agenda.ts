import type {Clock} from '../../core/clock.ts';

/** Things to do at a time, one for each key. A thousand pods need one timer of the clock, the next one due. */
export type Agenda = {
	/** Runs at `atMs`, or as soon as possible when that has passed. Replaces what the key had to do. */
	readonly put: (key: string, atMs: number, run: () => void) => void;
	readonly drop: (key: string) => void;
	readonly stop: () => void;
};

type Entry = {readonly key: string; readonly atMs: number; readonly order: number; readonly run: () => void};

export function agendaOn(clock: Clock): Agenda {
	const byKey = new Map<string, Entry>();
	const heap: Entry[] = [];
	let order = 0;
	let armed: {readonly atMs: number; readonly cancel: () => void} | undefined;
	let stopped = false;

	const isCurrent = (entry: Entry) => byKey.get(entry.key) === entry;
	/** Runs what is due in the order of its time, then sets the timer to the next. */
	const work = () => {
		armed = undefined;
		for (;;) {
			const next = heap[0];
			if (stopped || next === undefined) return;
			if (!isCurrent(next)) pop(heap);
			else if (next.atMs > clock.now()) return arm(next.atMs);
			else {
				pop(heap);
				byKey.delete(next.key);
				next.run();
			}
		}
	};
	const arm = (atMs: number) => {
		if (armed !== undefined && armed.atMs <= atMs) return;
		armed?.cancel();
		armed = {atMs, cancel: clock.schedule(Math.max(0, Math.min(atMs - clock.now(), longestMs)), work)};
	};
	return {
		put(key, atMs, run) {
			const entry = {key, atMs, order: order++, run};
			byKey.set(key, entry);
			push(heap, entry);
			if (!stopped) arm(atMs);
		},
		drop: key => void byKey.delete(key),
		stop() {
			stopped = true;
			armed?.cancel();
		},
	};
}

/** Timers of the machine hold at most 31 bits of milliseconds. */
const longestMs = 2 ** 31 - 1;

const isBefore = (a: Entry, b: Entry) => a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);

function push(heap: Entry[], entry: Entry) {
	let index = heap.push(entry) - 1;
	while (index > 0) {
		const parent = (index - 1) >> 1;
		const above = heap[parent];
		if (above === undefined || !isBefore(entry, above)) break;
		heap[index] = above;
		index = parent;
	}
	heap[index] = entry;
}

function pop(heap: Entry[]) {
	const last = heap.pop();
	if (last === undefined || heap.length === 0) return;
	let index = 0;
	for (;;) {
		const left = heap[2 * index + 1];
		const right = heap[2 * index + 2];
		const child = right !== undefined && left !== undefined && isBefore(right, left) ? 2 * index + 2 : 2 * index + 1;
		const below = heap[child];
		if (below === undefined || !isBefore(below, last)) break;
		heap[index] = below;
		index = child;
	}
	heap[index] = last;
}
