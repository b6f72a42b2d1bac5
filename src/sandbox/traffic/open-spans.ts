import type {Stream} from './load-profile.ts';

/** A time in which something had its share of a stream of requests. */
export type Span = {readonly fromMs: number; toMs: number; readonly share: number; readonly stream: Stream};

/** What one source of requests sends where now. */
export type OpenSpans = {
	/** Gives each list of spans its share from now on, and all others nothing; what stays the same goes on. Without a stream nobody gets any. */
	readonly share: (wanted: ReadonlyMap<Span[], number>, stream: Stream | undefined, nowMs: number) => void;
};

export function openSpans(): OpenSpans {
	const open = new Map<Span[], Span>();
	return {
		share(wanted, stream, nowMs) {
			for (const [list, span] of open) {
				if (span.stream === stream && wanted.get(list) === span.share) continue;
				span.toMs = nowMs;
				open.delete(list);
			}
			if (stream === undefined) return;
			for (const [list, share] of wanted) {
				if (share <= 0 || open.has(list)) continue;
				const span = {fromMs: nowMs, toMs: Number.POSITIVE_INFINITY, share, stream};
				list.push(span);
				open.set(list, span);
			}
		},
	};
}
