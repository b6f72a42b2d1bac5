import {mean} from '../../../src/analysis/statistics/summary.ts';

/** A benchmark of the competition: forecasts of one series from its training values. */
type Benchmark = (training: readonly number[], horizon: number, season: number) => readonly number[];

const steps = (horizon: number) => Array.from({length: horizon}, (_, step) => step);

/** The last value, again and again. */
const naive: Benchmark = (training, horizon) => steps(horizon).map(() => training.at(-1) ?? Number.NaN);

/** The last season, again and again. */
const seasonalNaive: Benchmark = (training, horizon, season) =>
	steps(horizon).map(step => training[training.length - season + (step % season)] ?? Number.NaN);

/** The last value without its season, then with the season of each step. */
const naive2: Benchmark = (training, horizon, season) => {
	if (!isSeasonal(training, season)) return naive(training, horizon, season);
	const indices = seasonalIndices(training, season);
	const index = (time: number) => indices[time % season] ?? Number.NaN;
	const last = training.length - 1;
	return steps(horizon).map(step => ((training[last] ?? Number.NaN) / index(last)) * index(last + 1 + step));
};

export const benchmarks = {naive, seasonalNaive, naive2};

/** The competition's own test, at 90 %. */
function isSeasonal(values: readonly number[], season: number): boolean {
	if (season === 1 || values.length < 3 * season) return false;
	const centre = mean(values);
	const around = values.map(value => value - centre);
	const products = (lag: number) => around.slice(lag).reduce((sum, value, index) => sum + value * (around[index] ?? 0), 0);
	const all = products(0);
	const squares = steps(season - 1).reduce((sum, lag) => sum + (products(lag + 1) / all) ** 2, 0);
	return Math.abs(products(season) / all) > (1.645 / Math.sqrt(values.length)) * Math.sqrt(1 + 2 * squares);
}

/** Classical multiplicative decomposition: what each phase is of the trend, 1 in the mean. */
function seasonalIndices(values: readonly number[], season: number): readonly number[] {
	const half = Math.floor(season / 2);
	const isEven = season % 2 === 0;
	const trendAt = (time: number) => {
		const window = values.slice(time - half, time + half + 1);
		const ends = isEven ? ((window[0] ?? 0) + (window.at(-1) ?? 0)) / 2 : 0;
		return (window.reduce((sum, value) => sum + value, 0) - ends) / season;
	};
	const raw = steps(season).map(phase => {
		const own = steps(Math.ceil((values.length - phase) / season)).map(cycle => phase + cycle * season);
		const times = own.filter(time => time >= half && time + half < values.length);
		return mean(times.map(time => (values[time] ?? Number.NaN) / trendAt(time)));
	});
	return raw.map(index => index / mean(raw));
}
