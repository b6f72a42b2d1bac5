import type {AreaOf} from './area.ts';
import {writing} from './series.ts';

/** Jobs and autoscalers. */
export const jobs: AreaOf = settings => {
	const {ksm, one} = writing(settings);
	return {
		name: 'kubernetes-jobs',
		alerts: [
			{
				name: 'KubeJobFailed',
				severity: 'warning',
				for: '15m',
				expr: () => `${ksm('kube_job_failed')} > 0`,
				summary: 'A Job has failed',
				description: 'Job {{ $labels.namespace }}/{{ $labels.job_name }} has failed. The alert ends when the failed Job is gone.',
				look: 'The logs of its last pod; a failed Job of a CronJob goes with the next ones, by its history limit.',
			},
			{
				name: 'KubeJobNotCompleted',
				severity: 'warning',
				threshold: 12 * 3600,
				expr: threshold =>
					`time() - ${one(`${ksm('kube_job_status_start_time')} and ${ksm('kube_job_status_active')} > 0`, 'namespace', 'job_name')} > ${threshold}`,
				summary: 'A Job runs far too long',
				description: 'Job {{ $labels.namespace }}/{{ $labels.job_name }} has run for {{ $value | humanizeDuration }} and is not done.',
				look: 'Whether its pod works or hangs; `activeDeadlineSeconds` would end it.',
			},
		],
	};
};

/** Autoscalers. */
export const autoscalers: AreaOf = settings => {
	const {ksm, one} = writing(settings);
	const labels = ['job', 'namespace', 'horizontalpodautoscaler'];
	const hpa = (field: string) => one(ksm(`kube_horizontalpodautoscaler_${field}`), ...labels);
	return {
		name: 'kubernetes-autoscalers',
		alerts: [
			{
				name: 'KubeHpaMaxedOut',
				severity: 'warning',
				for: '15m',
				// Whoever sets both bounds alike wants a fixed number.
				expr: () =>
					`${hpa('status_current_replicas')} == ${hpa('spec_max_replicas')} unless ${hpa('spec_min_replicas')} == ${hpa('spec_max_replicas')}`,
				summary: 'An autoscaler has reached its upper bound',
				description:
					'HorizontalPodAutoscaler {{ $labels.namespace }}/{{ $labels.horizontalpodautoscaler }} has had {{ $value }} pods, its maximum, for 15 minutes.',
				look: 'Whether the load is real, and whether there is room for a higher maximum.',
			},
			{
				name: 'KubeHpaReplicasMismatch',
				severity: 'warning',
				for: '15m',
				expr: () =>
					`${hpa('status_desired_replicas')} != ${hpa('status_current_replicas')} and ${hpa('status_current_replicas')} > ${hpa('spec_min_replicas')} and ${hpa('status_current_replicas')} < ${hpa('spec_max_replicas')} and ${one(`changes(${ksm('kube_horizontalpodautoscaler_status_current_replicas')}[15m])`, ...labels)} == 0`,
				summary: 'An autoscaler does not reach the number of pods that it wants',
				description:
					'HorizontalPodAutoscaler {{ $labels.namespace }}/{{ $labels.horizontalpodautoscaler }} has wanted {{ $value }} pods for 15 minutes, and has not got them.',
				look: 'Quotas of the namespace, and whatever else writes the number of replicas.',
			},
		],
	};
};
