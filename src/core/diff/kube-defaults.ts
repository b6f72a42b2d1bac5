import type {Json} from '../json.ts';

/**
 * Values that the API server fills in, by type and field. A field that is left out is equal to one that holds its default.
 * @see https://github.com/kubernetes/kubernetes, pkg/apis/{core,apps,batch,networking,autoscaling}/v1/defaults.go at 1.36
 */
export const kubeDefaults: {readonly [type: string]: {readonly [field: string]: Json}} = {
	'core.v1.PodSpec': {
		restartPolicy: 'Always',
		dnsPolicy: 'ClusterFirst',
		schedulerName: 'default-scheduler',
		terminationGracePeriodSeconds: 30,
		enableServiceLinks: true,
		serviceAccountName: 'default',
		priority: 0,
		preemptionPolicy: 'PreemptLowerPriority',
		hostNetwork: false,
		hostPID: false,
		hostIPC: false,
	},
	'core.v1.Container': {terminationMessagePath: '/dev/termination-log', terminationMessagePolicy: 'File', stdin: false, tty: false},
	'core.v1.ContainerPort': {protocol: 'TCP'},
	'core.v1.VolumeMount': {readOnly: false},
	'core.v1.Probe': {timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3, initialDelaySeconds: 0},
	'core.v1.HTTPGetAction': {scheme: 'HTTP', path: '/'},
	'core.v1.ObjectFieldSelector': {apiVersion: 'v1'},
	'core.v1.SecretVolumeSource': {defaultMode: 420},
	'core.v1.ConfigMapVolumeSource': {defaultMode: 420},
	'core.v1.DownwardAPIVolumeSource': {defaultMode: 420},
	'core.v1.ProjectedVolumeSource': {defaultMode: 420},
	'core.v1.HostPathVolumeSource': {type: ''},
	'core.v1.ServiceSpec': {
		type: 'ClusterIP',
		sessionAffinity: 'None',
		internalTrafficPolicy: 'Cluster',
		publishNotReadyAddresses: false,
		allocateLoadBalancerNodePorts: true,
		externalTrafficPolicy: 'Cluster',
	},
	'core.v1.ServicePort': {protocol: 'TCP'},
	'core.v1.Secret': {type: 'Opaque'},
	'core.v1.PersistentVolumeClaimSpec': {volumeMode: 'Filesystem'},
	'core.v1.PersistentVolumeSpec': {volumeMode: 'Filesystem', persistentVolumeReclaimPolicy: 'Retain'},
	'core.v1.ReplicationControllerSpec': {replicas: 1, minReadySeconds: 0},
	'core.v1.NodeSpec': {unschedulable: false},
	'apps.v1.DeploymentSpec': {replicas: 1, revisionHistoryLimit: 10, progressDeadlineSeconds: 600, minReadySeconds: 0, paused: false},
	'apps.v1.DeploymentStrategy': {type: 'RollingUpdate'},
	'apps.v1.RollingUpdateDeployment': {maxSurge: '25%', maxUnavailable: '25%'},
	'apps.v1.ReplicaSetSpec': {replicas: 1, minReadySeconds: 0},
	'apps.v1.StatefulSetSpec': {replicas: 1, revisionHistoryLimit: 10, podManagementPolicy: 'OrderedReady', minReadySeconds: 0},
	'apps.v1.StatefulSetUpdateStrategy': {type: 'RollingUpdate'},
	'apps.v1.RollingUpdateStatefulSetStrategy': {partition: 0},
	'apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy': {whenDeleted: 'Retain', whenScaled: 'Retain'},
	'apps.v1.DaemonSetSpec': {revisionHistoryLimit: 10, minReadySeconds: 0},
	'apps.v1.DaemonSetUpdateStrategy': {type: 'RollingUpdate'},
	'apps.v1.RollingUpdateDaemonSet': {maxSurge: 0, maxUnavailable: 1},
	'batch.v1.JobSpec': {
		backoffLimit: 6,
		completionMode: 'NonIndexed',
		suspend: false,
		parallelism: 1,
		completions: 1,
		manualSelector: false,
	},
	'batch.v1.CronJobSpec': {concurrencyPolicy: 'Allow', failedJobsHistoryLimit: 1, successfulJobsHistoryLimit: 3, suspend: false},
	'networking.v1.NetworkPolicyPort': {protocol: 'TCP'},
	'storage.v1.StorageClass': {reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate', allowVolumeExpansion: false},
	'autoscaling.v1.HorizontalPodAutoscalerSpec': {minReplicas: 1},
	'autoscaling.v2.HorizontalPodAutoscalerSpec': {minReplicas: 1},
};

/** Merge keys that the server fills in when an item leaves them out. */
export const defaultMergeKeys: {readonly [key: string]: string} = {protocol: 'TCP'};

/** Objects that say as much empty as left out. Elsewhere `{}` means something: `emptyDir`, a selector of everything, a pause without an end. */
export const emptyIsNothing: ReadonlySet<string> = new Set([
	'metadata',
	'resources',
	'securityContext',
	'labels',
	'annotations',
	'nodeSelector',
	'limits',
	'requests',
	'data',
	'binaryData',
	'stringData',
	'matchLabels',
	'strategy',
	'updateStrategy',
	'rollingUpdate',
	'status',
]);
