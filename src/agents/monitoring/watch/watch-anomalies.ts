import type {Clock} from '../../../core/clock.ts';
import {sleep} from '../../../core/clock.ts';
import {MkcoaError} from '../../../core/error.ts';
import {inParallel} from '../../../core/in-parallel.ts';
import {refKey} from '../../../core/kube/kube-object.ts';
import type {Unchecked} from '../../../core/unchecked.ts';
import type {Metrics} from '../../../mcp/monitoring/port.ts';
import {serverTime} from '../../series/server-time.ts';
import {leastSeverity} from '../anomalies/anomalies-within.ts';
import {falseAlarmsPerWeek, strangeText} from '../anomalies/anomaly-text.ts';
import {chooseSampling} from '../metrics/choose-step.ts';
import {collect} from '../metrics/collect.ts';
import type {Pods} from '../performance/reader.ts';
import {type FollowedSeries, judgeMoments, type Noticed, newFollowed, rangeSince} from './followed-series.ts';
import type {AnomalyNews, WatchNews} from './watch-news.ts';

/** What is followed where nobody chose. */
export const watchedMeasures = ['requests', 'errors', 'latency-p95', 'cpu', 'memory', 'throttled'] as const;

type Watching = {
	readonly metrics: Metrics;
	readonly subjects: readonly Pods[];
	/** Of `measureNames.pods`. */
	readonly names: readonly string[];
	/** Between two looks, each of which is a row of every series. */
	readonly stepMs: number;
	/** How much of the past it learns from. */
	readonly historyMs: number;
	/** False alarms a week that are borne in all that is watched. */
	readonly falseAlarms: number;
	readonly clock: Clock;
	readonly signal: AbortSignal;
	/** What somebody changed before something became unusual. */
	readonly changeBefore: (subject: Pods, atMs: number) => Promise<{readonly at: string; readonly text: string} | undefined>;
	/** Called in order. */
	readonly tell: (news: WatchNews) => void;
	/** `perWeek`: false alarms in all series, on average. */
	readonly onReady: (seen: {
		readonly series: number;
		readonly least: number;
		readonly perWeek: number;
		readonly notChecked: readonly Unchecked[];
	}) => void;
};

/** What a watch saw, when it is over. */
export type WatchSum = {readonly watchedMs: number; readonly anomalies: number; readonly awayMs: number};

type Found = {readonly subject: Pods; readonly noticed: readonly Noticed[]};

/** Asks for the moments that came since, and judges them when all of them are there. */
async function look(
	followed: FollowedSeries,
	{metrics, subjects, names}: Pick<Watching, 'metrics' | 'subjects' | 'names'>,
	{nowMs, least}: {readonly nowMs: number; readonly least: number | undefined},
): Promise<{readonly found: readonly Found[]; readonly notChecked: readonly Unchecked[]}> {
	const range = rangeSince(followed, nowMs);
	if (range === undefined) return {found: [], notChecked: []};
	const sampling = {...followed.sampling, range};
	const told = await inParallel(subjects, subject => collect({metrics, subject, sampling, names}));
	const found = subjects.map((subject, index) => ({
		subject,
		noticed: judgeMoments(followed, refKey(subject.ref), told[index]?.measured ?? [], {range, least}),
	}));
	followed.lastMs = range.toMs;
	const notChecked = subjects.flatMap(({ref}, index) =>
		(told[index]?.notChecked ?? []).map(({what, why}) => ({what: `${what} of ${ref.name}`, why})),
	);
	return {found, notChecked};
}

/** Waits for the next moment; not at all where the signal is aborted. */
async function untilNext({clock, signal, stepMs}: Pick<Watching, 'clock' | 'signal' | 'stepMs'>): Promise<void> {
	await sleep(clock, stepMs, signal).catch((error: unknown) => {
		if (!signal.aborted) throw error;
	});
}

/**
 * Follows measures of workloads until the signal aborts, and tells what is unusual as it comes. It learns from the past first; afterwards it
 * remembers some ten thousand numbers of each series, however long it goes on. A server that is away for a while is told of once, and what it kept
 * meanwhile is judged afterwards.
 * @throws MkcoaError where the server cannot be asked at the start
 */
export async function watchAnomalies(watching: Watching): Promise<WatchSum> {
	const {metrics, stepMs, historyMs, falseAlarms, clock, signal, tell} = watching;
	const startMs = clock.now();
	const sampling = await chooseSampling(metrics, historyMs, {stepMs});
	const followed = newFollowed(sampling);
	const {notChecked} = await look(followed, watching, {nowMs: sampling.range.toMs, least: undefined});
	const series = followed.series.size;
	const least = leastSeverity(series * falseAlarmsPerWeek(0, stepMs), falseAlarms);
	watching.onReady({series, least, perWeek: series * falseAlarmsPerWeek(least, stepMs), notChecked});
	const sum = {anomalies: 0, awayMs: 0};
	let awaySince: number | undefined;
	while (!signal.aborted) {
		await untilNext(watching);
		if (signal.aborted) break;
		try {
			const {found} = await look(followed, watching, {nowMs: await serverTime(metrics), least});
			for (const news of await toldOf(found, watching)) {
				sum.anomalies += 1;
				tell(news);
			}
			if (awaySince !== undefined) {
				sum.awayMs += clock.now() - awaySince;
				tell({news: 'back', at: iso(clock.now()), awaySeconds: Math.round((clock.now() - awaySince) / 1000)});
			}
			awaySince = undefined;
		} catch (error) {
			if (!(error instanceof MkcoaError)) throw error;
			if (awaySince === undefined) tell({news: 'away', at: iso(clock.now()), why: error.trouble.what});
			awaySince ??= clock.now();
		}
	}
	return {watchedMs: clock.now() - startMs, ...sum};
}

const iso = (ms: number) => new Date(ms).toISOString();

/** The oldest first, each with the change before it. */
async function toldOf(found: readonly Found[], {changeBefore}: Pick<Watching, 'changeBefore'>): Promise<readonly AnomalyNews[]> {
	const all = found.flatMap(({subject, noticed}) => noticed.map(each => ({subject, ...each})));
	const told: AnomalyNews[] = [];
	for (const {subject, atMs, measured, severity, stepMs, explanation} of all.toSorted((a, b) => a.atMs - b.atMs)) {
		const {value, expected} = explanation;
		const {name: measure, unit, query} = measured;
		told.push({
			...{news: 'anomaly', at: iso(atMs), resource: subject.ref, measure, unit, query, value, expected},
			...{severity: Number(severity.toFixed(2)), stepSeconds: stepMs / 1000},
			falseAlarmsPerWeek: Number(falseAlarmsPerWeek(severity, stepMs).toPrecision(2)),
			text: strangeText(explanation, unit, stepMs),
			after: await changeBefore(subject, atMs),
		});
	}
	return told;
}
