/** What tells by itself that something is wrong: read of everything. */
export const statusKinds = [
	'Deployment',
	'StatefulSet',
	'DaemonSet',
	'CronJob',
	'Job',
	'Pod',
	'Service',
	'Ingress',
	'PersistentVolumeClaim',
	'HorizontalPodAutoscaler',
	'PodDisruptionBudget',
] as const;

/** What tells why: read where something is wrong. */
export const reasonKinds = [
	'ReplicaSet',
	'ControllerRevision',
	'ConfigMap',
	'Secret',
	'ServiceAccount',
	'NetworkPolicy',
	'ResourceQuota',
	'Event',
] as const;

/** What belongs to no namespace, in the same two parts. */
export const wideStatusKinds = ['Node', 'Namespace'] as const;
export const wideReasonKinds = ['StorageClass', 'PersistentVolume'] as const;
