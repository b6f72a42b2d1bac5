import {approximateWeight, type Split} from './replicas/approximate-weight.ts';

/** Pods of both sides while one stage lasts. `share` is the part of the pods, and so of the traffic, that the canary gets: 0 to 1. */
export type Stage = {readonly weight: number; readonly canary: number; readonly stable: number; readonly share: number};

/**
 * Turns weights into pods. Traffic follows pods, so a weight is met only as well as whole pods allow: at least one canary, and
 * at least one stable pod below 100.
 * @param replicas pods of the stable version today, at least 1
 * @param weights per cent, rising, 1 to 100; 100 is the promotion and no stage of its own
 * @param keepStable the stable side may not shrink (an autoscaler owns it): the canary comes on top, with at most as many pods, because a
 * share of 90 % would take nine times the pods; so its share ends at a half
 * @returns stages with growing canaries; weights that round to the same pods become one
 */
export function stagesOf(replicas: number, weights: readonly number[], keepStable = false): readonly Stage[] {
	const stages: Stage[] = [];
	for (const weight of weights.filter(value => value < 100)) {
		const {canary, stable} = keepStable ? onTop(replicas, weight) : within(replicas, weight);
		const last = stages.at(-1);
		if (last !== undefined && last.canary === canary && last.stable === stable) stages[stages.length - 1] = {...last, weight};
		else stages.push({weight, canary, stable, share: canary / (canary + stable)});
	}
	return stages;
}

/** Per cent: so little that it decides nothing but a tie. */
const hair = 1e-9;

/**
 * As Argo Rollouts splits pods, but for a hair less than the weight: of two canaries that are as near to it the smaller, which errs on the side of
 * care. A single pod is joined by another.
 */
const within = (replicas: number, weight: number): Split =>
	replicas === 1 ? {canary: 1, stable: 1} : approximateWeight(replicas, weight - hair, 100, 0);

/** At least one, and of two that are as near the smaller. */
const onTop = (replicas: number, weight: number): Split => ({
	canary: Math.min(replicas, Math.max(1, Math.ceil((replicas * weight) / (100 - weight) - 0.5))),
	stable: replicas,
});
