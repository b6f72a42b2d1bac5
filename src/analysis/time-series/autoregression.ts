import {leastSquares} from './least-squares.ts';
import type {Model} from './model.ts';

/** Holds coefficients of lags that say nearly the same; from 1e-5 to 1e-3 it makes no difference. */
const ridge = 1e-4;

/** Values for each coefficient, below which it is not learned. */
const valuesPerLag = 3;

/**
 * The lags that may tell the next value: the last three, and of each season the same phase and its neighbours (so a season's change from one value to the next counts,
 * as in a seasonal ARIMA), of the shortest one the season before too.
 */
export function lagsOf(seasons: readonly number[]): readonly number[] {
	const [shortest] = seasons;
	const ofSeasons = seasons.flatMap(season => [season - 1, season, season + 1]);
	const all = new Set([1, 2, 3, ...ofSeasons, ...(shortest === undefined ? [] : [2 * shortest])]);
	return [...all].filter(lag => lag > 0).toSorted((one, other) => one - other);
}

/** Each value from earlier ones and a constant, by least squares; forecasts become the earlier values of later ones. */
export const autoregression: Model = {
	name: 'autoregression',
	fit: (values, seasons) => {
		const lags = Int32Array.from(lagsOf(seasons));
		const {length: width} = lags;
		const longest = lags.at(-1) ?? 0;
		if (values.length - longest < valuesPerLag * (width + 1)) return undefined;
		const centre = values.reduce((sum, value) => sum + value, 0) / values.length;
		const around = values.map(value => value - centre);
		const coefficients = leastSquares(around, {from: longest, to: values.length, width: width + 1, ridge}, (time, row) => {
			for (let i = 0; i < width; i++) row[i] = around[time - (lags[i] ?? 0)] ?? 0;
			row[width] = 0;
		});
		return (all, origin, horizon) => {
			const path = new Float64Array(origin + horizon);
			for (let time = 0; time < origin; time++) path[time] = (all[time] ?? 0) - centre;
			for (let time = origin; time < path.length; time++) {
				let sum = 0;
				for (let i = 0; i < width; i++) sum += (coefficients[i] ?? 0) * (path[time - (lags[i] ?? 0)] ?? 0);
				path[time] = sum;
			}
			return path.slice(origin).map(value => value + centre);
		};
	},
};
