import type {Pod} from '../../../src/sandbox/life/pod-shapes.ts';
import {millis} from '../../../src/sandbox/life/time.ts';
import {nodeRest} from '../../../src/sandbox/traffic/metrics-api.ts';
import {newHistory, noteStatus} from '../../../src/sandbox/traffic/pod-history.ts';
import {containerUse} from '../../../src/sandbox/traffic/pod-use.ts';
import type {Playing} from './start-kubelets.ts';

type Sample = {readonly name: string; readonly labels: Readonly<Record<string, string>>; readonly value: number};

/**
 * The kubelet's `/metrics/resource` of a node by its name: what its running containers use by their pods' annotations, and the node
 * with them. CPU counts since the container's start; that of the node never falls when a pod goes.
 */
export function nodeMeters({world, clock}: Pick<Playing, 'world' | 'clock'>): (node: string) => string {
	const totals = new Map<string, {readonly ms: number; readonly cpuSeconds: number}>();
	return node => {
		const nowMs = clock.now();
		const used = world.list('Pod').flatMap(pod => (pod.spec.nodeName === node ? usesOf(pod, nowMs) : []));
		const before = totals.get(node) ?? {ms: nowMs - 60_000, cpuSeconds: 0};
		const rest = (nodeRest.cpu * (nowMs - before.ms)) / 1000;
		const cpuSeconds = used.reduce((sum, {cpuSince}) => sum + cpuSince(before.ms), before.cpuSeconds + rest);
		totals.set(node, {ms: nowMs, cpuSeconds});
		const memory = used.reduce((sum, {memoryBytes}) => sum + memoryBytes, nodeRest.memory);
		const samples: readonly Sample[] = [
			{name: 'node_cpu_usage_seconds_total', labels: {}, value: cpuSeconds},
			{name: 'node_memory_working_set_bytes', labels: {}, value: Math.round(memory)},
			...used.flatMap(({labels, cpuSince, memoryBytes, startedMs}) => [
				{name: 'container_cpu_usage_seconds_total', labels, value: cpuSince(startedMs)},
				{name: 'container_memory_working_set_bytes', labels, value: memoryBytes},
				{name: 'container_start_time_seconds', labels, value: startedMs / 1000},
			]),
		];
		return `${samples.map(sample => lineOf(sample, nowMs)).join('\n')}\n`;
	};
}

function usesOf(pod: Pod, nowMs: number) {
	const history = newHistory(pod);
	noteStatus(history, pod, false, nowMs);
	return pod.spec.containers.flatMap(container => {
		const status = pod.status?.containerStatuses?.find(({name}) => name === container.name);
		if (status?.state.running === undefined) return [];
		const use = containerUse(history, container);
		const startedMs = millis(status.state.running.startedAt);
		const labels = {container: container.name, namespace: pod.metadata.namespace ?? '', pod: pod.metadata.name};
		// Starting costs something: for metrics-server a container that used nothing at all was not measured.
		const cpuSince = (ms: number) => use.cpuSeconds(nowMs) - use.cpuSeconds(Math.max(ms, startedMs)) + 0.001;
		return [{labels, startedMs, cpuSince, memoryBytes: use.memoryBytes(nowMs)}];
	});
}

function lineOf({name, labels, value}: Sample, ms: number): string {
	const pairs = Object.entries(labels).map(([label, text]) => `${label}="${text}"`);
	return `${name}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`} ${value} ${ms}`;
}
