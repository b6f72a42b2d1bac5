import type {Demand} from './load-history.ts';
import {type PodShape, replay, type ScaleSettings} from './replay.ts';

/** Cores that all pods together will be asked for in one step: the middle, and the ends of an interval. */
export type LoadAhead = {readonly low: number; readonly median: number; readonly high: number};

/** Replicas at those. */
export type ReplicasAhead = {readonly low: number; readonly median: number; readonly high: number};

type Present = {
	readonly shape: PodShape;
	readonly settings: ScaleSettings;
	/** Replicas now. */
	readonly replicas: number;
	/** Of the last moment that was measured; the first step ends `stepMs` later. */
	readonly nowMs: number;
	readonly stepMs: number;
};

/** As many as nobody has: what a workload would need tells whether its ceiling is too low. */
const endless = 10_000;

/**
 * Replicas that the autoscaler's own mathematics make of a load to come, step by step: with its tolerance, its windows and the time that pods
 * take to serve. The ceiling of `settings` is left out, so that it can be compared with what is needed.
 */
export function replicasAhead(loads: readonly LoadAhead[], {shape, settings, replicas, nowMs, stepMs}: Present): readonly ReplicasAhead[] {
	const course = (of: keyof LoadAhead) => {
		const points = loads.map((load, at) => ({atMs: nowMs + at * stepMs, cores: load[of], replicas}));
		const demand: Demand = {points, stepMs, coveredMs: points.length * stepMs, coverage: 1};
		return replay(demand, shape, {...settings, maxReplicas: endless}).course;
	};
	const [low, median, high] = [course('low'), course('median'), course('high')];
	return loads.map((_, at) => ({low: low[at] ?? 0, median: median[at] ?? 0, high: high[at] ?? 0}));
}
