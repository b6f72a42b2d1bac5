import type {LoadSample} from '../../../../analysis/autoscaling/scale/load-history.ts';
import {forecast} from '../../../../analysis/time-series/forecast.ts';
import type {Forecast} from '../../../../analysis/time-series/forecast-result.ts';
import type {Range} from '../../../../mcp/monitoring/port.ts';
import {momentsIn} from '../../metrics/curve.ts';

/** Quarters of an hour tell a day; shorter ones take longer to forecast and say no more. */
const longestStepMs = 900_000;
/** Steps that a forecast should have at the least. */
const wantedSteps = 96;
/** More than anybody can know. */
const mostSteps = 1000;

type Made = Extract<Forecast, {kind: 'forecast'}>;

/** Cores that all pods together are going to be asked for. */
export type LoadAhead = {
	readonly past: readonly (number | null)[];
	readonly replicas: readonly (number | null)[];
	readonly stepMs: number;
	/** Of the newest step of the past. */
	readonly nowMs: number;
	readonly forecast: Made;
};

/**
 * Forecasts the load. Each step stands for the highest of the moments in it: pods are needed for the busiest minutes, not for the mean of them.
 * @returns why it cannot be told, in a sentence
 */
export function loadAhead(
	samples: readonly LoadSample[],
	{fromMs, toMs, stepMs}: Range,
	aheadMs: number,
): LoadAhead | {readonly why: string} {
	const wanted = Math.min(longestStepMs, aheadMs / wantedSteps);
	const size = Math.max(1, Math.floor(wanted / stepMs));
	const length = Math.ceil(momentsIn({fromMs, toMs, stepMs}) / size);
	const past: (number | null)[] = new Array(length).fill(null);
	const replicas: (number | null)[] = new Array(length).fill(null);
	for (const {atMs, cpuPerPod, replicas: pods} of samples) {
		// Counted from the end, so that the newest step is a whole one.
		const at = length - 1 - Math.floor(Math.round((toMs - atMs) / stepMs) / size);
		past[at] = Math.max(past[at] ?? 0, cpuPerPod * pods);
		replicas[at] = Math.max(replicas[at] ?? 0, pods);
	}
	const first = past.findIndex(value => value !== null);
	const horizon = Math.min(mostSteps, Math.max(1, Math.ceil(aheadMs / (size * stepMs))));
	const known = past.slice(Math.max(0, first));
	const made = forecast(first === -1 ? [] : known, {horizon, stepSeconds: (size * stepMs) / 1000});
	if (made.kind === 'refused') return {why: made.why};
	return {past: known, replicas: replicas.slice(Math.max(0, first)), stepMs: size * stepMs, nowMs: toMs, forecast: made};
}
