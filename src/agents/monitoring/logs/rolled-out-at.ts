import {textAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {revisionOfPod} from '../../../mcp/kubernetes/model/revisions.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';

const createdMs = ({metadata}: KubeObject) => Date.parse(textAt(metadata, 'creationTimestamp') ?? '');

/**
 * When the version began that the newest of these pods run: its ReplicaSet is as old as the version, and where none tells, its oldest pod is.
 * Undefined for pods that nobody rolls out.
 */
export async function rolledOutAt(cluster: Pick<Cluster, 'get'>, pods: readonly KubeObject[]): Promise<number | undefined> {
	const newest = pods.filter(pod => revisionOfPod(pod) !== undefined).toSorted((a, b) => createdMs(b) - createdMs(a))[0];
	if (newest === undefined) return undefined;
	const {namespace, ownerReferences = []} = newest.metadata;
	const owner = ownerReferences.find(({kind, controller}) => kind === 'ReplicaSet' && controller === true);
	if (owner !== undefined) {
		const set = await cluster.get({
			apiVersion: owner.apiVersion,
			kind: owner.kind,
			...(namespace === undefined ? {} : {namespace}),
			name: owner.name,
		});
		if (set !== undefined) return createdMs(set);
	}
	return Math.min(...pods.filter(pod => revisionOfPod(pod) === revisionOfPod(newest)).map(createdMs));
}
