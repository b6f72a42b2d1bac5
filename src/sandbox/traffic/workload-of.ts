import type {KubeObject} from '../../core/kube/kube-object.ts';

/** The workload that a pod belongs to, by its ReplicaSet's name where there is one. */
export function workloadOf({metadata}: KubeObject): {readonly kind: string; readonly name: string} | undefined {
	const owner = metadata.ownerReferences?.find(({controller}) => controller === true);
	if (owner?.kind !== 'ReplicaSet') return owner && {kind: owner.kind, name: owner.name};
	const hash = metadata.labels?.['pod-template-hash'];
	return hash === undefined ? {kind: 'ReplicaSet', name: owner.name} : {kind: 'Deployment', name: owner.name.slice(0, -hash.length - 1)};
}
