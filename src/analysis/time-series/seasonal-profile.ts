/**
 * What each phase of each season adds to the level: means over the cycles of what differs from a centred moving average, one season after the other, the
 * shortest first (a classical additive decomposition for several seasons).
 * @param lengths seasons in samples, shortest first; a longer one sees what the shorter ones left over
 * @returns by season, by time modulo its length; each sums to 0
 */
export function seasonalProfile(values: Float64Array, lengths: readonly number[]): readonly Float64Array[] {
	const rest = Float64Array.from(values);
	return lengths.map(length => {
		const profile = phaseMeans(rest, length);
		for (let time = 0; time < rest.length; time++) rest[time] = (rest[time] ?? 0) - (profile[time % length] ?? 0);
		return profile;
	});
}

function phaseMeans(values: Float64Array, length: number): Float64Array {
	const trend = movingAverage(values, length);
	const sums = new Float64Array(length);
	const counts = new Float64Array(length);
	for (let time = 0; time < values.length; time++) {
		sums[time % length] = (sums[time % length] ?? 0) + (values[time] ?? 0) - (trend[time] ?? 0);
		counts[time % length] = (counts[time % length] ?? 0) + 1;
	}
	const means = sums.map((sum, phase) => sum / Math.max(1, counts[phase] ?? 1));
	const centre = means.reduce((sum, value) => sum + value, 0) / length;
	return means.map(value => value - centre);
}

/** Centred over one season, the two ends with half weight where the length is even; the nearest whole window stands for the ends of the series. */
export function movingAverage(values: Float64Array, length: number): Float64Array {
	const half = Math.floor(length / 2);
	const ends = length % 2 === 0 ? 0.5 : 1;
	const sums = new Float64Array(values.length + 1);
	const centre = values[0] ?? 0;
	for (let time = 0; time < values.length; time++) sums[time + 1] = (sums[time] ?? 0) + (values[time] ?? 0) - centre;
	const last = values.length - 1 - half;
	if (last < half) return values.map(() => centre + (sums.at(-1) ?? 0) / values.length);
	return values.map((_, time) => {
		const at = Math.min(Math.max(time, half), last);
		const inner = (sums[at + half] ?? 0) - (sums[at - half + 1] ?? 0);
		const outer = (values[at - half] ?? 0) + (values[at + half] ?? 0) - 2 * centre;
		return centre + (inner + ends * outer) / (2 * half - 1 + 2 * ends);
	});
}
