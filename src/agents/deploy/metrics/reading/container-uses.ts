import type {Metrics} from '../../../../mcp/monitoring/port.ts';
import {podPattern} from '../../../series/pod-pattern.ts';
import type {PodUse, Use} from './saturation.ts';

const memory = 'container_memory_working_set_bytes';
const cpu = 'container_cpu_usage_seconds_total';

/** The kubelet's series of containers; those of whole pods and of the pause container are left out. */
const selector = (name: string, namespace: string, pattern: string) =>
	`${name}{namespace="${namespace}",pod=~"${pattern}",container!="",container!="POD"}`;

/** Several jobs may scrape one kubelet: each container once. */
const byContainer = (query: string) => `max by (pod, container) (${query})`;

/** The series of memory, of pods whose names fit the pattern. */
export const containerMemory = (namespace: string, pattern: string) => selector(memory, namespace, pattern);

/** What is asked, as people read it. */
export const containerUseQuery = (namespace: string) => byContainer(containerMemory(namespace, '{{pods}}'));

/** The kubelet's measurement of a container before: core-seconds, and when. */
type Measured = {readonly seconds: number; readonly atMs: number};

/**
 * What containers use, from the kubelet's own series: memory as it is, CPU between two measurements, so it is known from the second
 * one on. Times are those of the measurements, not of the question.
 */
export function containerUses(namespace: string): (metrics: Metrics, pods: readonly string[]) => Promise<ReadonlyMap<string, PodUse>> {
	const before = new Map<string, Measured>();
	/** Cores between the last two measurements. */
	const cores = new Map<string, number>();
	return async (metrics, pods) => {
		let atMs: number | undefined;
		const read = async (query: string) => {
			const samples = await metrics.query(byContainer(query), atMs);
			atMs ??= samples[0]?.atMs;
			return new Map(samples.map(({labels: {pod = '', container = ''}, value}) => [`${pod}/${container}`, value]));
		};
		const pattern = podPattern(pods);
		const bytes = await read(containerMemory(namespace, pattern));
		const seconds = await read(selector(cpu, namespace, pattern));
		const times = await read(`timestamp(${selector(cpu, namespace, pattern)})`);
		const uses = new Map<string, {atMs: number; containers: Map<string, Use>}>();
		for (const [key, at] of times) {
			const now = {seconds: seconds.get(key) ?? Number.NaN, atMs: at * 1000};
			const last = before.get(key);
			if (last === undefined || now.atMs > last.atMs) before.set(key, now);
			if (last !== undefined && now.atMs > last.atMs) cores.set(key, grown(last, now) / ((now.atMs - last.atMs) / 1000));
			const [pod = '', container = ''] = key.split('/');
			const use = uses.get(pod) ?? {atMs: now.atMs, containers: new Map<string, Use>()};
			uses.set(pod, {...use, atMs: Math.max(use.atMs, now.atMs)});
			use.containers.set(container, {cpu: cores.get(key), memory: bytes.get(key)});
		}
		return uses;
	};
}

/** A container that was started anew counts from zero. */
const grown = (last: Measured, now: Measured) => (now.seconds < last.seconds ? now.seconds : now.seconds - last.seconds);
