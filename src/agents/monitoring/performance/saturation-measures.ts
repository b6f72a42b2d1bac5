import {podPattern} from '../../series/pod-pattern.ts';
import type {Measure} from '../metrics/measures.ts';
import type {Subject} from '../metrics/subject.ts';

type Pods = Extract<Subject, {kind: 'pods'}>;

/**
 * How much of their limits containers use, the fullest of each pod. Limits as kube-state-metrics tells them, or else the kubelet.
 * @param window that rates look back
 */
export function saturationMeasures({namespace, names}: Pods, window: string): readonly Measure[] {
	const pods = `namespace="${namespace}",pod=~"${podPattern(names)}"`;
	const each = `{${pods},container!="",container!="POD"}`;
	const byContainer = (query: string) => `max by (pod, container) (${query})`;
	const limit = (resource: string) => byContainer(`kube_pod_container_resource_limits{${pods},resource="${resource}"}`);
	const cpu = byContainer(`rate(container_cpu_usage_seconds_total${each}[${window}])`);
	const memory = byContainer(`container_memory_working_set_bytes${each}`);
	const quota = byContainer(`container_spec_cpu_quota${each} / container_spec_cpu_period${each}`);
	return [
		{
			name: 'cpu-of-limit',
			unit: 'ratio',
			queries: [`max by (pod) (${cpu} / ${limit('cpu')})`, `max by (pod) (${cpu} / (${quota} > 0))`],
			needs: 'CPU limit of its containers, or kube_pod_container_resource_limits of kube-state-metrics',
		},
		{
			name: 'memory-of-limit',
			unit: 'ratio',
			queries: [
				`max by (pod) (${memory} / ${limit('memory')})`,
				`max by (pod) (${memory} / (${byContainer(`container_spec_memory_limit_bytes${each}`)} > 0))`,
			],
			needs: 'memory limit of its containers, or kube_pod_container_resource_limits of kube-state-metrics',
		},
	];
}
