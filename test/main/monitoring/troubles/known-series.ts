import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import type {Series} from '../../../../src/sandbox/traffic/series.ts';

const hourMs = 3_600_000;

/** Bytes that each pod uses at a moment: it goes by the day, and is never near 0. */
export const memoryAt = (atMs: number) => 50_000_000 + 10_000_000 * Math.sin((2 * Math.PI * atMs) / (24 * hourMs));

/** What is known of pods: memory by the day, a steady use of CPU and steady requests, for as long as anybody can remember. */
export const knownSeries = (pods: readonly KubeObject[]): readonly Series[] =>
	pods.flatMap(({metadata: {name, namespace = ''}}) => {
		const series = (labels: {readonly [name: string]: string}, at: (ms: number) => number) => ({
			labels: {namespace, pod: name, ...labels},
			...{from: 0, until: Number.POSITIVE_INFINITY, at},
		});
		return [
			series({__name__: 'up', job: 'pods', instance: `${name}:8080`}, () => 1),
			series({__name__: 'container_memory_working_set_bytes', container: 'main'}, memoryAt),
			series({__name__: 'container_cpu_usage_seconds_total', container: 'main'}, ms => ms / 10_000),
			series({__name__: 'http_requests_total', job: 'pods', instance: `${name}:8080`, code: '200'}, ms => ms / 100),
			series({__name__: 'http_requests_total', job: 'pods', instance: `${name}:8080`, code: '500'}, ms => ms / 100_000),
		];
	});
