import type {KubeObject, Ref} from '../../../core/kube/kube-object.ts';
import {refOf} from '../../../core/kube/kube-object.ts';
import {oncePerObject} from '../../../core/once-per-object.ts';
import type {Survey} from '../survey.ts';

/** One object leans on another: `from` suffers where `to` is wrong. */
export type Edge = {
	readonly from: Ref;
	readonly to: Ref;
	/** What the one does with the other, as a person says it of both: `sends requests to it`. */
	readonly how: string;
	/** `made`: by what it leans on, and goes with it. `runs`: as the pod that it leans on, one of many perhaps. */
	readonly bond?: 'made' | 'runs';
};

/** Edges that are read out of a survey together. */
export type EdgeFamily = {
	/** Kinds of what they lead to, where they are worth leaving out while nobody asks about those; undefined for any. */
	readonly into?: readonly string[];
	readonly edges: () => readonly Edge[];
};

/** API groups of what is named without one. */
const apiVersions: {readonly [kind: string]: string} = {
	ConfigMap: 'v1',
	Secret: 'v1',
	Service: 'v1',
	ServiceAccount: 'v1',
	PersistentVolumeClaim: 'v1',
	PersistentVolume: 'v1',
	Node: 'v1',
	Namespace: 'v1',
	StorageClass: 'storage.k8s.io/v1',
	PriorityClass: 'scheduling.k8s.io/v1',
	RuntimeClass: 'node.k8s.io/v1',
	IngressClass: 'networking.k8s.io/v1',
	Gateway: 'gateway.networking.k8s.io/v1',
	GatewayClass: 'gateway.networking.k8s.io/v1',
	Role: 'rbac.authorization.k8s.io/v1',
	ClusterRole: 'rbac.authorization.k8s.io/v1',
	APIService: 'apiregistration.k8s.io/v1',
	Deployment: 'apps/v1',
	StatefulSet: 'apps/v1',
	ReplicaSet: 'apps/v1',
};

/** Thousands of workloads refer to the same few objects. */
const keptRef = oncePerObject(refOf);

/** Names what an object refers to, whether or not it is there. */
export function refTo(survey: Survey, kind: string, namespace: string | undefined, name: string): Ref {
	const found = survey.find(kind, namespace, name);
	if (found !== undefined) return keptRef(found);
	return {apiVersion: apiVersions[kind] ?? 'v1', kind, ...(namespace === undefined ? {} : {namespace}), name};
}

/** What one object leans on, each with its reason. */
export const leaning = (from: KubeObject, targets: readonly Leaning[]): readonly Edge[] =>
	targets.map(([to, how]) => ({from: keptRef(from), to, how}));

/** What is leaned on, and how. */
export type Leaning = readonly [to: Ref, how: string];
