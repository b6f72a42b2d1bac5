import {numberAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf} from '../../../../core/kube/kube-object.ts';
import type {Consequence} from '../../../../core/plan.ts';
import {argoSteps} from './argo-action.ts';

/** From this many times more traffic than pods on the canary, a person should look. */
const tooMuch = 2;

/**
 * Steps that send much traffic to few pods: with a traffic router, `setCanaryScale` fixes the canary's pods, and a later `setWeight` moves
 * traffic alone. Without a router the weight sets the pods, and the scale is not looked at.
 */
export function scaleLints(rollout: KubeObject): readonly Consequence[] {
	if (valueAt(rollout, 'spec', 'strategy', 'canary', 'trafficRouting') === undefined) return [];
	const pods = numberAt(rollout, 'spec', 'replicas') ?? 1;
	let fixed: number | undefined;
	const found: Consequence[] = [];
	for (const [index, step] of argoSteps(rollout).entries()) {
		if (valueAt(step, 'setCanaryScale') !== undefined) {
			const [count, share] = [numberAt(step, 'setCanaryScale', 'replicas'), numberAt(step, 'setCanaryScale', 'weight')];
			fixed = count ?? (share === undefined ? undefined : Math.ceil((pods * share) / 100));
		}
		const weight = numberAt(step, 'setWeight');
		if (weight === undefined || fixed === undefined || pods === 0 || weight < tooMuch * ((100 * fixed) / pods)) continue;
		found.push({
			id: 'much-traffic-to-few-pods',
			severity: 'warning',
			text: `Step ${index + 1} sends ${weight} % of the traffic to ${fixed} of ${pods} pods: an earlier setCanaryScale fixes them. Put setCanaryScale: {matchTrafficWeight: true} before it`,
			ref: refOf(rollout),
		});
	}
	return found;
}
