import {count} from '../../core/text/count.ts';
import {fewestValues} from './back-test.ts';
import {calendarSeasons} from './calendar.ts';
import type {Forecast, ForecastStep} from './forecast-result.ts';
import {forecastFromPast} from './from-past.ts';
import {type Prepared, prepare, type Samples} from './prepare.ts';
import {presentPart} from './present-part.ts';
import {findSeasons} from './seasons.ts';

export type ForecastOptions = {
	/** Samples ahead. */
	readonly horizon: number;
	/** Length of the season in samples, or of several; found where it is left out, 1 says that there is none. */
	readonly season?: number | readonly number[] | undefined;
	/** Seconds from one sample to the next, if known: an hour, a day, a week and a year are looked for first then. */
	readonly stepSeconds?: number | undefined;
	/** Whether the series only grows, or begins anew at zero: what it grows by in each step is forecast then. */
	readonly isCounter?: boolean | undefined;
};

/** Where more than that part is missing, the rest says little. */
const mostFilled = 0.3;

/** So many of the last values count: more are slow, and old ones say little. */
const mostValues = 20_000;

/** Where more than that part is zero, a middle value says little. */
const manyZeros = 0.5;

/**
 * Forecasts a series: several models are tried on its own past from many origins and averaged by how well they did, and their errors there give the bounds. Uses nothing
 * but the series, and says the same for the same samples. What never was below zero never will be.
 * @param samples evenly spaced, oldest first; NaN or null where one is missing
 * @throws RangeError where the horizon is no whole number above 0
 */
export function forecast(samples: Samples, {horizon, season, stepSeconds, isCounter = false}: ForecastOptions): Forecast {
	if (!Number.isInteger(horizon) || horizon < 1) throw new RangeError(`the horizon is ${horizon}, not a whole number of samples`);
	const prepared = prepare(samples, isCounter);
	const why = refusal(prepared, horizon);
	if (why !== undefined) return {kind: 'refused', why};
	const values = prepared.values.subarray(-mostValues);
	const known = [...said(prepared), ...(values.filter(value => value === 0).length > manyZeros * values.length ? [zeros] : [])];
	if (values.every(value => value === values[0])) return constant(values, horizon, known);
	const calendar = stepSeconds === undefined || season !== undefined ? [] : calendarSeasons(stepSeconds, values.length);
	const seasons = season === undefined ? findSeasons(values, calendar) : given(season, values.length);
	// Samples that are missing at the end are forecast too, and left out of the answer.
	const ahead = horizon + prepared.missingAtEnd;
	const present = presentPart(values, seasons, fewestValues(ahead));
	const result = forecastFromPast(present.values, {
		horizon: ahead,
		seasons,
		calendar: calendar.filter(each => 3 * each <= present.values.length),
	});
	const least = values.every(value => value >= 0) ? 0 : Number.NEGATIVE_INFINITY;
	return {
		...result,
		steps: result.steps.slice(prepared.missingAtEnd).map(step => notBelow(step, least)),
		reasons: [...known, ...present.reasons, ...result.reasons],
	};
}

const zeros = 'Most of its samples are zero: look at the upper bounds, the middle says little';

function refusal({values, filled, missingAtEnd}: Prepared, horizon: number): string | undefined {
	if (values.length === 0) return 'There is no sample in it';
	if (missingAtEnd > horizon) return `Its last ${count(missingAtEnd, 'sample')} are missing, more than the ${horizon} that are asked for`;
	if (filled > mostFilled * values.length) return `${filled} of its ${values.length} samples are missing`;
	const fewest = fewestValues(horizon + missingAtEnd);
	return values.length < fewest ? `${count(values.length, 'sample')} are too few for ${horizon} ahead: ${fewest} are the least` : undefined;
}

const said = ({filled, farOff, missingAtEnd, resets}: Prepared): readonly string[] => [
	...(farOff === 0 ? [] : [`${count(farOff, 'sample')} far off all others, as if misread: counted as missing`]),
	...(filled === 0 ? [] : [`${count(filled, 'sample')} missing, filled in between their neighbours`]),
	...(missingAtEnd === 0 ? [] : [`The last ${count(missingAtEnd, 'sample')} missing, forecast from what was before`]),
	...(resets === 0 ? [] : [`The counter began anew ${count(resets, 'time')}`]),
];

/** Seasons that can be learned: whole, seen twice, shortest first. */
const given = (season: number | readonly number[], length: number): readonly number[] =>
	[...new Set([season].flat())]
		.filter(each => Number.isInteger(each) && each > 1 && 2 * each <= length)
		.toSorted((one, other) => one - other);

function constant(values: Float64Array, horizon: number, known: readonly string[]): Forecast {
	const value = values[0] ?? 0;
	const step: ForecastStep = {median: value, low80: value, high80: value, low95: value, high95: value};
	return {
		kind: 'forecast',
		steps: Array.from({length: horizon}, () => step),
		models: [{name: 'last value', share: 1}],
		seasons: [],
		backTest: {origins: 0, error: 0, seasonalNaiveError: 0, naiveError: 0},
		beatsNaive: false,
		learnedFrom: values.length,
		reasons: [...known, 'It never changed: how it would move if it did is not known'],
	};
}

const notBelow = ({median, low80, high80, low95, high95}: ForecastStep, least: number): ForecastStep => ({
	median: Math.max(least, median),
	low80: Math.max(least, low80),
	high80: Math.max(least, high80),
	low95: Math.max(least, low95),
	high95: Math.max(least, high95),
});
