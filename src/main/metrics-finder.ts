import type {Options} from '../commands/options.ts';
import type {Cluster} from '../mcp/kubernetes/port.ts';
import type {MetricsSource} from '../mcp/monitoring/port.ts';
import type {Host} from './host.ts';
import {outsideSender} from './outside-sender.ts';

type Place = {
	readonly options: Pick<Options, 'prometheus'>;
	readonly cluster: Pick<Cluster, 'raw'>;
	readonly environment: Host['env'];
	readonly learn: (secret: string) => void;
	readonly signal: AbortSignal;
};

/**
 * The Prometheus that the person named, or else the one of the cluster. It is looked for once, when somebody asks first; one that did
 * not answer is tried again by whoever asks next.
 */
export function metricsFinder({options: {prometheus}, cluster, environment, learn, signal}: Place): () => Promise<MetricsSource> {
	let found: Promise<MetricsSource> | undefined;
	const find = async () =>
		prometheus === undefined
			? (await import('../mcp/monitoring/prometheus/find-prometheus.ts')).findPrometheus(cluster.raw)
			: (await import('../mcp/monitoring/prometheus/prometheus-at.ts')).prometheusAt(prometheus, {
					sender: server => outsideSender(server, environment),
					learn,
					signal,
				});
	return () => {
		found ??= find().catch(error => {
			found = undefined;
			throw error;
		});
		return found;
	};
}
