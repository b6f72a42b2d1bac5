import {isUnseen} from '../../../analysis/health/workload-counts.ts';
import {isNotAllowed} from '../../../core/error.ts';
import {numberAt, textAt} from '../../../core/kube/json-at.ts';
import {groupOf, type KubeObject} from '../../../core/kube/kube-object.ts';
import {textMapAt} from '../../../mcp/kubernetes/model/fields.ts';
import {podSelectorText} from '../../../mcp/kubernetes/model/label-selector.ts';
import {controllerOf} from '../../../mcp/kubernetes/model/owner-chain.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import {everyObject} from '../../../mcp/kubernetes/read-neighbours.ts';
import {podsOf} from './pod-health.ts';
import {revisionOf, revisionsOf} from './revisions.ts';

/**
 * The pods of a workload's current pod template. Told by their ReplicaSet or their revision: an image says nothing where only a variable
 * or another container changed, and a canary beside it runs the same image. Of kinds that keep no revisions all pods. Undefined where pods
 * or revisions may not be listed; none before the controller has seen the last change.
 */
export async function newPods(cluster: Cluster, workload: KubeObject): Promise<readonly KubeObject[] | undefined> {
	if (workload.kind === 'Pod') return [workload];
	if (isUnseen(workload)) return [];
	try {
		const choose = groupOf(workload.apiVersion) === 'apps' ? ofApps[workload.kind] : undefined;
		return await (choose ?? everyPod)(cluster, workload);
	} catch (error) {
		if (isNotAllowed(error)) return undefined;
		throw error;
	}
}

type Choose = (cluster: Cluster, workload: KubeObject) => Promise<readonly KubeObject[]>;

const owned = async (cluster: Cluster, workload: KubeObject, uid: string | undefined) =>
	(await podsOf(cluster, workload)).filter(pod => controllerOf(pod)?.uid === uid);

const ofRevision = async (cluster: Cluster, workload: KubeObject, revision: string | undefined) =>
	(await owned(cluster, workload, workload.metadata.uid)).filter(pod => revisionLabelOf(pod) === revision);

const revisionLabelOf = (object: KubeObject) => textMapAt(object, 'metadata', 'labels')['controller-revision-hash'];

const ofApps: {readonly [kind: string]: Choose} = {
	async Deployment(cluster, deployment) {
		const current = (await revisionsOf(cluster, deployment)).find(set => revisionOf(set) === revisionOf(deployment));
		return current === undefined ? [] : owned(cluster, deployment, current.metadata.uid);
	},
	ReplicaSet: (cluster, set) => owned(cluster, set, set.metadata.uid),
	StatefulSet: (cluster, set) => ofRevision(cluster, set, textAt(set, 'status', 'updateRevision')),
	// Its status names no revision; the newest of its own is the present template.
	async DaemonSet(cluster, set) {
		const type = await cluster.typeOfRef({apiVersion: 'apps/v1', kind: 'ControllerRevision'});
		const query = {type, namespace: set.metadata.namespace, labelSelector: podSelectorText(set)};
		const revisions = (await everyObject(cluster, query)).filter(revision => controllerOf(revision)?.uid === set.metadata.uid);
		const newest = revisions.toSorted((a, b) => (numberAt(a, 'revision') ?? 0) - (numberAt(b, 'revision') ?? 0)).at(-1);
		return newest === undefined ? [] : ofRevision(cluster, set, revisionLabelOf(newest));
	},
};

/** Custom kinds mostly have the selector of a workload, or tell it as text for their scale. */
async function everyPod(cluster: Cluster, workload: KubeObject): Promise<readonly KubeObject[]> {
	const told = textAt(workload, 'status', 'selector');
	if (podSelectorText(workload) !== undefined || told === undefined || told === '') return podsOf(cluster, workload);
	const type = await cluster.typeOfRef({apiVersion: 'v1', kind: 'Pod'});
	return everyObject(cluster, {type, namespace: workload.metadata.namespace, labelSelector: told});
}
