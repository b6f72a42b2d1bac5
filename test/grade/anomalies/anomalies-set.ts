import {alarmSeverity, newDetector, observe} from '../../../src/analysis/anomalies/detector.ts';
import {follow, noEpisode} from '../../../src/analysis/anomalies/episode.ts';
import type {Grade, Miss} from '../grade-set.ts';
import {bestThreshold, falseAlarms, finalScore, type Profile, rawScore, setScore, windowsOf} from './nab-score.ts';
import {profilesIn, publishedRows, publishedScores, type Series, seriesIn} from './nab-series.ts';
import {ownSeries} from './own-series.ts';

/** Severities of one series, row for row, and what the detector makes of them at its own threshold. */
type Judged = Series & {readonly severities: Float64Array; readonly scores: Float64Array};

/**
 * Reads a folder in the format of the Numenta Anomaly Benchmark. A row's score is its severity where an episode begins, and 0 else; the
 * threshold is the detector's own. `right` counts the windows in which one begins, `score` is the final score of the standard profile.
 */
export function anomaliesSet(folder: string): Grade {
	const set = seriesIn(folder).map(judged);
	const profiles = profilesIn(folder);
	return {...gradeSeries(set, profiles), published: publishedOn(folder, set, profiles)};
}

/** Own series of many kinds, each without and with an incident, in NAB's standard profile. */
export const ownAnomaliesSet = (): Grade =>
	gradeSeries(ownSeries().map(judged), new Map([['standard', {tpWeight: 1, fnWeight: 1, fpWeight: 0.11}]]));

function gradeSeries(set: readonly Judged[], profiles: ReadonlyMap<string, Profile>): Grade {
	const standard = profiles.get('standard');
	if (standard === undefined) throw new Error('config/profiles.json has no profile "standard"');
	const missed = set.flatMap(missedIn);
	const total = windowsOf(set);
	return {
		right: total - missed.length,
		total,
		score: setScore(set, alarmSeverity, standard) / 100,
		figures: figuresOf(set, profiles, standard),
		by: {category: byCategory(set, missed)},
		misses: missed,
		notes: [...set.map(series => seriesNote(series, standard)), ...categoryNotes(set, standard)],
		published: {},
	};
}

function judged(series: Series): Judged {
	const state = newDetector();
	const severities = Float64Array.from(series.values, value => observe(state, value).severity);
	return {...series, severities, scores: beginnings(severities, alarmSeverity)};
}

/** Severities of the rows with which an episode begins. */
function beginnings(severities: Float64Array, threshold: number): Float64Array {
	const episode = noEpisode();
	return severities.map(severity => (follow(episode, severity >= threshold) === 'begins' ? severity : 0));
}

/** The scores of all profiles; `best…` with the threshold that, chosen afterwards, is best for this set. */
function figuresOf(set: readonly Judged[], profiles: ReadonlyMap<string, Profile>, standard: Profile) {
	const fixed = [...profiles].map(([name, profile]) => [name, setScore(set, alarmSeverity, profile)] as const);
	const best = [...profiles].map(([name, profile]) => [name, bestSeverity(set, profile)] as const);
	const weeks = set.reduce((sum, {rows}) => sum + rows, 0) / rowsPerWeek;
	return {
		threshold: alarmSeverity,
		...Object.fromEntries(fixed),
		...Object.fromEntries(
			best.flatMap(([name, {score, threshold}]) => [
				[`best_${name}`, score],
				[`best_${name}_threshold`, threshold],
			]),
		),
		...leftOut(set, standard),
		falseAlarms: alarmsOf(set),
		falseAlarmsPerWeek: alarmsOf(set) / weeks,
	};
}

/** Of five-minute rows, which most series have. */
const rowsPerWeek = 7 * 24 * 12;

const alarmsOf = (set: readonly Judged[]) => set.reduce((sum, series) => sum + falseAlarms(series, alarmSeverity), 0);

const thresholds = Array.from({length: 40}, (_, step) => 2 + step / 10);

/** In steps of a tenth: each threshold has episodes of its own. */
function bestSeverity(set: readonly Judged[], profile: Profile): {readonly score: number; readonly threshold: number} {
	const tried = thresholds.map(threshold => {
		const scored = set.map(series => ({...series, scores: beginnings(series.severities, threshold)}));
		return {threshold, score: setScore(scored, threshold, profile)};
	});
	return tried.reduce((best, next) => (next.score > best.score ? next : best));
}

/** The standard score where each series, or each category, has the threshold that is best for all the others: what is to be expected of series that nobody has seen. */
function leftOut(set: readonly Judged[], standard: Profile) {
	const raws = thresholds.map(threshold =>
		set.map(series => rawScore({...series, scores: beginnings(series.severities, threshold)}, threshold, standard)),
	);
	const scoreBy = (isSame: (one: Judged, other: Judged) => boolean) => {
		const raw = set.map((left, index) => {
			const others = raws.map(row => row.reduce((sum, each, at) => (isSame(left, set[at] ?? left) ? sum : sum + each), 0));
			return raws[others.indexOf(Math.max(...others))]?.[index] ?? 0;
		});
		return finalScore(
			raw.reduce((sum, each) => sum + each, 0),
			windowsOf(set),
			standard,
		);
	};
	return {
		standard_each_series_left_out: scoreBy((one, other) => one === other),
		standard_each_category_left_out: scoreBy((one, other) => one.category === other.category),
	};
}

/** The windows in which no episode begins. */
const missedIn = (series: Judged): readonly Miss[] =>
	series.windows
		.filter(({from, to}) => series.scores.subarray(from, to + 1).every(score => score === 0))
		.map(({from, to}) => ({
			case: `${series.name} rows ${from} to ${to}`,
			expected: `an episode begins: severity ${alarmSeverity}`,
			got: `at most ${Math.max(...series.severities.subarray(from, to + 1)).toFixed(2)}`,
		}));

function byCategory(set: readonly Judged[], missed: readonly Miss[]) {
	return Object.fromEntries(
		[...Map.groupBy(set, ({category}) => category)].map(([category, members]) => {
			const total = windowsOf(members);
			return [category, {right: total - missed.filter(({case: name}) => name.startsWith(`${category}/`)).length, total}];
		}),
	);
}

const seriesNote = (series: Judged, standard: Profile) =>
	`${series.name}: raw score ${rawScore(series, alarmSeverity, standard).toFixed(3)} of ${series.windows.length}, ${falseAlarms(series, alarmSeverity)} false alarms in ${series.rows} rows`;

const categoryNotes = (set: readonly Judged[], standard: Profile) =>
	[...Map.groupBy(set, ({category}) => category)]
		.filter(([, members]) => windowsOf(members) > 0)
		.map(([category, members]) => `${category}: standard ${setScore(members, alarmSeverity, standard).toFixed(2)}`);

/** Where the folder has their rows, the published detectors on these very series, with the best threshold; and all on all 58 series. */
function publishedOn(folder: string, set: readonly Judged[], profiles: ReadonlyMap<string, Profile>): {readonly [who: string]: string} {
	const rows = set.map(series => ({series, scores: publishedRows(folder, series.name)}));
	const detectors = new Set(rows.flatMap(({scores}) => [...scores.keys()]));
	const here = [...detectors].map(detector => {
		const scored = rows.map(({series, scores}) => ({...series, scores: scores.get(detector) ?? new Float64Array(series.rows)}));
		const scores = [...profiles].map(([name, profile]) => {
			const {raw} = bestThreshold(scored, profile);
			return `${name} ${finalScore(raw, windowsOf(scored), profile).toFixed(2)}`;
		});
		return [`${detector} on these series, best threshold`, scores.join(', ')] as const;
	});
	const everywhere = [...publishedScores(folder)].map(([detector, scores]) => {
		const texts = Object.entries(scores).map(([profile, score]) => `${profile} ${score.toFixed(1)}`);
		return [`${detector} on all 58 series, published`, texts.join(', ')] as const;
	});
	return Object.fromEntries([...here, ...everywhere]);
}
