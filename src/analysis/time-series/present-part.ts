import {lastLevelShift} from './level-shift.ts';

/** Cycles of the longest season that have to be left. */
const cyclesLeft = 3;

/**
 * What of a series tells of the present: a test on what was before its last change of level would be no test of now. Where too little is left since, what was before is moved
 * to the level of now instead, so that its seasons still count.
 * @param fewest values that a forecast needs
 */
export function presentPart(
	values: Float64Array,
	seasons: readonly number[],
	fewest: number,
): {readonly values: Float64Array; readonly reasons: readonly string[]} {
	const shift = lastLevelShift(values, seasons);
	if (shift === undefined) return {values, reasons: []};
	const left = values.length - shift.at;
	const what = `Its level changed ${left} samples ago`;
	if (left >= Math.max(fewest, cyclesLeft * (seasons.at(-1) ?? 0)))
		return {values: values.subarray(shift.at), reasons: [`${what}: only what came after it counts`]};
	const moved = values.map((value, time) => (time < shift.at ? value + shift.by : value));
	return {values: moved, reasons: [`${what}, too few to learn from: what was before is moved to the level of now`]};
}
