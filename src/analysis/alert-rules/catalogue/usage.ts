import type {AreaOf} from './area.ts';
import {series, writing} from './series.ts';

/** What containers use, with the node that they run on, and how many processors a node has. */
export const usage: AreaOf = settings => {
	const {by, ksm, on, one} = writing(settings);
	const {cadvisor, nodeExporter} = settings.selectors;
	const placed = 'node_namespace_pod:kube_pod_info:';
	/** One node for each pod, also while series of two lives of a server stand side by side. */
	const nodeOf = (expr: string) => `topk ${by('namespace', 'pod')} (1, ${expr})`;
	const podNode = nodeOf(one(ksm('kube_pod_info', 'node!=""'), 'node', 'namespace', 'pod'));
	const onNode = (expr: string, nodes: string) => `${expr} * ${on('namespace', 'pod')} group_left (node) ${nodes}`;
	const used = (metric: string) => series(metric, cadvisor, 'image!=""');
	const cpu = (rate: string) =>
		onNode(`sum ${by('namespace', 'pod', 'container')} (${rate}(${used('container_cpu_usage_seconds_total')}[5m]))`, podNode);
	return {
		name: 'kubernetes-usage',
		recordings: [
			{record: placed, expr: podNode},
			{
				record: 'node:node_num_cpu:sum',
				expr: `count ${by('node')} (${onNode(one(series('node_cpu_seconds_total', nodeExporter, 'mode="idle"'), 'namespace', 'pod', 'cpu'), nodeOf(placed))})`,
			},
			{record: 'node_namespace_pod_container:container_cpu_usage_seconds_total:sum_irate', expr: cpu('irate')},
			{record: 'node_namespace_pod_container:container_cpu_usage_seconds_total:sum_rate5m', expr: cpu('rate')},
			...['working_set_bytes', 'rss', 'cache', 'swap'].map(field => ({
				record: `node_namespace_pod_container:container_memory_${field}`,
				expr: onNode(used(`container_memory_${field}`), podNode),
			})),
		],
		alerts: [],
	};
};
