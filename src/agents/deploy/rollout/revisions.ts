import {MkcoaError} from '../../../core/error.ts';
import {isJsonObject, type JsonObject} from '../../../core/json.ts';
import {valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {textMapAt} from '../../../mcp/kubernetes/model/fields.ts';
import {podSelectorText} from '../../../mcp/kubernetes/model/label-selector.ts';
import {controllerOf} from '../../../mcp/kubernetes/model/owner-chain.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import {everyObject} from '../../../mcp/kubernetes/read-neighbours.ts';

/**
 * The number that the controller gave to the template of a Deployment or an Argo Rollout, on the object and on its ReplicaSets; 0 before it
 * gave one.
 */
export function revisionOf(object: KubeObject): number {
	const annotations = textMapAt(object, 'metadata', 'annotations');
	return Number(annotations['rollout.argoproj.io/revision'] ?? annotations['deployment.kubernetes.io/revision'] ?? 0);
}

/**
 * ReplicaSets of a Deployment or an Argo Rollout, oldest revision first.
 * @param selecting holds the selector, where a Rollout refers to a workload for it
 */
export async function revisionsOf(cluster: Cluster, deployment: KubeObject, selecting = deployment): Promise<readonly KubeObject[]> {
	const type = await cluster.typeOfRef({apiVersion: 'apps/v1', kind: 'ReplicaSet'});
	const query = {type, namespace: deployment.metadata.namespace, labelSelector: podSelectorText(selecting)};
	const sets = await everyObject(cluster, query);
	return sets.filter(set => controllerOf(set)?.uid === deployment.metadata.uid).sort((a, b) => revisionOf(a) - revisionOf(b));
}

/**
 * The revision to return to: the named one, or the newest before the current.
 * @throws `no-such-revision` with the ones that there are
 */
export function chosenRevision(sets: readonly KubeObject[], deployment: KubeObject, revision: number | undefined): KubeObject {
	const now = revisionOf(deployment);
	const found = revision === undefined ? sets.filter(set => revisionOf(set) < now).at(-1) : sets.find(set => revisionOf(set) === revision);
	if (found !== undefined) return found;
	const {name, namespace} = deployment.metadata;
	throw new MkcoaError({
		kind: 'usage',
		code: 'no-such-revision',
		what: revision === undefined ? `${name} has no earlier revision` : `${name} has no revision ${revision}`,
		why: sets.length === 0 ? 'it keeps none' : `it keeps ${sets.map(revisionOf).join(', ')}, and ${now} is current`,
		next: `See them with: mkcoa k8s history deployment ${name} -n ${namespace}`,
	});
}

/** The pod template of a revision without the labels that controllers add. */
export function templateOf(set: KubeObject): JsonObject {
	const template = valueAt(set, 'spec', 'template');
	if (!isJsonObject(template)) throw new Error('A ReplicaSet without a pod template');
	const {'pod-template-hash': _, 'rollouts-pod-template-hash': __, ...labels} = textMapAt(template, 'metadata', 'labels');
	return {...template, metadata: {...(isJsonObject(template.metadata) ? template.metadata : {}), labels}};
}
