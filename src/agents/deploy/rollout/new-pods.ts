import {MkcoaError} from '../../../core/error.ts';
import {numberAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {controllerOf} from '../../../mcp/kubernetes/model/owner-chain.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import {podsOf} from './pod-health.ts';
import {revisionOf, revisionsOf} from './revisions.ts';

/**
 * The pods of a Deployment's current pod template. Told by their ReplicaSet: an image says nothing where only a variable or another
 * container changed, and a canary beside it runs the same image. Undefined where pods or ReplicaSets may not be listed; none before the
 * controller has seen the last change.
 */
export async function newPods(cluster: Cluster, deployment: KubeObject): Promise<readonly KubeObject[] | undefined> {
	if ((numberAt(deployment, 'status', 'observedGeneration') ?? 0) < (deployment.metadata.generation ?? 0)) return [];
	try {
		const current = (await revisionsOf(cluster, deployment)).find(set => revisionOf(set) === revisionOf(deployment));
		if (current === undefined) return [];
		return (await podsOf(cluster, deployment)).filter(pod => controllerOf(pod)?.uid === current.metadata.uid);
	} catch (error) {
		if (error instanceof MkcoaError && error.trouble.code === 'not-allowed') return undefined;
		throw error;
	}
}
