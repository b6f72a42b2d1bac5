import type {LoadForecast} from '../../../../analysis/autoscaling/scale/floor-plan.ts';
import type {LoadAhead} from './load-ahead.ts';

/** From the decision to start a pod on: the autoscaler's own look, and numbers that are a minute old. */
export const decisionMs = 60_000;

/**
 * What is forecast, as floors are planned by it: from the first moment of each step on, which may be its busiest.
 * @param high what is needed in a step, by the upper bound
 */
export const comingLoad = ({forecast, nowMs, stepMs}: LoadAhead, high: (step: number) => number): LoadForecast => ({
	source: 'mkcoa',
	// The first step has begun already.
	points: forecast.steps.map((_, at) => ({atMs: nowMs + Math.max(1, at * stepMs), high: high(at)})),
});
