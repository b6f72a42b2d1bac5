import type {Model, Predictor} from './model.ts';

const repeat =
	(season: number): Predictor =>
	(values, origin, horizon) =>
		Float64Array.from({length: horizon}, (_, step) => values[origin - season + (step % season)] ?? Number.NaN);

/** The last value, again and again: what every forecast has to beat. */
export const naive: Model = {name: 'last value', fit: values => (values.length > 0 ? repeat(1) : undefined)};

/** The last season, again and again; `which` of several, 0 for the shortest. */
export const seasonalNaive = (which: number): Model => ({
	name: which === 0 ? 'last season' : 'last long season',
	fit: (values, seasons) => {
		const season = seasons.at(which);
		return season === undefined || values.length < season ? undefined : repeat(season);
	},
});

/** The line from the first value to the last, carried on. */
export const drift: Model = {
	name: 'drift',
	fit: values => (values.length > 2 ? lineFromEndToEnd : undefined),
};

const lineFromEndToEnd: Predictor = (values, origin, horizon) => {
	const [first = Number.NaN, last = Number.NaN] = [values[0], values[origin - 1]];
	const slope = (last - first) / Math.max(1, origin - 1);
	return Float64Array.from({length: horizon}, (_, step) => last + slope * (step + 1));
};
