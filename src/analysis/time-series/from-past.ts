import {backTest, meanError, originsOf} from './back-test.ts';
import {candidatesFor} from './candidates.ts';
import {combine} from './combine.ts';
import type {BackTest, Forecast} from './forecast-result.ts';
import {boundsOf} from './intervals.ts';
import type {Model} from './model.ts';
import {naive, seasonalNaive} from './naive-models.ts';

/** A forecast is better where its error is below that part of the naive one's: a smaller difference is chance, as the shares were learned from the same errors. */
const better = 0.95;

type Task = {readonly horizon: number; readonly seasons: readonly number[]; readonly calendar: readonly number[]};

/** Tries all candidates on the past of a series that is whole and changes, and averages them. */
export function forecastFromPast(values: Float64Array, {horizon, seasons, calendar}: Task): Extract<Forecast, {kind: 'forecast'}> {
	const origins = originsOf(values.length, horizon, seasons);
	const {parts, past, future} = combine(backTest(values, {horizon, origins}, candidatesFor(seasons, calendar)));
	const errors = past.map((path, index) => path.map((value, step) => (values[(origins[index] ?? 0) + step] ?? 0) - value));
	const windows = (values.length - (origins[0] ?? 0)) / horizon;
	const errorOf = (model: Model) => {
		const predict = model.fit(values, seasons);
		return predict === undefined
			? undefined
			: meanError(
					values,
					origins,
					origins.map(origin => predict(values, origin, horizon)),
				);
	};
	const naiveError = errorOf(naive) ?? 0;
	const tested = {
		origins: origins.length,
		error: meanError(values, origins, past),
		seasonalNaiveError: errorOf(seasonalNaive(0)) ?? naiveError,
		naiveError,
	};
	const beatsNaive = tested.error < better * Math.min(tested.seasonalNaiveError, naiveError);
	return {
		kind: 'forecast',
		steps: boundsOf(errors, future, windows).map((bounds, step) => ({median: future[step] ?? 0, ...bounds})),
		models: parts.map(({tried: {candidate}, share}) => ({name: candidate.model.name, share})),
		seasons,
		backTest: tested,
		beatsNaive,
		learnedFrom: values.length,
		reasons: [seasonText(seasons), ...(beatsNaive ? [] : [noBetter(tested)])],
	};
}

const seasonText = (seasons: readonly number[]) =>
	seasons.length === 0 ? 'No season: its cycles are not alike' : `It repeats every ${seasons.join(' and ')} samples`;

const noBetter = ({seasonalNaiveError, naiveError}: BackTest) =>
	seasonalNaiveError < naiveError
		? 'No better than the value a season ago: on its past, repeating that is as good'
		: 'No better than the last value: on its past, repeating that is as good';
