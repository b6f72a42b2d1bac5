import {fenceposts, share, wantedReplicas} from '../../../../core/consequences/rollout.ts';
import type {JsonObject} from '../../../../core/json.ts';
import {objectAt, valueAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';

/** Operations that make a Deployment respect its disruption budgets while it rolls, and those that give it its own strategy back. */
export type Politeness = {readonly hold: readonly JsonObject[]; readonly release: readonly JsonObject[]; readonly allowed: number};

/**
 * A rolling update asks no PodDisruptionBudget. Where the strategy would take more pods away than a budget lets go, it is kept to that for as long
 * as the rollout lasts, with one more pod than wanted so that it can move. Undefined where it is within its budgets anyway.
 */
export function politenessOf(deployment: KubeObject, budgets: readonly KubeObject[]): Politeness | undefined {
	const strategy = objectAt(deployment, 'spec', 'strategy');
	const replicas = wantedReplicas(deployment);
	const {surge, unavailable} = fenceposts(deployment, replicas);
	const allowed = Math.min(...budgets.map(budget => disruptionsOf(budget, replicas)));
	if (strategy.type === 'Recreate' || allowed >= unavailable) return undefined;
	const rollingUpdate = {maxUnavailable: Math.max(0, allowed), maxSurge: Math.max(1, surge)};
	const set = (value: JsonObject): JsonObject => ({op: 'add', path: '/spec/strategy', value});
	return {
		hold: [set({type: 'RollingUpdate', rollingUpdate})],
		release: [set(Object.keys(strategy).length === 0 ? {type: 'RollingUpdate'} : strategy)],
		allowed: rollingUpdate.maxUnavailable,
	};
}

/** How many of so many ready pods a budget lets go. Kubernetes rounds up what must be there, and what may be missing. */
function disruptionsOf({spec}: KubeObject, pods: number): number {
	const least = valueAt(spec, 'minAvailable');
	if (least !== undefined) return pods - share(least, 0, pods, Math.ceil);
	return share(valueAt(spec, 'maxUnavailable'), pods, pods, Math.ceil);
}
