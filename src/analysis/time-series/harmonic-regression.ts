import {leastSquares} from './least-squares.ts';
import type {Model} from './model.ts';

/** Waves of each season: enough for the peaks of a working day, few enough for a short past. */
const mostWaves = 8;
const ridge = 1e-6;

/** Periods of the waves; a wave that two seasons share is there once. */
function wavesOf(seasons: readonly number[]): readonly number[] {
	const periods = seasons.flatMap(season =>
		Array.from({length: Math.min(mostWaves, Math.floor(season / 2))}, (_, index) => season / (index + 1)),
	);
	return [...new Set(periods)];
}

/** How much of an error is left a step later. */
function carryOf(errors: Float64Array): number {
	let [products, squares] = [0, Number.MIN_VALUE];
	for (let time = 1; time < errors.length; time++) {
		products += (errors[time] ?? 0) * (errors[time - 1] ?? 0);
		squares += (errors[time - 1] ?? 0) ** 2;
	}
	return Math.min(0.999, Math.max(0, products / squares));
}

/** A line and waves of each season (Fourier terms), by regression; the last error dies away. */
export const harmonicRegression: Model = {
	name: 'waves with trend',
	fit: (values, seasons) => {
		const periods = wavesOf(seasons);
		const width = 2 + 2 * periods.length;
		const {length: n} = values;
		if (seasons.length === 0 || n < 2 * width) return undefined;
		const rowAt = (time: number, row: Float64Array) => {
			row[0] = 1;
			row[1] = (2 * time) / n - 1;
			periods.forEach((period, index) => {
				const angle = (2 * Math.PI * time) / period;
				row[2 + 2 * index] = Math.sin(angle);
				row[3 + 2 * index] = Math.cos(angle);
			});
		};
		const centre = values.reduce((sum, value) => sum + value, 0) / n;
		const around = values.map(value => value - centre);
		const coefficients = leastSquares(around, {from: 0, to: n, width, ridge}, rowAt);
		const row = new Float64Array(width);
		const at = (time: number) => {
			rowAt(time, row);
			let sum = centre;
			for (let i = 0; i < width; i++) sum += (row[i] ?? 0) * (coefficients[i] ?? 0);
			return sum;
		};
		const carry = carryOf(values.map((value, time) => value - at(time)));
		return (all, origin, horizon) => {
			const last = (all[origin - 1] ?? 0) - at(origin - 1);
			return Float64Array.from({length: horizon}, (_, step) => at(origin + step) + last * carry ** (step + 1));
		};
	},
};
