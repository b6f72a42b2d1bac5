import {percentile} from '../statistics/summary.ts';
import {seasonalProfile} from './seasonal-profile.ts';

/** A change of the level that stays: the first sample of the new level, and by how much it differs. */
export type LevelShift = {readonly at: number; readonly by: number};

/** Samples of each level that have to be there, and how many deviations of the series around its levels the two have to be apart. */
const fewest = 12;
const apart = 8;

/** Most samples on each side that are compared: a step is seen at once, a rise is not. */
const mostCompared = 48;

/** A step keeps that part of itself between the samples just before it and just after it; a rise or a wandering level does not. */
const abruptPart = 0.8;

/**
 * The last step in the level of a series, seasons aside. What was before it tells nothing of the level now.
 * @returns undefined where the level moves by and by, or not at all
 */
export function lastLevelShift(values: Float64Array, seasons: readonly number[]): LevelShift | undefined {
	const profile = seasonalProfile(values, seasons);
	const bare = values.map((value, time) => profile.reduce((rest, season) => rest - (season[time % season.length] ?? 0), value));
	const side = Math.max(fewest, Math.min(mostCompared, Math.floor(bare.length / 8)));
	// The short look sees what changed a moment ago, the long one what is small beside the noise.
	const [long, short] = [lastStep(bare, side), lastStep(bare, fewest)];
	return (short?.at ?? 0) > (long?.at ?? 0) ? short : long;
}

function lastStep(bare: Float64Array, side: number): LevelShift | undefined {
	let found: LevelShift | undefined;
	for (const at of steps(bare, side)) {
		const [before, after] = [bare.subarray(at - side, at), bare.subarray(at, at + side)];
		const by = median(after) - median(before);
		const noise = Math.max(spread(before), spread(after));
		const [just, soon] = [median(bare.subarray(at - 3, at)), median(bare.subarray(at, at + 3))];
		if (Math.abs(by) > apart * noise && Math.abs(soon - just) >= abruptPart * Math.abs(by) && stays(bare, at, side)) found = {at, by};
	}
	return found;
}

/** Where the means of both sides differ most, one place for each length of a side. */
function steps(values: Float64Array, side: number): readonly number[] {
	const found: number[] = [];
	let [best, size, sum] = [0, 0, 0];
	for (let time = 0; time < side; time++) sum += (values[time + side] ?? 0) - (values[time] ?? 0);
	for (let at = side; at + side <= values.length; at++) {
		if (Math.abs(sum) > size) [best, size] = [at, Math.abs(sum)];
		else if (at - best >= side) {
			if (size > 0) found.push(best);
			[best, size] = [at, 0];
		}
		sum += (values[at + side] ?? 0) - 2 * (values[at] ?? 0) + (values[at - side] ?? 0);
	}
	if (size > 0) found.push(best);
	return found;
}

const median = (values: Float64Array) => percentile(Array.from(values), 50);

/** Robust deviation: of the middle half, as a normal one has it; never quite 0, so that a step between two flat levels is one. */
function spread(values: Float64Array): number {
	const all = Array.from(values);
	return (percentile(all, 75) - percentile(all, 25)) / 1.349 + 1e-9 * Math.abs(median(values));
}

/** Whether the rest of the series is nearer to the level after the step than to the one before. */
function stays(values: Float64Array, at: number, side: number): boolean {
	const [before, after, rest] = [
		median(values.subarray(at - side, at)),
		median(values.subarray(at, at + side)),
		median(values.subarray(at)),
	];
	return Math.abs(rest - after) < Math.abs(rest - before);
}
