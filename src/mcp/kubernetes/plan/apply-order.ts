import type {KubeObject} from '../../../core/kube/kube-object.ts';

/** What others need comes first: as Helm orders an install (helm pkg/release/util/kind_sorter.go), shortened to what differs here. */
const order = [
	'Namespace',
	'CustomResourceDefinition',
	'PriorityClass',
	'StorageClass',
	'ResourceQuota',
	'LimitRange',
	'NetworkPolicy',
	'ServiceAccount',
	'Secret',
	'ConfigMap',
	'PersistentVolume',
	'PersistentVolumeClaim',
	'ClusterRole',
	'ClusterRoleBinding',
	'Role',
	'RoleBinding',
	'Service',
	'PodDisruptionBudget',
	'Pod',
	'ReplicaSet',
	'Deployment',
	'StatefulSet',
	'DaemonSet',
	'Job',
	'CronJob',
	'HorizontalPodAutoscaler',
	'Ingress',
];

/** Unknown kinds, custom resources above all, come after everything that they may need. */
const rank = (kind: string) => {
	const index = order.indexOf(kind);
	return index === -1 ? order.length : index;
};

/** Objects in the order in which they are applied; equal ones keep the order of the text. */
export const inApplyOrder = <Item>(items: readonly Item[], objectOf: (item: Item) => KubeObject): readonly Item[] =>
	items.toSorted((a, b) => rank(objectOf(a).kind) - rank(objectOf(b).kind));
