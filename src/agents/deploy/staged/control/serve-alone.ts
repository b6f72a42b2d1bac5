import {fieldOwners, ourManager} from '../../../../core/diff/managed-fields.ts';
import {MkcoaError} from '../../../../core/error.ts';
import {numberAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf} from '../../../../core/kube/kube-object.ts';
import type {Change, Consequence, Step, Write} from '../../../../core/plan.ts';
import {count, someOf} from '../../../../core/text/count.ts';
import {predict} from '../../../../mcp/kubernetes/plan/predict.ts';
import type {Cluster} from '../../../../mcp/kubernetes/port.ts';
import {autoscalerOf} from '../../autoscaler.ts';
import {commandWords, workloadName} from '../lease/held-by.ts';
import {isSharingCopy} from './is-marked.ts';
import type {Kept} from './kept-before.ts';

/** What has to be done before copies go that share the requests of a workload by their number of pods. */
export type ServingAlone = {
	/** So many of its pods must be ready then, and all that its spec asks for. */
	readonly pods: number;
	readonly step: Step;
	readonly changes: readonly Change[];
	readonly notes: readonly Consequence[];
};

/**
 * A canary by pods takes pods from the workload, so without its record somebody has to know how many the workload had: the snapshot does. It never
 * takes pods away, and an autoscaler decides by itself. Undefined where no copy shares the requests.
 * @throws `rollout-lost` where the number of pods is a rollout's and nothing tells the one of before
 */
export async function servingAlone(
	cluster: Cluster,
	workload: KubeObject,
	objects: readonly KubeObject[],
	kept: Kept | undefined,
): Promise<ServingAlone | undefined> {
	const copies = objects.filter(object => object.kind === 'Deployment' && isSharingCopy(object, workload));
	if (copies.length === 0) return undefined;
	const {name} = workload.metadata;
	const {scaler, notChecked} = await autoscalerOf(cluster, workload);
	const ready = readyPods(workload);
	const together = ready + copies.reduce((sum, copy) => sum + readyPods(copy), 0);
	if (scaler !== undefined) return leftTo(scaler, workload, copies);
	if (kept?.replicas === undefined && together > ready && isByRollout(workload)) throw tooFew(workload, copies, together, kept);
	const now = numberAt(workload, 'spec', 'replicas') ?? 1;
	const pods = Math.max(now, kept?.replicas ?? 0);
	const writes: readonly Write[] =
		pods === now ? [] : [{op: 'patch', ref: refOf(workload), type: 'merge', patch: {spec: {replicas: pods}}}];
	const predictions = await Promise.all(writes.map(write => predict(cluster, write)));
	const all = count(pods, 'pod');
	const are = pods === 1 ? 'is' : 'are';
	return {
		pods,
		step: {
			title:
				writes.length === 0
					? `Wait until ${all} of ${name} ${are} ready`
					: `Bring ${name} back to ${all}, and wait until ${pods === 1 ? 'it is' : 'all are'} ready`,
			writes,
		},
		changes: predictions.map(({change}) => change),
		notes: notChecked === undefined ? [] : [{id: 'not-checked', severity: 'warning', text: `Not checked: ${notChecked}`}],
	};
}

/** It puts back what anybody else sets. */
function leftTo(scaler: string, {metadata: {name}}: KubeObject, copies: readonly KubeObject[]): ServingAlone {
	const others = someOf(copies.map(({metadata}) => metadata.name));
	const text = `HorizontalPodAutoscaler ${scaler} decides on the number of pods of ${name}, and the requests of ${others} come to those that it has`;
	return {
		pods: 0,
		step: {title: `Wait until all pods of ${name} are ready that its autoscaler asks for`, writes: []},
		changes: [],
		notes: [{id: 'autoscaler', severity: 'warning', text}],
	};
}

const readyPods = (deployment: KubeObject) => numberAt(deployment, 'status', 'readyReplicas') ?? 0;

/** A rollout patches the workload itself. Whoever scales it by hand, with mkcoa too, claims the number by the scale subresource or another name. */
function isByRollout(workload: KubeObject): boolean {
	const owners = fieldOwners(workload)(['spec', 'replicas']);
	return owners.every(({manager, subresource}) => manager === ourManager && subresource === undefined);
}

function tooFew(workload: KubeObject, copies: readonly KubeObject[], together: number, kept: Kept | undefined): MkcoaError {
	const words = workloadName(workload);
	const {name, namespace} = words;
	const ready = readyPods(workload);
	const why = kept === undefined ? 'no snapshot of it is kept' : `Secret ${kept.secret}, where that is kept, does not tell it here`;
	return new MkcoaError({
		kind: 'environment',
		code: 'rollout-lost',
		what: `${name} alone would have ${ready} of the ${count(together, 'ready pod')} that serve now with ${someOf(copies.map(({metadata}) => metadata.name))}`,
		why: `a rollout took its pods, its record is gone, and ${why}, so how many it had before is not known`,
		next: `Give ${name} as many pods first: mkcoa k8s scale ${name} ${together} -n ${namespace}. Once they are ready: mkcoa deploy abort ${commandWords(words)}`,
	});
}
