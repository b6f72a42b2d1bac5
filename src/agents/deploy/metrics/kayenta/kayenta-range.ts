import type {Metrics, Range} from '../../../../mcp/monitoring/port.ts';
import {serverTime} from '../../../series/server-time.ts';

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

/** Of a stage that lay still for longer the last day counts. */
const longestMs = 24 * 3_600_000;

/**
 * The last interval until now, by the clock of the metrics server, or more where the stage began before it.
 * @param beganMs by the same clock
 * @throws MkcoaError `no-series` where it tells no time
 */
export async function lastInterval(metrics: Metrics, intervalMs: number, beganMs?: number): Promise<Range> {
	const toMs = await serverTime(metrics);
	const spanMs = beganMs === undefined ? intervalMs : Math.min(longestMs, Math.max(intervalMs, toMs - beganMs));
	return {fromMs: toMs - spanMs, toMs, stepMs: stepOf(spanMs)};
}
