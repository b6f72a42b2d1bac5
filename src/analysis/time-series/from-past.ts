import {mean} from '../statistics/summary.ts';
import {backTest, errorsOf, originsOf} from './back-test.ts';
import {isBetter} from './better-than.ts';
import {candidatesFor} from './candidates.ts';
import {combine} from './combine.ts';
import type {BackTest, Forecast} from './forecast-result.ts';
import {boundsOf} from './intervals.ts';
import type {Model} from './model.ts';
import {naive, seasonalNaive} from './naive-models.ts';

type Task = {readonly horizon: number; readonly seasons: readonly number[]; readonly calendar: readonly number[]};

/** Tries all candidates on the past of a series that is whole and changes, and averages them. */
export function forecastFromPast(values: Float64Array, {horizon, seasons, calendar}: Task): Extract<Forecast, {kind: 'forecast'}> {
	const origins = originsOf(values.length, horizon, seasons);
	const {parts, past, future} = combine(backTest(values, {horizon, origins}, candidatesFor(seasons, calendar)));
	const errors = past.map((path, index) => path.map((value, step) => (values[(origins[index] ?? 0) + step] ?? 0) - value));
	const windows = (values.length - (origins[0] ?? 0)) / horizon;
	const own = errorsOf(values, origins, past);
	const repeated = (model: Model) => {
		const predict = model.fit(values, seasons);
		return (
			predict &&
			errorsOf(
				values,
				origins,
				origins.map(origin => predict(values, origin, horizon)),
			)
		);
	};
	const last = repeated(naive) ?? own;
	const season = repeated(seasonalNaive(0)) ?? last;
	const tested = {origins: origins.length, error: mean(own), seasonalNaiveError: mean(season), naiveError: mean(last)};
	const beatsNaive = [last, season].every(errors => isBetter(own, errors, windows));
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

function noBetter({error, seasonalNaiveError, naiveError}: BackTest): string {
	const before = seasonalNaiveError < naiveError ? 'the value a season ago' : 'the last value';
	return error < Math.min(seasonalNaiveError, naiveError)
		? `No better than ${before} for sure: on its past it was, by no more than chance may make`
		: `No better than ${before}: on its past, repeating that is as good`;
}
