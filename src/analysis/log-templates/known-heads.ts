import type {Head} from './layout.ts';
import type {Level} from './level.ts';
import {type TimeAgain, timeAgain} from './time-again.ts';
import {timestampAt} from './timestamp.ts';

/** Heads that are remembered of one source; all are forgotten when there are more. */
const mostHeads = 2000;

/** What the lines of one fingerprint share: all of the header but when it was. */
type KnownHead = {
	readonly start: number;
	readonly level: Level | undefined;
	readonly timeAt: number;
	readonly timeEnd: number;
	/** The message's own. */
	readonly fingerprint: number | undefined;
	/** Reads the others' times, since the second. */
	again?: TimeAgain;
};

/** Headers of one layout by the fingerprints of their whole lines. A line with another time format is not found. */
type KnownHeads = {
	readonly find: (fingerprint: number) => KnownHead | undefined;
	/** When a line with that header was written; NaN where it has another time, and so another header. */
	readonly timeOf: (head: KnownHead, line: string) => number | undefined;
	/** Remembers a header that is whole and has a time. */
	readonly put: (fingerprint: number, line: string, head: Head, more: Pick<KnownHead, 'level' | 'fingerprint'>) => void;
};

export function knownHeads(): KnownHeads {
	const heads = new Map<number, KnownHead>();
	return {
		find: fingerprint => heads.get(fingerprint),
		timeOf(head, line) {
			const atMs = head.again?.(line);
			if (head.again !== undefined && !Number.isNaN(atMs)) return atMs;
			const time = timestampAt(line, head.timeAt);
			if (time?.end !== head.timeEnd) return Number.NaN;
			head.again ??= timeAgain(line, head.timeAt, time.atMs());
			return time.atMs();
		},
		put(fingerprint, line, {start, timeAt, atMs}, more) {
			const time = timeAt === undefined ? undefined : timestampAt(line, timeAt);
			// Where the first time has no year, another one may say when it was.
			if (timeAt === undefined || time === undefined || time.atMs() !== atMs) return;
			if (heads.size >= mostHeads) heads.clear();
			heads.set(fingerprint, {start, timeAt, timeEnd: time.end, ...more});
		},
	};
}
