import type {AreaOf} from './area.ts';
import {series, writing} from './series.ts';

/** Nodes, as the control plane sees them. */
export const nodes: AreaOf = settings => {
	const {by, ksm, on, one, uncordoned, withNode} = writing(settings);
	const ready = ksm('kube_node_status_condition', 'condition="Ready"', 'status="true"');
	return {
		name: 'kubernetes-nodes',
		alerts: [
			{
				name: 'KubeNodeNotReady',
				severity: 'warning',
				for: '15m',
				expr: () => `${ready} == 0 ${uncordoned}`,
				summary: 'A node is not ready',
				description: 'Node {{ $labels.node }} has not been ready for 15 minutes, and nobody has cordoned it.',
				look: 'The condition of the node and its kubelet; its pods are moved away after five minutes.',
			},
			{
				name: 'KubeNodePressure',
				severity: 'info',
				for: '10m',
				expr: () =>
					`${ksm('kube_node_status_condition', 'condition=~"MemoryPressure|DiskPressure|PIDPressure"', 'status="true"')} == 1 ${uncordoned}`,
				summary: 'A node runs short of something',
				description: 'Node {{ $labels.node }} has told {{ $labels.condition }} for 10 minutes: it takes no new pods and may evict some.',
				look: 'What uses it: pods without limits, logs, images.',
			},
			{
				name: 'KubeNodeUnreachable',
				severity: 'warning',
				for: '15m',
				expr: () =>
					`(${ksm('kube_node_spec_taint', 'key="node.kubernetes.io/unreachable"', 'effect="NoSchedule"')} unless ${on('node')} ${ksm('kube_node_spec_taint', 'key=~"ToBeDeletedByClusterAutoscaler|cloud.google.com/impending-node-termination|aws-node-termination-handler/spot-itn"')}) == 1`,
				summary: 'A node cannot be reached',
				description: 'The control plane has not heard from node {{ $labels.node }} for 15 minutes; its pods may be started elsewhere.',
				look: 'The machine, its network, and its kubelet.',
			},
			{
				name: 'KubeNodeReadinessFlapping',
				severity: 'warning',
				for: '15m',
				threshold: 2,
				expr: threshold => `${one(`changes(${ready}[15m])`, 'node')} > ${threshold} ${uncordoned}`,
				summary: 'A node becomes ready and not ready in turn',
				description: 'Node {{ $labels.node }} has changed {{ $value }} times between ready and not ready in 15 minutes.',
				look: 'Its network to the API server, and the load of its kubelet and container runtime.',
			},
			{
				name: 'KubeNodeEviction',
				severity: 'info',
				expr: () =>
					`${withNode(`sum ${by('eviction_signal', 'instance')} (rate(${series('kubelet_evictions', settings.selectors.kubelet)}[15m]))`)} > 0`,
				summary: 'A node evicts pods',
				description: 'Node {{ $labels.node }} evicts pods because of {{ $labels.eviction_signal }}.',
				look: 'Pods that use more than they request.',
			},
		],
	};
};
