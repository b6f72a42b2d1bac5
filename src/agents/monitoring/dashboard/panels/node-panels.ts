import {nodeMeasures} from '../../metrics/measures.ts';
import {type Choice, type PanelDraft, rateInterval, type Threshold} from '../panel.ts';

const full: readonly Threshold[] = [
	{at: 0.8, level: 'warn'},
	{at: 0.95, level: 'bad'},
];

/** By the label that the series are grouped by. */
const byItsLabel = (promql: string): Choice => ({promql, legend: promql.includes('by (instance)') ? '{{instance}}' : '{{node}}'});

const measureWords: {readonly [name: string]: {readonly title: string; readonly about: string}} = {
	cpu: {title: 'CPU', about: 'Part of its cores that each node uses'},
	memory: {title: 'Memory', about: 'Part of its memory that each node uses and cannot free'},
	disk: {title: 'Disk', about: 'How full the fullest file system of each node is'},
};

/** Part of what a node can give that the pods on it asked for. */
const requested = (resource: 'cpu' | 'memory', node: string) =>
	`sum by (node) (max by (namespace, pod, container, node) (kube_pod_container_resource_requests{resource="${resource}"${node}})) / max by (node) (kube_node_status_allocatable{resource="${resource}"${node}})`;

/**
 * How full nodes are, how much of them is promised, and whether work waits for them.
 * @param name of one node; all of them if left out
 */
export function nodePanels(name: string | undefined): readonly PanelDraft[] {
	const exporter = name === undefined ? '' : `,instance=~"${name.replaceAll('.', '\\\\.')}(:[0-9]+)?"`;
	const node = name === undefined ? '' : `,node="${name}"`;
	const rate = (metric: string, selector: string) => `rate(${metric}{${selector}${exporter}}[${rateInterval}])`;
	const cards = 'device!~"lo|veth.*|cali.*|cni.*|docker.*|flannel.*|lxc.*|cilium.*"';
	const line = (title: string, promql: string, needs: string) => ({name: title, choices: [byItsLabel(promql)], needs});
	const draft = (
		panel: Pick<PanelDraft, 'name' | 'title' | 'section' | 'unit' | 'about' | 'lines'> & {readonly thresholds?: readonly Threshold[]},
	): PanelDraft => ({thresholds: [], ...panel});
	return [
		...nodeMeasures(name, rateInterval).map(
			({name: measure, unit, queries, needs}): PanelDraft => ({
				...{name: measure, section: 'Use', unit, thresholds: full},
				...(measureWords[measure] ?? {title: measure, about: ''}),
				lines: [{name: measure, choices: queries.map(byItsLabel), needs}],
			}),
		),
		draft({
			...{name: 'load', title: 'Load for each core', section: 'Saturation', unit: 'number'},
			about: 'Processes that run or wait, for each core: above 1, some wait',
			lines: [
				line(
					'load',
					`max by (instance) (node_load1{${exporter.slice(1)}}) / count by (instance) (node_cpu_seconds_total{mode="idle"${exporter}})`,
					'node_load1 of node-exporter',
				),
			],
			thresholds: [
				{at: 1, level: 'warn'},
				{at: 2, level: 'bad'},
			],
		}),
		draft({
			...{name: 'disk-busy', title: 'Disk busy', section: 'Saturation', unit: 'ratio'},
			about: 'Part of the time that the busiest disk of each node works',
			lines: [
				line(
					'disk busy',
					`max by (instance) (${rate('node_disk_io_time_seconds_total', 'device!~"dm-.*|loop.*"')})`,
					'node_disk_io_time_seconds_total of node-exporter',
				),
			],
			thresholds: full,
		}),
		draft({
			...{name: 'network', title: 'Network', section: 'Saturation', unit: 'bytesPerSecond'},
			about: 'What the network cards of each node receive and send together',
			lines: [
				line(
					'network',
					`sum by (instance) (${rate('node_network_receive_bytes_total', cards)} + ${rate('node_network_transmit_bytes_total', cards)})`,
					'node_network_receive_bytes_total of node-exporter',
				),
			],
		}),
		...(['cpu', 'memory'] as const).map(resource =>
			draft({
				...{name: `${resource}-requested`, title: `${resource === 'cpu' ? 'CPU' : 'Memory'} requested`, section: 'Promised', unit: 'ratio'},
				about: `Part of the ${resource === 'cpu' ? 'CPU' : 'memory'} that a node can give which the pods on it asked for; pods that are over count until they are deleted`,
				lines: [
					line(
						`${resource} requested`,
						requested(resource, node),
						'kube_pod_container_resource_requests and kube_node_status_allocatable of kube-state-metrics',
					),
				],
				thresholds: [{at: 0.95, level: 'warn'}],
			}),
		),
		draft({
			...{name: 'pods', title: 'Pods', section: 'Promised', unit: 'number'},
			about: 'Pods on each node',
			lines: [
				{
					...{name: 'pods', needs: 'kubelet_running_pods of the kubelets, or kube_pod_info of kube-state-metrics'},
					choices: [
						`max by (node) (kubelet_running_pods{${node.slice(1)}})`,
						`count by (node) (max by (namespace, pod, node) (kube_pod_info{node!=""${node}}))`,
					].map(byItsLabel),
				},
			],
		}),
		draft({
			...{name: 'not-ready', title: 'Not ready', section: 'Promised', unit: 'number'},
			about: '1 while a node is not ready',
			lines: [
				line(
					'not ready',
					`max by (node) (kube_node_status_condition{condition="Ready",status=~"false|unknown"${node}})`,
					'kube_node_status_condition of kube-state-metrics',
				),
			],
			thresholds: [{at: 1, level: 'bad'}],
		}),
	];
}
