import type {Metrics, Range} from '../../../../mcp/monitoring/port.ts';
import {noSeries} from '../metric-trouble.ts';

/** Kayenta's own step, and the least one: pods are rarely scraped more often, and a sample that is told twice is no second one. */
const usualStepMs = 60_000;
const leastStepMs = 15_000;

/** So many points make most differences certain; fewer miss them, more add little. */
const wantedSteps = 30;

/** 17 points. With fewer than 15 a rank test misses most of what is bad, and with four it finds hardly anything. */
export const leastIntervalMs = 16 * leastStepMs;

/** Time between two points of a metric over one interval. */
export const stepOf = (intervalMs: number) =>
	Math.min(usualStepMs, Math.max(leastStepMs, Math.round(intervalMs / wantedSteps / 1000) * 1000));

/** The last interval until now, by the clock of the metrics server. @throws MkcoaError `no-series` where it tells no time */
export async function lastInterval(metrics: Metrics, intervalMs: number): Promise<Range> {
	const toMs = (await metrics.query('vector(1)'))[0]?.atMs;
	if (toMs === undefined) throw noSeries(`${metrics.source} does not tell its time`);
	return {fromMs: toMs - intervalMs, toMs, stepMs: stepOf(intervalMs)};
}
