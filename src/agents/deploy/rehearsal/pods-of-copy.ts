import {objectAt} from '../../../core/kube/json-at.ts';
import {groupOf, type KubeObject} from '../../../core/kube/kube-object.ts';
import {fitsSelector} from '../../../core/kube/selector.ts';
import {textMapAt, wordAt} from '../../../mcp/kubernetes/model/fields.ts';
import {controllerOf} from '../../../mcp/kubernetes/model/owner-chain.ts';

/** Whether a pod takes part of its node no longer. */
export const hasEnded = (pod: KubeObject) => ['Succeeded', 'Failed'].includes(wordAt(pod, 'status', 'phase'));

/**
 * Sees to it that every pod of today stands in the copy once: made anew by the copy of its workload, else as a pod of its own, such as those of Jobs
 * and of operators, whose controllers the copy lacks.
 * @param objects the copied ones, pods not among them
 * @param pods those of the namespace
 */
export function podsOfCopy(
	objects: readonly KubeObject[],
	pods: readonly KubeObject[],
): {readonly objects: readonly KubeObject[]; readonly pods: readonly KubeObject[]} {
	const deployments = objects.filter(object => keyOf(object).startsWith('apps/Deployment/'));
	const known = new Set(deployments.map(keyOf));
	const read = new Set(objects.map(keyOf));
	const kept = objects.flatMap(object => (isReplicaSet(object) ? asReplicaSet(object, known, deployments) : [object]));
	const makers = new Set(kept.filter(({kind, apiVersion}) => groupOf(apiVersion) === 'apps' && makes.has(kind)).map(keyOf));
	return {
		objects: kept,
		pods: pods.filter(pod => !hasEnded(pod) && pod.metadata.deletionTimestamp === undefined && !makers.has(makerKey(pod, read) ?? '')),
	};
}

const makes = new Set(['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet']);
const keyOf = ({apiVersion, kind, metadata: {name}}: KubeObject) => `${groupOf(apiVersion)}/${kind}/${name}`;
const isReplicaSet = ({apiVersion, kind}: KubeObject) => groupOf(apiVersion) === 'apps' && kind === 'ReplicaSet';

const ownerKey = (object: KubeObject) => {
	const owner = controllerOf(object);
	return owner === undefined ? undefined : `${groupOf(owner.apiVersion)}/${owner.kind}/${owner.name}`;
};

/**
 * An earlier version finds its Deployment again by its labels and gets its pods from it. Any other keeps its pods, as those of an Argo Rollout; but not
 * where a Deployment that does not own it would take it for its own and scale it down.
 */
function asReplicaSet(object: KubeObject, known: ReadonlySet<string>, deployments: readonly KubeObject[]): readonly KubeObject[] {
	const owner = ownerKey(object);
	if (owner === undefined) return [object];
	if (known.has(owner)) return [{...object, spec: {...objectAt(object, 'spec'), replicas: 0}}];
	const isTaken = deployments.some(deployment => fitsSelector(objectAt(deployment, 'spec', 'selector'), object.metadata.labels));
	return isTaken ? [] : [object];
}

/** Of a ReplicaSet that could not be read, the name tells its Deployment. */
function makerKey(pod: KubeObject, read: ReadonlySet<string>): string | undefined {
	const owner = ownerKey(pod);
	const hash = textMapAt(pod, 'metadata', 'labels')['pod-template-hash'] ?? '';
	if (owner === undefined || read.has(owner) || hash === '' || !owner.endsWith(`-${hash}`)) return owner;
	return owner.replace('apps/ReplicaSet/', 'apps/Deployment/').slice(0, -hash.length - 1);
}
