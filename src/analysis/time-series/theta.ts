import type {Model} from './model.ts';
import {nelderMead} from './nelder-mead.ts';
import {seasonalProfile} from './seasonal-profile.ts';

/** Slope of the least squares line through values at 0, 1, 2, …. */
export function slopeOf(values: Float64Array): number {
	const {length: n} = values;
	const middle = (n - 1) / 2;
	let withTime = 0;
	for (let time = 0; time < n; time++) withTime += (time - middle) * (values[time] ?? 0);
	return n < 2 ? 0 : (12 * withTime) / (n * (n * n - 1));
}

/** `share` of an error that the level takes over; `drift` a step, of the slope of the line through all values. */
type Theta = {readonly share: number; readonly drift: number};

/** Simple exponential smoothing with a drift, from the first value on: where it stands at the end, and its squared one-step errors. */
function smoothWithDrift(values: Float64Array, end: number, {share, drift}: Theta) {
	let level = values[0] ?? 0;
	let left = 1;
	let squares = 0;
	for (let time = 1; time < end; time++) {
		left *= 1 - share;
		const off = (values[time] ?? 0) - level;
		squares += (off - (drift * (1 - left)) / share) ** 2;
		level += share * off;
	}
	return {level, squares, behind: (drift * (1 - left * (1 - share))) / share};
}

/**
 * The Theta method: on the series without its seasons, simple exponential smoothing with half the slope of the line through all values as drift; optimised, with the
 * part of the slope that made the one-step errors smallest.
 * @see Assimakopoulos, Nikolopoulos (2000), https://doi.org/10.1016/S0169-2070(00)00066-2; Hyndman, Billah (2003), https://doi.org/10.1016/S0169-2070(01)00143-1;
 * Fiorucci et al. (2016), https://doi.org/10.1016/j.ijforecast.2016.02.005
 */
export const theta = (kind: 'standard' | 'optimised'): Model => ({
	name: kind === 'standard' ? 'theta' : 'optimised theta',
	fit: (values, seasons) => {
		if (values.length < Math.max(4, 2 * (seasons.at(-1) ?? 0))) return undefined;
		const profile = seasonalProfile(values, seasons);
		const seasonAt = (time: number) => profile.reduce((sum, season) => sum + (season[time % season.length] ?? 0), 0);
		const bare = (all: Float64Array, end: number) => all.subarray(0, end).map((value, time) => value - seasonAt(time));
		const own = bare(values, values.length);
		const slope = slopeOf(own);
		const thetaOf = ([share = 0, part = 0.5]: readonly number[]): Theta => ({share, drift: part * slope});
		const x = nelderMead(
			point =>
				point.some(value => value < 1e-4 || value > 0.9999)
					? Number.POSITIVE_INFINITY
					: smoothWithDrift(own, own.length, thetaOf(point)).squares,
			kind === 'standard' ? [0.5] : [0.5, 0.5],
		);
		const by = thetaOf(x);
		return (all, origin, horizon) => {
			const {level, behind} = smoothWithDrift(bare(all, origin), origin, by);
			return Float64Array.from({length: horizon}, (_, step) => level + behind + by.drift * step + seasonAt(origin + step));
		};
	},
});
