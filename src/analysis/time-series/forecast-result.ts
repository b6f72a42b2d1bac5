import type {Bounds} from './intervals.ts';

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
			/** Whether it was better than repeating what was, by more than chance: if not, say so beside it. */
			readonly beatsNaive: boolean;
			/** Values that it rests on. */
			readonly learnedFrom: number;
			/** What a reader should know of it, a sentence each. */
			readonly reasons: readonly string[];
	  }
	| {readonly kind: 'refused'; readonly why: string};
