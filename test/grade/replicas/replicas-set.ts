import * as z from 'zod';
import {approximateWeight, replicasForWeight} from '../../../src/analysis/canary/replicas/approximate-weight.ts';
import {basicCanary} from '../../../src/analysis/canary/replicas/basic-canary.ts';
import {trafficRoutedCanary, weightOnAbort} from '../../../src/analysis/canary/replicas/traffic-routed-canary.ts';
import {rowsNamed, tryCase} from '../case-files.ts';
import type {Grade, Miss} from '../grade-set.ts';

const pods = z
	.object({desired: z.number(), available: z.number()})
	.nullish()
	.transform(value => value ?? undefined);
const orUndefined = z
	.number()
	.nullish()
	.transform(value => value ?? undefined);
const podsOrPercent = z.union([z.number(), z.string()]).default(0);

const replicasCase = z.object({
	kind: z.enum(['basicCanary', 'trafficRoutedCanary', 'approximateWeight', 'trafficWeightToReplicas', 'desiredWeightOnAbort']),
	name: z.string(),
	specReplicas: z.number(),
	weight: z.number().default(0),
	maxWeight: z.number().default(100),
	setWeight: z.number().default(0),
	maxSurge: podsOrPercent,
	maxUnavailable: podsOrPercent,
	stable: pods,
	canary: pods,
	canaryIsStable: z.boolean().default(false),
	noStableRevision: z.boolean().default(false),
	olderReplicaSets: z.array(z.object({desired: z.number()})).default([]),
	promoteFull: z.boolean().default(false),
	aborted: z.boolean().default(false),
	dynamicStableScale: z.boolean().default(false),
	minPodsPerReplicaSet: z.number().optional(),
	abortScaleDownDelaySeconds: z.number().optional(),
	setCanaryScale: z.object({replicas: orUndefined, weight: orUndefined, matchTrafficWeight: z.boolean().default(false)}).optional(),
	currentTraffic: z.object({canaryWeight: z.number(), stableWeight: z.number()}).nullish(),
	steps: z.array(z.object({setWeight: z.number().optional()})).default([]),
	expected: z.record(z.string(), z.number()),
});
type Case = z.infer<typeof replicasCase>;

/** Reads `replica-weights.json`. */
export function replicasSet(folder: string): Grade {
	const cases = rowsNamed(folder, 'replica-weights.json').map(({at, row}) => tryCase(at, () => missOf(replicasCase.parse(row))));
	const misses = cases.filter((miss): miss is Miss => miss !== undefined);
	return {right: cases.length - misses.length, total: cases.length, misses, published: {'Argo Rollouts, its own tests': 'all'}};
}

function missOf(known: Case): Miss | undefined {
	const got = compute(known);
	if (Object.entries(known.expected).every(([key, value]) => got[key] === value)) return undefined;
	return {case: `${known.kind}: ${known.name}`, expected: JSON.stringify(known.expected), got: JSON.stringify(got)};
}

function compute(known: Case): {readonly [key: string]: number} {
	const {specReplicas: replicas, weight, maxWeight} = known;
	switch (known.kind) {
		case 'approximateWeight':
			return named(approximateWeight(replicas, weight, maxWeight, Number(known.maxSurge)));
		case 'trafficWeightToReplicas':
			return {replicas: replicasForWeight(replicas, weight, maxWeight)};
		case 'desiredWeightOnAbort':
			return {canaryWeight: weightOnAbort({...known, replicas, stepWeights: stepWeights(known)})};
		case 'basicCanary':
			return named(basicCanary(basicState(known)));
		case 'trafficRoutedCanary':
			return named(trafficRoutedCanary(routedState(known)));
	}
}

const named = ({canary, stable}: {readonly canary: number; readonly stable: number}) => ({canaryReplicas: canary, stableReplicas: stable});
const stepWeights = ({steps}: Case) => steps.flatMap(({setWeight}) => (setWeight === undefined ? [] : [setWeight]));

/** Promoted in full, or the first deployment: there are no steps to follow. */
const isWhole = (known: Case) => known.promoteFull || known.canaryIsStable || known.noStableRevision;
const weightOf = (known: Case) => (isWhole(known) ? known.maxWeight : known.aborted ? 0 : known.setWeight);

const basicState = (known: Case) => ({
	...known,
	replicas: known.specReplicas,
	weight: weightOf(known),
	stable: known.canaryIsStable || known.noStableRevision ? undefined : known.stable,
	olderPods: known.olderReplicaSets.reduce((sum, {desired}) => sum + desired, 0),
});

const routedState = (known: Case) => ({
	...known,
	replicas: known.specReplicas,
	weight: weightOf(known),
	aborted: known.aborted && !isWhole(known),
	canaryScale: isWhole(known) || known.setCanaryScale?.matchTrafficWeight ? undefined : known.setCanaryScale,
	minPods: known.minPodsPerReplicaSet,
	traffic: known.currentTraffic ? {canary: known.currentTraffic.canaryWeight, stable: known.currentTraffic.stableWeight} : undefined,
	stepWeights: stepWeights(known),
});
