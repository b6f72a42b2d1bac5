import type {View} from '../tool.ts';

/** Unit, its milliseconds, and up to which age it is the largest one shown; the limits are those of kubectl. */
const units = [
	['s', 1000, 2 * 60_000],
	['m', 60_000, 3 * 3_600_000],
	['h', 3_600_000, 2 * 86_400_000],
	['d', 86_400_000, 2 * 365 * 86_400_000],
] as const;

/** A span of time as kubectl writes an age: `45s`, `5m`, `26h`, `3d`, `2y`. Negative spans, from clocks that disagree, are `0s`. */
export function age(ms: number): string {
	const span = Math.max(0, ms);
	const unit = units.find(([, , limit]) => span < limit);
	return unit === undefined ? `${Math.floor(span / (365 * 86_400_000))}y` : `${Math.floor(span / unit[1])}${unit[0]}`;
}

/** A moment of the cluster (ISO 8601, or `''` where it tells none): for people how long ago it was, in a pipe as it is. */
export const sinceText = (time: string, {terminal, nowMs}: View): string =>
	terminal && time !== '' ? age(nowMs - Date.parse(time)) : time;
