import {namespaceVariable, type PanelDraft, type PanelLine} from '../panel.ts';
import {podPanels} from './pod-panels.ts';

const here = `namespace="${namespaceVariable}"`;

/** What a ResourceQuota allows to ask for. */
const quota = (resource: string): PanelLine => ({
	...{name: `quota of ${resource}`, isBound: true, needs: `kube_resourcequota of kube-state-metrics, or no quota limits ${resource}`},
	choices: [{promql: `min(kube_resourcequota{${here},resource="${resource}",type="hard"})`, legend: 'quota of requests'}],
});

/** Where pods of a namespace are that should not be there, and what is full. */
const namespaceOnly: readonly PanelDraft[] = [
	{
		...{name: 'missing', title: 'Missing replicas', section: 'Pods', unit: 'number'},
		about: 'Pods that Deployments want and do not have ready',
		lines: [
			{
				...{name: 'missing replicas', needs: 'kube_deployment_spec_replicas of kube-state-metrics'},
				choices: [
					{
						promql: `max by (deployment) (kube_deployment_spec_replicas{${here}}) - max by (deployment) (kube_deployment_status_replicas_available{${here}})`,
						legend: '{{deployment}}',
					},
				],
			},
		],
		thresholds: [{at: 1, level: 'warn'}],
	},
	{
		...{name: 'phases', title: 'Pods by phase', section: 'Pods', unit: 'number', thresholds: []},
		about: 'How many pods run, wait, are over or failed',
		lines: [
			{
				...{name: 'phases', needs: 'kube_pod_status_phase of kube-state-metrics'},
				choices: [{promql: `sum by (phase) (max by (pod, phase) (kube_pod_status_phase{${here}})) > 0`, legend: '{{phase}}'}],
			},
		],
	},
	{
		...{name: 'volumes', title: 'Volumes', section: 'Volumes', unit: 'ratio'},
		about: 'How full each volume is',
		lines: [
			{
				...{name: 'volumes', needs: 'kubelet_volume_stats_used_bytes of the kubelets, or no pod mounts a claim'},
				choices: [
					{
						promql: `max by (persistentvolumeclaim) (kubelet_volume_stats_used_bytes{${here}}) / max by (persistentvolumeclaim) (kubelet_volume_stats_capacity_bytes{${here}})`,
						legend: '{{persistentvolumeclaim}}',
					},
				],
			},
		],
		thresholds: [
			{at: 0.8, level: 'warn'},
			{at: 0.95, level: 'bad'},
		],
	},
];

/** A namespace as a whole: what its pods use against what they and its quota allow, pods that are missing, volumes. */
export function namespacePanels(): readonly PanelDraft[] {
	const ofPods = podPanels({namespace: namespaceVariable, pattern: '.+'}).map(panel =>
		panel.name === 'cpu' || panel.name === 'memory' ? {...panel, lines: [...panel.lines, quota(`requests.${panel.name}`)]} : panel,
	);
	return [...namespaceOnly, ...ofPods];
}
