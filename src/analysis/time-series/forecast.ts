import {mean} from '../statistics/summary.ts';
import {backTest, fewestValues, meanError, originsOf, type Tried} from './back-test.ts';
import {calendarSeasons} from './calendar.ts';
import {candidatesFor} from './candidates.ts';
import {type Combination, combine} from './combine.ts';
import {type Bounds, boundsOf} from './intervals.ts';
import {lastLevelShift} from './level-shift.ts';
import {naive, seasonalNaive} from './naive-models.ts';
import {type Prepared, prepare, type Samples} from './prepare.ts';
import {findSeasons} from './seasons.ts';

export type ForecastOptions = {
	/** Samples ahead. */
	readonly horizon: number;
	/** Length of the season in samples, or of several; found where it is left out, 1 says that there is none. */
	readonly season?: number | readonly number[] | undefined;
	/** Seconds from one sample to the next, if known: a day and a week are looked for first then. */
	readonly stepSeconds?: number | undefined;
	/** Whether the series only grows, or begins anew: what it grows by is forecast then. */
	readonly isCounter?: boolean | undefined;
};

/** One step ahead: the middle of what is expected, and the bounds that 80 and 95 of 100 values keep. */
export type ForecastStep = Bounds & {readonly median: number};

/** How forecasts of this series' own past came out, as mean absolute errors in its unit. */
export type BackTest = {
	readonly origins: number;
	readonly error: number;
	/** Of the last season repeated; of the last value where there is no season. */
	readonly seasonalNaiveError: number;
	readonly naiveError: number;
};

export type Forecast =
	| {
			readonly kind: 'forecast';
			readonly steps: readonly ForecastStep[];
			/** What was averaged, the largest share first; shares sum to 1. */
			readonly models: readonly {readonly name: string; readonly share: number}[];
			readonly seasons: readonly number[];
			readonly backTest: BackTest;
			/** Whether it was better than repeating what was: if not, say so beside it. */
			readonly beatsNaive: boolean;
			/** Values that it rests on. */
			readonly learnedFrom: number;
			/** What a reader should know of it, a sentence each. */
			readonly reasons: readonly string[];
	  }
	| {readonly kind: 'refused'; readonly why: string};

/** What more than that part of is missing says little of the rest. */
const mostFilled = 0.3;

/** The last of them count: more are slow, and old ones say little. */
const mostValues = 20_000;

/** A forecast is better where its error is below that part of the naive one's; a smaller difference is chance. */
const better = 0.98;

/**
 * Forecasts a series: several models are tried on its own past from many origins, averaged by how well they did, and their errors there give the bounds. Uses nothing but the
 * series, knows no kind of series, and says the same for the same samples.
 * @param samples evenly spaced, oldest first; NaN or null where one is missing
 * @throws RangeError where the horizon is no whole number above 0
 */
export function forecast(samples: Samples, options: ForecastOptions): Forecast {
	if (!Number.isInteger(options.horizon) || options.horizon < 1) throw new RangeError(`the horizon is ${options.horizon}, not a whole number of samples`);
	const prepared = prepare(samples, options.isCounter ?? false);
	// Samples that are missing at the end are forecast too, and left out of the answer.
	const horizon = options.horizon + prepared.missingAtEnd;
	const why = refusal(prepared, options.horizon, horizon);
	if (why !== undefined) return {kind: 'refused', why};
	const values = prepared.values.subarray(-mostValues);
	const first = values[0] ?? 0;
	if (values.every(value => value === first)) return constant(first, options.horizon, values.length, sayPrepared(prepared));
	return fromPast(values, horizon, prepared, options);
}

function refusal({values, filled, missingAtEnd}: Prepared, asked: number, horizon: number): string | undefined {
	if (values.length === 0) return 'there is no sample in it';
	if (missingAtEnd > asked) return `its last ${missingAtEnd} samples are missing, more than the ${asked} that are asked for`;
	if (filled > mostFilled * values.length) return `${filled} of its ${values.length} samples are missing`;
	const fewest = fewestValues(horizon);
	return values.length < fewest ? `${values.length} samples are too few for ${horizon} ahead, ${fewest} are the least` : undefined;
}
