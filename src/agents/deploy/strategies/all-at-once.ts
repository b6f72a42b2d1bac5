import {fenceposts, wantedReplicas} from '../../../core/consequences/rollout.ts';
import {numberAt, textAt, valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';

/**
 * How the strategy of a Deployment lets all of its pods go before new ones are ready, for people: `Recreate`, or `maxUnavailable 100 %`. Undefined
 * where some stay.
 */
export function allAtOnce(workload: KubeObject): string | undefined {
	if (textAt(workload, 'spec', 'strategy', 'type') === 'Recreate') return 'Recreate';
	const replicas = wantedReplicas(workload);
	if (fenceposts(workload, replicas).unavailable < replicas) return undefined;
	const strategy = valueAt(workload, 'spec', 'strategy', 'rollingUpdate');
	const told = ['maxUnavailable', 'maxSurge'].map(key => `${key} ${textAt(strategy, key) ?? numberAt(strategy, key) ?? '25%'}`);
	return `${told.join(' and ')} with ${replicas === 1 ? 'one pod' : `${replicas} pods`}`;
}

/** What that means for a way back that finds no copy to serve meanwhile: the end of a sentence, or nothing. */
export function gapOf(workload: KubeObject): string {
	const how = allAtOnce(workload);
	return how === undefined ? '' : `, and nobody serves until its pods are ready (${how})`;
}
