import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {type AnyCheck, check, type Fault} from '../check.ts';
import {namespaceOf, onObjects} from '../on-objects.ts';

/** Kinds by the id of their check, with what Kubernetes itself keeps in `default` under that name. */
const kinds: readonly {readonly id: string; readonly kinds: readonly string[]; readonly own?: string}[] = [
	{id: 'config-map', kinds: ['ConfigMap'], own: 'kube-root-ca.crt'},
	{id: 'controller-revision', kinds: ['apps/ControllerRevision']},
	{id: 'csi-storage-capacity', kinds: ['storage.k8s.io/CSIStorageCapacity']},
	{id: 'endpoints', kinds: ['Endpoints'], own: 'kubernetes'},
	{id: 'endpoint-slice', kinds: ['discovery.k8s.io/EndpointSlice'], own: 'kubernetes'},
	{id: 'event', kinds: ['Event', 'events.k8s.io/Event']},
	{id: 'horizontal-pod-autoscaler', kinds: ['autoscaling/HorizontalPodAutoscaler']},
	{id: 'ingress', kinds: ['networking.k8s.io/Ingress']},
	{id: 'lease', kinds: ['coordination.k8s.io/Lease']},
	{id: 'limit-range', kinds: ['LimitRange']},
	{id: 'network-policy', kinds: ['networking.k8s.io/NetworkPolicy']},
	{id: 'persistent-volume-claim', kinds: ['PersistentVolumeClaim']},
	{id: 'pod-disruption-budget', kinds: ['policy/PodDisruptionBudget']},
	{id: 'pod-template', kinds: ['PodTemplate']},
	{id: 'replication-controller', kinds: ['ReplicationController']},
	{id: 'resource-quota', kinds: ['ResourceQuota']},
	{id: 'role', kinds: ['rbac.authorization.k8s.io/Role']},
	{id: 'role-binding', kinds: ['rbac.authorization.k8s.io/RoleBinding']},
	{id: 'secret', kinds: ['Secret']},
	{id: 'service', kinds: ['Service'], own: 'kubernetes'},
	{id: 'service-account', kinds: ['ServiceAccount'], own: 'default'},
	{
		id: 'workload',
		kinds: ['Pod', ...['Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet'].map(kind => `apps/${kind}`), 'batch/Job', 'batch/CronJob'],
	},
];

const faultsOf = (object: KubeObject, own: string | undefined): readonly Fault[] => {
	if (namespaceOf(object) !== 'default' || object.metadata.name === own) return [];
	const path = 'metadata.namespace';
	const evidence = object.metadata.namespace === undefined ? 'it names no namespace' : 'it is in the namespace default';
	return [{paths: [path], mends: [{path, ask: 'a namespace of its own'}], evidence}];
};

/** Nothing in `default`: one check for each kind that is found there. */
export const defaultNamespaceChecks: readonly AnyCheck[] = kinds.map(({id, kinds: reads, own}) =>
	check({
		...{id: `${id}-in-default-namespace`, family: 'namespace', severity: 'low'},
		title: `The namespace default is not used for kinds such as ${(reads[0] ?? '').replace(/^.*\//, '')}`,
		why: 'Rights, quotas and policies are given by namespace: what lies in default shares them with whatever else was put there unthinkingly.',
		...onObjects(reads, {}, object => faultsOf(object, own)),
	}),
);
