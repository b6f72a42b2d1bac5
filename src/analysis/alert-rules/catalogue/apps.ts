import type {AreaOf} from './area.ts';
import {writing} from './series.ts';

/** Pods and the workloads that own them. */
export const apps: AreaOf = settings => {
	const {ksm, on, one} = writing(settings);
	const pod = ['job', 'namespace', 'pod'];
	const statefulSet = ['job', 'namespace', 'statefulset'];
	const daemonSet = ['job', 'namespace', 'daemonset'];
	const deployment = ['job', 'namespace', 'deployment'];
	const ofDaemonSet = (field: string) => one(ksm(`kube_daemonset_status_${field}`), ...daemonSet);
	const ofStatefulSet = (field: string) => one(ksm(`kube_statefulset_${field}`), ...statefulSet);
	/** Nothing has moved for a while: a rollout that goes on slowly is no fault. */
	const still = (metric: string, window: string, labels: readonly string[]) =>
		`${one(`changes(${ksm(metric)}[${window}])`, ...labels)} == 0`;
	return {
		name: 'kubernetes-apps',
		alerts: [
			{
				name: 'KubePodCrashLooping',
				severity: 'warning',
				for: '15m',
				expr: () => `max_over_time(${ksm('kube_pod_container_status_waiting_reason', 'reason="CrashLoopBackOff"')}[5m]) >= 1`,
				summary: 'A container starts, ends and is started again',
				description:
					'Container {{ $labels.container }} of pod {{ $labels.namespace }}/{{ $labels.pod }} has waited to be restarted ({{ $labels.reason }}) for 15 minutes.',
				look: 'The last lines and the exit code of the container that ended: `kubectl logs --previous`, `mkcoa incident detect`.',
			},
			{
				name: 'KubePodNotReady',
				severity: 'warning',
				for: '15m',
				expr: () =>
					`${one(
						`${ksm('kube_pod_status_phase', 'phase=~"Pending|Unknown"')} > 0 or (${ksm('kube_pod_status_ready', 'condition="false"')} > 0 and ${on('namespace', 'pod')} ${ksm('kube_pod_status_phase', 'phase="Running"')} > 0)`,
						...pod,
					)} unless ${on('namespace', 'pod')} ${ksm('kube_pod_status_reason', 'reason="SchedulingGated"')} > 0 unless ${on('namespace', 'pod')} ${ksm('kube_pod_owner', 'owner_kind="Job"')}`,
				summary: 'A pod does not become ready',
				description:
					'Pod {{ $labels.namespace }}/{{ $labels.pod }} has not been ready for 15 minutes. Pods of Jobs and pods that a scheduling gate holds are not counted.',
				look: 'The conditions and events of the pod: not scheduled, image not pulled, or a readiness probe that fails.',
			},
			{
				name: 'KubeContainerWaiting',
				severity: 'warning',
				for: '1h',
				expr: () => `${ksm('kube_pod_container_status_waiting_reason', 'reason!="CrashLoopBackOff"')} > 0`,
				summary: 'A container waits and is not started',
				description:
					'Container {{ $labels.container }} of pod {{ $labels.namespace }}/{{ $labels.pod }} has waited for an hour: {{ $labels.reason }}.',
				look: 'The reason names it: an image that cannot be pulled, or a ConfigMap or Secret that is missing.',
			},
			{
				name: 'KubeDeploymentRolloutStuck',
				severity: 'warning',
				for: '15m',
				expr: () => `${ksm('kube_deployment_status_condition', 'condition="Progressing"', 'status="false"')} != 0`,
				summary: 'A rollout of a Deployment has come to a halt',
				description:
					'Deployment {{ $labels.namespace }}/{{ $labels.deployment }} has made no progress within its deadline, and for 15 minutes since.',
				look: 'The pods of the newest ReplicaSet; `mkcoa deploy rollback` takes the rollout back.',
			},
			{
				name: 'KubeDeploymentReplicasMismatch',
				severity: 'warning',
				for: '15m',
				expr: () =>
					`${one(ksm('kube_deployment_spec_replicas'), ...deployment)} > ${one(ksm('kube_deployment_status_replicas_available'), ...deployment)} and ${still('kube_deployment_status_replicas_updated', '10m', deployment)}`,
				summary: 'A Deployment has fewer available pods than it asks for',
				description:
					'Deployment {{ $labels.namespace }}/{{ $labels.deployment }} has had too few available pods for 15 minutes, and nothing is being rolled out.',
				look: 'Pods that are pending or not ready, and room on the nodes.',
			},
			{
				name: 'KubeDeploymentGenerationMismatch',
				severity: 'warning',
				for: '15m',
				expr: () =>
					`${one(ksm('kube_deployment_status_observed_generation'), ...deployment)} != ${one(ksm('kube_deployment_metadata_generation'), ...deployment)}`,
				summary: 'A change of a Deployment has not been taken up',
				description:
					'The controller has not observed the last change of Deployment {{ $labels.namespace }}/{{ $labels.deployment }} for 15 minutes.',
				look: 'Whether kube-controller-manager runs and leads.',
			},
			{
				name: 'KubeStatefulSetReplicasMismatch',
				severity: 'warning',
				for: '15m',
				expr: () =>
					`${ofStatefulSet('status_replicas_ready')} != ${ofStatefulSet('replicas')} and ${still('kube_statefulset_status_replicas_updated', '10m', statefulSet)}`,
				summary: 'A StatefulSet has not the number of ready pods that it asks for',
				description:
					'StatefulSet {{ $labels.namespace }}/{{ $labels.statefulset }} has had {{ $value }} ready pods, which is not what it asks for, for 15 minutes.',
				look: 'The first pod that is not ready: those after it wait for it.',
			},
			{
				name: 'KubeStatefulSetGenerationMismatch',
				severity: 'warning',
				for: '15m',
				expr: () => `${ofStatefulSet('status_observed_generation')} != ${ofStatefulSet('metadata_generation')}`,
				summary: 'A change of a StatefulSet has not been taken up',
				description:
					'The controller has not observed the last change of StatefulSet {{ $labels.namespace }}/{{ $labels.statefulset }} for 15 minutes.',
				look: 'Whether kube-controller-manager runs and leads.',
			},
			{
				name: 'KubeStatefulSetUpdateNotRolledOut',
				severity: 'warning',
				for: '15m',
				// Both revisions are told as a label of a series that is 1: they differ where the current one has no equal among the wanted ones.
				expr: () =>
					`${one(`${ksm('kube_statefulset_status_current_revision')} unless ${ksm('kube_statefulset_status_update_revision')}`, ...statefulSet)} and (${ofStatefulSet('replicas')} != ${ofStatefulSet('status_replicas_updated')}) and ${still('kube_statefulset_status_replicas_updated', '5m', statefulSet)}`,
				summary: 'A rollout of a StatefulSet has come to a halt',
				description:
					'StatefulSet {{ $labels.namespace }}/{{ $labels.statefulset }} still runs pods of its earlier revision, and no pod was renewed lately.',
				look: 'The pod with the highest number that is not ready, and the update strategy: a partition or OnDelete waits for a person.',
			},
			{
				name: 'KubeDaemonSetRolloutStuck',
				severity: 'warning',
				for: '15m',
				expr: () =>
					`(${['current_number_scheduled', 'updated_number_scheduled', 'number_available'].map(field => `${ofDaemonSet(field)} != ${ofDaemonSet('desired_number_scheduled')}`).join(' or ')} or ${ofDaemonSet('number_misscheduled')} != 0) and ${still('kube_daemonset_status_updated_number_scheduled', '5m', daemonSet)}`,
				summary: 'A DaemonSet is not on every node as it should be',
				description:
					'DaemonSet {{ $labels.namespace }}/{{ $labels.daemonset }} lacks pods, or has old or misplaced ones, and has not moved on for 15 minutes.',
				look: 'Nodes that lack its pod: room, taints, a pod that does not become ready.',
			},
			{
				name: 'KubeDaemonSetNotScheduled',
				severity: 'warning',
				for: '10m',
				expr: () => `${ofDaemonSet('desired_number_scheduled')} - ${ofDaemonSet('current_number_scheduled')} > 0`,
				summary: 'Pods of a DaemonSet are not scheduled',
				description: '{{ $value }} pods of DaemonSet {{ $labels.namespace }}/{{ $labels.daemonset }} have no node.',
				look: 'Requests of the pods beside the room of the nodes.',
			},
			{
				name: 'KubeDaemonSetMisScheduled',
				severity: 'warning',
				for: '15m',
				expr: () => `${ofDaemonSet('number_misscheduled')} > 0`,
				summary: 'Pods of a DaemonSet run where they should not',
				description:
					'{{ $value }} pods of DaemonSet {{ $labels.namespace }}/{{ $labels.daemonset }} run on nodes that its selector or taints exclude.',
				look: 'Labels and taints of those nodes that were changed.',
			},
			{
				name: 'KubePdbNotEnoughHealthyPods',
				severity: 'warning',
				for: '15m',
				expr: () => {
					const budget = (field: string) => one(ksm(`kube_poddisruptionbudget_status_${field}`), 'job', 'namespace', 'poddisruptionbudget');
					return `${budget('desired_healthy')} - ${budget('current_healthy')} > 0`;
				},
				summary: 'A disruption budget lacks healthy pods',
				description:
					'PodDisruptionBudget {{ $labels.namespace }}/{{ $labels.poddisruptionbudget }} lacks {{ $value }} healthy pods: nodes of its pods cannot be drained.',
				look: 'The pods that its selector matches.',
			},
		],
	};
};
