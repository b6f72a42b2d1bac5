import {changePoints} from '../change-points/change-points.ts';
import {percentile} from '../statistics/summary.ts';

/** A change of the level of a curve, at a time. */
export type Shift = {
	readonly atMs: number;
	readonly from: number;
	readonly to: number;
	readonly kind: 'step' | 'drift';
	/** Chance that a curve which stays as it is shows one. */
	readonly falseAlarm: number;
};

/** What a curve says in a few numbers. */
export type Course = {
	/** Since the latest change; of all of it where there was none. */
	readonly level: number;
	readonly least: number;
	readonly most: number;
	readonly samples: number;
	/** The oldest first. */
	readonly shifts: readonly Shift[];
};

/** Where the values of a curve stand in time. */
export type Moments = {readonly fromMs: number; readonly stepMs: number};

/** Undefined where a curve has no number. */
export function courseOf(values: readonly (number | null)[], {fromMs, stepMs}: Moments): Course | undefined {
	const present = values.flatMap(value => (value !== null && Number.isFinite(value) ? [value] : []));
	if (present.length === 0) return undefined;
	const shifts = changePoints(values).map(
		({at, before, after, kind, falseAlarm}): Shift => ({atMs: fromMs + at * stepMs, from: before, to: after, kind, falseAlarm}),
	);
	let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
	for (const value of present) [least, most] = [Math.min(least, value), Math.max(most, value)];
	return {level: shifts.at(-1)?.to ?? percentile(present, 50), least, most, samples: present.length, shifts};
}

/** The latest change where it went up by this factor at least. */
export function riseOf({shifts}: Course, factor: number): Shift | undefined {
	const last = shifts.at(-1);
	return last !== undefined && last.to > last.from && last.to >= factor * last.from ? last : undefined;
}

/** Rows by which the beginnings of two curves' changes may differ, where one led to the other: rates look back over some. */
const sameRows = 5;

/** Whether two changes began together, as far as curves of these steps can tell. */
export const coincides = (one: Shift | undefined, other: Shift | undefined, stepMs: number) =>
	one !== undefined && other !== undefined && Math.abs(one.atMs - other.atMs) <= sameRows * stepMs;
