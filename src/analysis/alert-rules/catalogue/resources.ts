import type {AreaOf, CatalogueAlert} from './area.ts';
import {series, writing} from './series.ts';

/** Requests beside what there is: quotas, overcommitment, throttling. */
export const resources: AreaOf = settings => {
	const {by, ksm, on, one, whole} = writing(settings);
	const kinds = [
		['CPU', 'cpu'],
		['Memory', 'memory'],
	] as const;
	/** Requests of the pods that run or wait; pods that ended hold nothing. */
	const requested = (resource: string) =>
		`sum ${by('namespace')} (sum ${by('namespace', 'pod')} (${one(ksm('kube_pod_container_resource_requests', `resource="${resource}"`), 'namespace', 'pod', 'container')}) * ${on('namespace', 'pod')} (${one(ksm('kube_pod_status_phase', 'phase=~"Pending|Running"'), 'namespace', 'pod')} == 1))`;
	const recorded = (resource: string) => `namespace_${resource}:kube_pod_container_resource_requests:sum`;
	const allocatable = (how: string, resource: string) =>
		`${how}${whole} (${one(ksm('kube_node_status_allocatable', `resource="${resource}"`), 'node')})`;
	const controlPlanes = `count${whole} (${one(ksm('kube_node_role', 'role="control-plane"'), 'node')})`;
	/** What may be lost: the largest node of a cluster that is meant to survive that. A cluster with one or two control planes is not; one whose control planes are no nodes is. */
	const spare = (resource: string) =>
		`((${allocatable('max', resource)} unless ${controlPlanes} < 3) and ${allocatable('count', resource)} > 1 or ${allocatable('max', resource)} * 0)`;
	return {
		name: 'kubernetes-resources',
		recordings: kinds.map(([, resource]) => ({record: recorded(resource), expr: requested(resource)})),
		alerts: [
			...kinds.flatMap(([name, resource]): readonly CatalogueAlert[] => [
				{
					name: `Kube${name}Overcommit`,
					severity: 'warning',
					for: '10m',
					expr: () => `sum${whole} (${recorded(resource)}) > ${allocatable('sum', resource)} - ${spare(resource)}`,
					summary: `Pods request more ${name === 'CPU' ? 'CPU' : 'memory'} than the cluster can lose a node with`,
					description: `All pods together request {{ $value${name === 'CPU' ? '' : ' | humanize1024'} }} of ${resource}: not all of them could be placed if the largest node were lost.`,
					look: 'Requests that are far above use (`mkcoa deploy` shows them), or one node more.',
				},
				{
					name: `Kube${name}QuotaOvercommit`,
					severity: 'warning',
					for: '5m',
					threshold: 1.5,
					// A quota may bound the requests under two names; the lower one holds.
					expr: threshold =>
						`sum${whole} (min ${by('namespace')} (${ksm('kube_resourcequota', 'type="hard"', `resource=~"${resource}|requests.${resource}"`)})) / (${allocatable('sum', resource)} > 0) > ${threshold}`,
					summary: `Quotas promise more ${name === 'CPU' ? 'CPU' : 'memory'} than there is`,
					description: `The quotas of all namespaces together are {{ $value | humanizePercentage }} of the ${resource} that the nodes have.`,
					look: 'Quotas that nobody needs any more.',
				},
			]),
			...(
				[
					['KubeQuotaAlmostFull', 'info', 'nearly used up', '> 0.9 < 1'],
					['KubeQuotaFullyUsed', 'info', 'used up', '== 1'],
					['KubeQuotaExceeded', 'warning', 'exceeded', '> 1'],
				] as const
			).map(([name, severity, how, compared]): CatalogueAlert => {
				const quota = (type: string) => one(ksm('kube_resourcequota', `type="${type}"`), 'namespace', 'resourcequota', 'resource');
				return {
					name,
					severity,
					for: '15m',
					expr: () => `${quota('used')} / (${quota('hard')} > 0) ${compared}`,
					summary: `A quota is ${how}`,
					description: `Namespace {{ $labels.namespace }} uses {{ $value | humanizePercentage }} of {{ $labels.resource }} in its quota {{ $labels.resourcequota }}.`,
					look: 'What is requested in the namespace, and what of it is used; new pods are refused where the quota is used up.',
				};
			}),
			{
				name: 'CPUThrottlingHigh',
				severity: 'info',
				for: '15m',
				threshold: 0.25,
				expr: threshold => {
					const periods = (which: string) =>
						one(
							`increase(${series(`container_cpu_cfs_${which}periods_total`, settings.selectors.cadvisor, 'container!=""')}[5m])`,
							...['namespace', 'pod', 'container', 'instance'],
						);
					return `${periods('throttled_')} / (${periods('')} > 0) > ${threshold}`;
				},
				summary: 'A container is throttled',
				description:
					'Container {{ $labels.container }} of pod {{ $labels.namespace }}/{{ $labels.pod }} was throttled in {{ $value | humanizePercentage }} of its periods.',
				look: 'Its CPU limit; where it answers in time all the same, nothing is to be done.',
			},
		],
	};
};
