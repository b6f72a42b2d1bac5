/** Alerts that are silent while a graver or nearer one fires that has the same values of the labels of `same`. */
export type Inhibition = {readonly cause: string; readonly symptoms: readonly string[]; readonly same: readonly string[]};

const node = ['node'];
const pod = ['namespace', 'pod'];

/**
 * Which alert of the catalogue explains which. Only alerts that tell the same object: a pod that crashes does not silence all of its namespace,
 * where something else may fail too.
 */
export const inhibitions: readonly Inhibition[] = [
	{cause: 'KubePodCrashLooping', symptoms: ['KubePodNotReady'], same: pod},
	{cause: 'KubeContainerWaiting', symptoms: ['KubePodNotReady'], same: pod},
	{cause: 'KubeDeploymentRolloutStuck', symptoms: ['KubeDeploymentReplicasMismatch'], same: ['namespace', 'deployment']},
	{cause: 'KubeStatefulSetUpdateNotRolledOut', symptoms: ['KubeStatefulSetReplicasMismatch'], same: ['namespace', 'statefulset']},
	{cause: 'KubeDaemonSetNotScheduled', symptoms: ['KubeDaemonSetRolloutStuck'], same: ['namespace', 'daemonset']},
	{cause: 'KubeDaemonSetMisScheduled', symptoms: ['KubeDaemonSetRolloutStuck'], same: ['namespace', 'daemonset']},
	{cause: 'KubeNodeUnreachable', symptoms: ['KubeNodeNotReady', 'KubeNodeReadinessFlapping'], same: node},
	{
		cause: 'KubeNodeNotReady',
		symptoms: [
			'KubeNodePressure',
			'KubeNodeReadinessFlapping',
			'KubeNodeEviction',
			'KubeletPlegDurationHigh',
			'KubeletPodStartUpLatencyHigh',
		],
		same: node,
	},
	{cause: 'KubeNodePressure', symptoms: ['KubeNodeEviction'], same: node},
	...['KubeAPI', 'KubeScheduler', 'KubeControllerManager', 'KubeProxy', 'Kubelet'].map(part => ({
		...{cause: `${part}Down`, symptoms: [`${part}InstanceUnreachable`], same: []},
	})),
	// Without an API server kube-state-metrics tells what it saw last, and everything looks stuck.
	{
		cause: 'KubeAPIDown',
		symptoms: [
			...['KubeAggregatedAPIDown', 'KubeControllerManagerDown', 'KubeSchedulerDown'],
			...['KubeDeploymentGenerationMismatch', 'KubeStatefulSetGenerationMismatch', 'KubeHpaReplicasMismatch'],
		],
		same: [],
	},
	{cause: 'KubeControllerManagerDown', symptoms: ['KubeDeploymentGenerationMismatch', 'KubeStatefulSetGenerationMismatch'], same: []},
];
