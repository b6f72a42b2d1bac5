/** What is read of each namespace that is looked at. */
export const ownKinds = [
	'Deployment',
	'StatefulSet',
	'DaemonSet',
	'ReplicaSet',
	'ControllerRevision',
	'CronJob',
	'Job',
	'Pod',
	'Ingress',
	'EndpointSlice',
	'ConfigMap',
	'Secret',
	'ServiceAccount',
	'PersistentVolumeClaim',
	'HorizontalPodAutoscaler',
	'PodDisruptionBudget',
	'NetworkPolicy',
	'ResourceQuota',
	'LimitRange',
	'Role',
	'RoleBinding',
	'Event',
	'HTTPRoute',
	'GRPCRoute',
] as const;

/** What is read of all namespaces in any case: names in one lead to the other. */
export const sharedKinds = ['Service', 'Gateway', 'ReferenceGrant'] as const;

/** What belongs to no namespace. */
export const wideKinds = [
	'Node',
	'Namespace',
	'StorageClass',
	'PersistentVolume',
	'IngressClass',
	'GatewayClass',
	'PriorityClass',
	'RuntimeClass',
	'ClusterRole',
	'ClusterRoleBinding',
	'ValidatingWebhookConfiguration',
	'MutatingWebhookConfiguration',
	'MutatingAdmissionPolicy',
	'MutatingAdmissionPolicyBinding',
	'ValidatingAdmissionPolicy',
	'ValidatingAdmissionPolicyBinding',
	'APIService',
	'CustomResourceDefinition',
] as const;
