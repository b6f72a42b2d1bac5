import {approximateWeight} from '../../../../../analysis/canary/replicas/approximate-weight.ts';
import {trafficRoutedCanary} from '../../../../../analysis/canary/replicas/traffic-routed-canary.ts';
import {type Stage, stagesOf} from '../../../../../analysis/canary/stages.ts';
import {MkcoaError} from '../../../../../core/error.ts';

/** `2` or `25%` of the workload's pods, rounded up as Kubernetes does it. */
export function surgeIn(text: string | undefined, replicas: number): number | undefined {
	if (text === undefined) return undefined;
	const amount = Number.parseInt(text, 10);
	return text.endsWith('%') ? Math.ceil((amount * replicas) / 100) : amount;
}

/** What decides on how many pods each side has. */
type Sized = {
	readonly replicas: number;
	readonly weights: readonly number[];
	readonly keepStable: boolean;
	readonly surge: number | undefined;
};

/**
 * Pods of both sides where numbers of pods are the share. With a surge of one's own they are those of Argo Rollouts' basic canary.
 * @throws `surge-too-small` where an autoscaler keeps the stable pods and none may come on top
 */
export function ratioStages({replicas, weights, keepStable, surge}: Sized): readonly Stage[] {
	if (surge === undefined) return stagesOf(replicas, weights, keepStable);
	if (keepStable) {
		if (surge === 0) throw tooSmall('an autoscaler owns the stable pods, so a canary has to come on top');
		return stagesOf(replicas, weights, true).map(stage => capped(stage, surge));
	}
	if (surge === 0 && replicas === 1) throw tooSmall('one pod cannot be shared by two versions');
	const stages: Stage[] = [];
	for (const weight of weights.filter(each => each < 100)) {
		const {canary, stable} = approximateWeight(replicas, weight, 100, surge);
		const last = stages.at(-1);
		const stage = {weight, canary, stable, share: canary / (canary + stable)};
		if (last !== undefined && last.canary === canary && last.stable === stable) stages[stages.length - 1] = stage;
		else stages.push(stage);
	}
	return stages;
}

const capped = (stage: Stage, surge: number): Stage => {
	const canary = Math.min(stage.canary, surge);
	return {...stage, canary, share: canary / (canary + stage.stable)};
};

/** With a route the share is that of the requests, and the canary has as many pods as its share needs. */
export const routeStages = (replicas: number, weights: readonly number[]): readonly Stage[] =>
	weights
		.filter(weight => weight < 100)
		.map(weight => ({weight, share: weight / 100, ...trafficRoutedCanary({...growing, replicas, weight, stepWeights: weights})}));

/** On the way up the stable side stays whole, and the canary is never without a pod. */
const growing = {minPods: 1, aborted: false, dynamicStableScale: false, canary: undefined, stable: undefined} as const;

const tooSmall = (why: string) =>
	new MkcoaError({
		kind: 'usage',
		code: 'surge-too-small',
		what: 'Without a pod on top there is no canary',
		why,
		next: 'Give it room with --max-surge 1, or use mkcoa deploy rolling',
	});
