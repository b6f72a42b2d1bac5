import {mean} from '../../../src/analysis/statistics/summary.ts';
import {forecast} from '../../../src/analysis/time-series/forecast.ts';
import type {ForecastStep} from '../../../src/analysis/time-series/forecast-result.ts';
import type {Grade, Miss} from '../grade-set.ts';
import {benchmarks} from './benchmarks.ts';
import {ownKinds} from './own-series.ts';
import {coverage, type Errors, mase, meanErrors, owa, scaleOf, smape} from './scores.ts';
import {type Frequency, frequencies, frequencyOf, type Published, readPublished, readSeries, type Series, trainingFiles} from './series.ts';

/** What one series came to: its own errors beside the benchmarks', and how its intervals held. */
type Judged = {
	readonly errors: {readonly [method: string]: Errors};
	readonly kept95: number;
	readonly kept80: number;
	readonly width95: number;
	readonly width80: number;
	readonly milliseconds: number;
};

const own = 'mkcoa';

/**
 * Reads `NAME-train.csv` and `NAME-test.csv` of the M4 competition. A series is right where the forecast is at least as good as the last season repeated (MASE); one that is refused
 * is missed, and counts with the last season repeated and no interval.
 */
export function forecastSet(folder: string): Grade {
	return together(trainingFiles(folder).map(gradeFile));
}

/** Own series of other kinds than the competition's: its steps, seasons and natures. */
export const ownForecastSet = (): Grade => together(ownKinds(seriesOfKind).map(kind => gradeSeries(kind.name, kind, kind.series)));

const seriesOfKind = 20;

function together(grades: readonly (ReturnType<typeof gradeSeries> & {readonly published?: Grade['published']})[]): Grade {
	const misses = grades.flatMap(grade => grade.misses);
	return {
		right: grades.reduce((sum, {right}) => sum + right, 0),
		total: grades.reduce((sum, {total}) => sum + total, 0),
		misses,
		published: Object.assign({}, ...grades.map(({published}) => published)),
		figures: Object.assign({}, ...grades.map(({figures}) => figures)),
		by: {'as good as seasonal naive': Object.fromEntries(grades.map(({name, right, total}) => [name, {right, total}]))},
		notes: grades.flatMap(({notes}) => notes),
	};
}

/** One frequency. A file that cannot be read is a miss and stops none of the others. */
function gradeFile(file: string) {
	const name = frequencyOf(file);
	try {
		const frequency = Object.hasOwn(frequencies, name) ? frequencies[name] : undefined;
		if (frequency === undefined) throw new Error(`${name} is none of ${Object.keys(frequencies).join(', ')}`);
		return {...gradeSeries(name, frequency, readSeries(file)), published: publishedText(name, readPublished(file, name))};
	} catch (error) {
		const got = error instanceof Error ? error.message : String(error);
		return {
			name,
			right: 0,
			total: 1,
			misses: [{case: file, expected: 'series that can be read', got}],
			figures: {},
			notes: [],
		};
	}
}

function gradeSeries(name: string, frequency: Frequency, series: readonly Series[]) {
	const all = series.map(each => ({id: each.id, judged: judge(each, frequency)}));
	const misses = all.flatMap(({id, judged}) => missOf(id, judged));
	const {figures, notes} = summary(
		name,
		all.map(({judged}) => judged),
	);
	return {name, right: all.length - misses.length, total: all.length, misses, figures, notes};
}

function judge({training, truth}: Series, {season, stepSeconds}: Frequency): Judged {
	const start = performance.now();
	const result = forecast(training, {horizon: truth.length, stepSeconds});
	const milliseconds = performance.now() - start;
	const naive = benchmarks.seasonalNaive(training, truth.length, season);
	const steps = result.kind === 'forecast' ? result.steps : naive.map(withoutInterval);
	const errorsOf = (values: readonly number[]) => ({smape: smape(truth, values), mase: mase(training, truth, values, season)});
	const byBenchmark = Object.entries(benchmarks).map(([name, method]) => [name, errorsOf(method(training, truth.length, season))]);
	const scale = scaleOf(training, season);
	const wide = coverage(
		truth,
		steps.map(({low95: low, high95: high}) => ({low, high})),
		scale,
	);
	const narrow = coverage(
		truth,
		steps.map(({low80: low, high80: high}) => ({low, high})),
		scale,
	);
	return {
		errors: {...Object.fromEntries(byBenchmark), [own]: errorsOf(steps.map(({median}) => median))},
		...{kept95: wide.kept, kept80: narrow.kept, width95: wide.width, width80: narrow.width, milliseconds},
	};
}

const withoutInterval = (median: number): ForecastStep => ({median, low80: median, high80: median, low95: median, high95: median});

function missOf(id: string, {errors}: Judged): readonly Miss[] {
	const [ours, naive] = [errors[own]?.mase ?? Number.NaN, errors.seasonalNaive?.mase ?? Number.NaN];
	return ours <= naive ? [] : [{case: id, expected: `MASE ${naive.toFixed(3)} at most, as seasonal naive`, got: ours.toFixed(3)}];
}

/** Figures of a frequency by name, and the same as a table. */
function summary(name: string, all: readonly Judged[]) {
	const methods = Object.keys(all[0]?.errors ?? {});
	const errors = Object.fromEntries(methods.map(method => [method, meanErrors(all.flatMap(each => each.errors[method] ?? []))]));
	const {naive2 = {smape: 1, mase: 1}, [own]: ours = naive2} = errors;
	const over = (figure: (judged: Judged) => number) => mean(all.map(figure));
	const figures = {
		[`${name}Owa`]: owa(ours, naive2),
		[`${name}Smape`]: ours.smape,
		[`${name}Mase`]: ours.mase,
		[`${name}SeasonalNaiveOwa`]: owa(errors.seasonalNaive ?? naive2, naive2),
		[`${name}Coverage95`]: over(({kept95}) => kept95),
		[`${name}Coverage80`]: over(({kept80}) => kept80),
		[`${name}Width95`]: over(({width95}) => width95),
		[`${name}Width80`]: over(({width80}) => width80),
		[`${name}MillisecondsPerSeries`]: over(({milliseconds}) => milliseconds),
	};
	const row = (method: string) => {
		const of = errors[method] ?? naive2;
		return `${name} ${method}: sMAPE ${of.smape.toFixed(3)}, MASE ${of.mase.toFixed(3)}, OWA ${owa(of, naive2).toFixed(4)}`;
	};
	return {figures, notes: [`${name}, ${all.length} series; widths of intervals in units of MASE`, ...methods.map(row)]};
}

/** Beside ours: the best of the competition and its benchmarks, over the whole set of which this may be a part. */
function publishedText(name: string, entries: readonly Published[]): {readonly [who: string]: string} {
	const shown = entries.filter(({rank, method}) => rank <= 3 || /^(sNaive|Theta|Damped|SES|Holt)$/i.test(method));
	return Object.fromEntries(
		shown.map(({method, rank, smape, mase, owa: whole}) => [
			`${name}, ${method} (rank ${rank}, whole set)`,
			`sMAPE ${smape.toFixed(3)}, MASE ${mase.toFixed(3)}, OWA ${whole.toFixed(4)}`,
		]),
	);
}
