import {autoregression} from './autoregression.ts';
import {exponentialSmoothing} from './exponential-smoothing.ts';
import {harmonicRegression} from './harmonic-regression.ts';
import {type Model, onLogs} from './model.ts';
import {drift, naive, seasonalNaive} from './naive-models.ts';
import {theta} from './theta.ts';

/** A model and the seasons that it is told. */
export type Candidate = {readonly model: Model; readonly seasons: readonly number[]};

const simple = [naive, seasonalNaive(0), seasonalNaive(-1), drift];

const learning = [
	exponentialSmoothing({trend: 'none', carriesErrors: true}),
	exponentialSmoothing({trend: 'linear', carriesErrors: false}),
	exponentialSmoothing({trend: 'damped', carriesErrors: true}),
	theta('standard'),
	theta('optimised'),
	harmonicRegression,
];

const both = (model: Model) => [model, onLogs(model)];

/**
 * All that may forecast a series.
 * @param found its seasons
 * @param calendar cycles that the calendar has: an autoregression may use them even where they do not stand out, as it weighs each lag itself
 */
export function candidatesFor(found: readonly number[], calendar: readonly number[]): readonly Candidate[] {
	const united = [...new Set([...found, ...calendar])].toSorted((one, other) => one - other);
	const more = united.length > found.length ? [united] : [];
	// Of one season alone both seasonal naive models are the same.
	const naives = found.length > 1 ? simple : simple.filter((_, index) => index !== 2);
	return [
		...[...naives, ...learning.flatMap(both)].map(model => ({model, seasons: found})),
		...[found, ...more].flatMap(seasons => both(autoregression).map(model => ({model, seasons}))),
	];
}
