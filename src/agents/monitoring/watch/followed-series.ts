import {type DetectorState, newDetector, observe} from '../../../analysis/anomalies/detector.ts';
import type {Explanation} from '../../../analysis/anomalies/explain.ts';
import type {Range} from '../../../mcp/monitoring/port.ts';
import type {Sampling} from '../metrics/choose-step.ts';
import type {Measured} from '../metrics/curve.ts';
import {together} from '../metrics/together.ts';

/**
 * All that is remembered of one series of a workload. Of its present episode how severe it was when it was told, or at most while nothing
 * was told yet, and what is strange about it.
 */
type Followed = {readonly detector: DetectorState; known: number; explanation: Explanation | undefined};

/** An episode that becomes a hundred times as rare is told again: what it was called first no longer says what it is. */
const worse = 2;

/** All series of a watch. The same moments are never judged twice. */
export type FollowedSeries = {
	readonly stepMs: number;
	/** What rates look back, and how often it is scraped. */
	readonly sampling: Sampling;
	/** The latest moment that was judged. */
	lastMs: number;
	readonly series: Map<string, Followed>;
};

/** Something unusual that begins, becomes severe enough to be told, or far more severe than was told. */
export type Noticed = {
	readonly atMs: number;
	readonly measured: Pick<Measured, 'name' | 'unit' | 'query'>;
	readonly severity: number;
	readonly stepMs: number;
	readonly explanation: Explanation;
};

/** @param sampling of the past that is learnt from */
export const newFollowed = (sampling: Sampling): FollowedSeries => ({
	...{stepMs: sampling.range.stepMs, sampling, lastMs: sampling.range.fromMs - sampling.range.stepMs},
	series: new Map(),
});

/** Longer than this after an outage is not asked for: the server may not keep it, and nobody waits for it. */
const mostRows = 1500;

/** Moments that came since; undefined where there is none yet. */
export function rangeSince({lastMs, stepMs}: FollowedSeries, nowMs: number): Range | undefined {
	const toMs = Math.floor(nowMs / stepMs) * stepMs;
	const fromMs = Math.max(lastMs + stepMs, toMs - mostRows * stepMs);
	return toMs < fromMs ? undefined : {fromMs, toMs, stepMs};
}

/**
 * Judges the new moments of one workload's measures. An episode is told when it is as severe as is asked for, and again when it becomes far
 * more severe.
 * @param key of the workload
 * @param least undefined while it learns: nothing is told then, and what was that severe already is no news afterwards
 */
export function judgeMoments(
	followedSeries: FollowedSeries,
	key: string,
	all: readonly Measured[],
	{range, least}: {readonly range: Range; readonly least: number | undefined},
): readonly Noticed[] {
	return all.flatMap(measured => {
		const name = `${key} ${measured.name}`;
		const followed = followedSeries.series.get(name) ?? {detector: newDetector(), known: 0, explanation: undefined};
		followedSeries.series.set(name, followed);
		return together(measured).flatMap((value, row): readonly Noticed[] => {
			if (value === null) return [];
			const {severity, episode, explanation = followed.explanation} = observe(followed.detector, value);
			if (episode !== 'goes on') followed.known = 0;
			followed.explanation = episode === 'none' ? undefined : explanation;
			if (least === undefined) followed.known = Math.max(followed.known, severity);
			const isNews = least !== undefined && severity >= least && (followed.known < least || severity >= followed.known + worse);
			if (!isNews || explanation === undefined) return [];
			followed.known = severity;
			return [{atMs: range.fromMs + row * range.stepMs, measured, severity, stepMs: range.stepMs, explanation}];
		});
	});
}
