/** Lines by time: `counts` by the number of the bucket, which is `widthMs` wide and begins at a multiple of it. */
export type TimeCounts = {readonly widthMs: number; readonly counts: Map<number, number>};

/** Buckets of one template at most: where it needs more they become twice as wide, until an hour's lines are in minutes, a day's in half hours. */
const mostBuckets = 64;
const firstWidthMs = 1000;

/** Adds lines at a moment; changes what it is given where it can, and returns what holds them. */
export function addTo(times: TimeCounts | undefined, atMs: number, lines: number): TimeCounts {
	let held = times ?? {widthMs: firstWidthMs, counts: new Map<number, number>()};
	const bucket = Math.floor(atMs / held.widthMs);
	held.counts.set(bucket, (held.counts.get(bucket) ?? 0) + lines);
	while (held.counts.size > mostBuckets) held = widen(held);
	return held;
}

function widen({widthMs, counts}: TimeCounts): TimeCounts {
	const wider = new Map<number, number>();
	for (const [bucket, lines] of counts) wider.set(Math.floor(bucket / 2), (wider.get(Math.floor(bucket / 2)) ?? 0) + lines);
	return {widthMs: widthMs * 2, counts: wider};
}
