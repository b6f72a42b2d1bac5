import type {MeasuredUnit} from '../../../core/text/measured-text.ts';
import {podPattern} from '../../series/pod-pattern.ts';
import type {Subject} from './subject.ts';

/** A number by its name, and the queries that may tell it: the first one that a server answers is taken. */
export type Measure = {
	readonly name: string;
	readonly unit: MeasuredUnit;
	readonly queries: readonly string[];
	/** What would have to be there. */
	readonly needs: string;
};

type Pods = Extract<Subject, {kind: 'pods'}>;

/** Whose series are asked for; `pattern` as it stands behind `=~`. */
export type PodScope = {readonly namespace: string; readonly pattern: string};

export const scopeOf = ({namespace, names}: Pick<Pods, 'namespace' | 'names'>): PodScope => ({namespace, pattern: podPattern(names)});

/** Series of the containers of pods, without those of whole pods and of pause containers. */
const containers = ({namespace, pattern}: PodScope) => `{namespace="${namespace}",pod=~"${pattern}",container!="",container!="POD"}`;
const ofPods = ({namespace, pattern}: PodScope) => `{namespace="${namespace}",pod=~"${pattern}"}`;

/** Several jobs may scrape one kubelet: each container once. */
const once = (by: string, query: string) => `sum by (pod) (max by (${by}) (${query}))`;

/** What the containers of pods use, a series for each container of each pod: cores and bytes. */
export function containerUse(subject: Pods, window: string): {readonly cpu: string; readonly memory: string} {
	const each = containers(scopeOf(subject));
	return {
		cpu: `max by (pod, container) (rate(container_cpu_usage_seconds_total${each}[${window}]))`,
		memory: `max by (pod, container) (container_memory_working_set_bytes${each})`,
	};
}

/**
 * What pods use, a series for each pod, in the names of the kubelet and of kube-state-metrics.
 * @param window that rates look back
 */
export function podMeasures(scope: PodScope, window: string): readonly Measure[] {
	const [each, pods] = [containers(scope), ofPods(scope)];
	const rate = (name: string, selector: string) => `rate(${name}${selector}[${window}])`;
	const growth = (name: string) => `sum by (pod) (max by (pod, container) (increase(${name}${each}[${window}])))`;
	return [
		{
			name: 'cpu',
			unit: 'cores',
			queries: [once('pod, container', rate('container_cpu_usage_seconds_total', each))],
			needs: 'container_cpu_usage_seconds_total of the kubelets',
		},
		{
			name: 'memory',
			unit: 'bytes',
			queries: [once('pod, container', `container_memory_working_set_bytes${each}`)],
			needs: 'container_memory_working_set_bytes of the kubelets',
		},
		{
			name: 'throttled',
			unit: 'ratio',
			queries: [`${growth('container_cpu_cfs_throttled_periods_total')} / (${growth('container_cpu_cfs_periods_total')} > 0)`],
			needs: 'container_cpu_cfs_periods_total of the kubelets: only containers with a CPU limit have it',
		},
		{
			name: 'restarts',
			unit: 'number',
			queries: [once('pod, container', `kube_pod_container_status_restarts_total${pods}`)],
			needs: 'kube_pod_container_status_restarts_total of kube-state-metrics',
		},
		{
			name: 'received',
			unit: 'bytesPerSecond',
			queries: [once('pod, interface', rate('container_network_receive_bytes_total', pods))],
			needs: 'container_network_receive_bytes_total of the kubelets',
		},
		{
			name: 'sent',
			unit: 'bytesPerSecond',
			queries: [once('pod, interface', rate('container_network_transmit_bytes_total', pods))],
			needs: 'container_network_transmit_bytes_total of the kubelets',
		},
	];
}

/**
 * How full nodes are, a series for each, by node-exporter, or else by their kubelets.
 * @param name of one node; all of them if left out
 */
export function nodeMeasures(name: string | undefined, window: string): readonly Measure[] {
	const exporter = name === undefined ? '' : `,instance=~"${name.replaceAll('.', '\\\\.')}(:[0-9]+)?"`;
	const kubelet = name === undefined ? '' : `,node="${name}"`;
	const root = `{id="/"${kubelet}}`;
	const disk = `{fstype!~"tmpfs|overlay|squashfs|ramfs",mountpoint=~"/|/var|/var/lib.*"${exporter}}`;
	return [
		{
			name: 'cpu',
			unit: 'ratio',
			queries: [
				`1 - avg by (instance) (rate(node_cpu_seconds_total{mode="idle"${exporter}}[${window}]))`,
				`sum by (node) (rate(container_cpu_usage_seconds_total${root}[${window}])) / sum by (node) (machine_cpu_cores{${kubelet.slice(1)}})`,
			],
			needs: 'node_cpu_seconds_total of node-exporter, or machine_cpu_cores of the kubelets',
		},
		{
			name: 'memory',
			unit: 'ratio',
			queries: [
				`1 - max by (instance) (node_memory_MemAvailable_bytes{${exporter.slice(1)}}) / max by (instance) (node_memory_MemTotal_bytes{${exporter.slice(1)}})`,
				`max by (node) (container_memory_working_set_bytes${root}) / max by (node) (machine_memory_bytes{${kubelet.slice(1)}})`,
			],
			needs: 'node_memory_MemAvailable_bytes of node-exporter, or machine_memory_bytes of the kubelets',
		},
		{
			name: 'disk',
			unit: 'ratio',
			queries: [`max by (instance) (1 - node_filesystem_avail_bytes${disk} / node_filesystem_size_bytes${disk})`],
			needs: 'node_filesystem_avail_bytes of node-exporter',
		},
	];
}
