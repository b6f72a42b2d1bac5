import type {Options} from '../commands/options.ts';
import type {Cluster} from '../mcp/kubernetes/port.ts';
import type {MetricsServer, MetricsSource} from '../mcp/monitoring/port.ts';
import type {Host} from './host.ts';
import {outsideSender} from './outside-sender.ts';

type Place = {
	readonly options: Pick<Options, 'prometheus'>;
	readonly cluster: Pick<Cluster, 'raw' | 'text' | 'target'>;
	readonly host: Pick<Host, 'env' | 'home' | 'clock'>;
	readonly learn: (secret: string) => void;
	readonly signal: AbortSignal;
};

/**
 * The Prometheus that the person named, in the command or in monitoring.yaml for this context, or else the one of the cluster. It is looked
 * for once, when somebody asks first; one that did not answer is tried again by whoever asks next.
 */
export function metricsFinder(place: Place): () => Promise<MetricsSource<MetricsServer>> {
	let found: Promise<MetricsSource<MetricsServer>> | undefined;
	return () => {
		found ??= find(place).catch(error => {
			found = undefined;
			throw error;
		});
		return found;
	};
}

async function find({options: {prometheus}, cluster, host, learn, signal}: Place): Promise<MetricsSource<MetricsServer>> {
	if (prometheus !== undefined) {
		const {prometheusAt} = await import('../mcp/monitoring/prometheus/prometheus-at.ts');
		return prometheusAt(prometheus, {sender: server => outsideSender(server, host.env), learn, clock: host.clock, signal});
	}
	const {readBackends} = await import('./monitoring/monitoring-file.ts');
	const backends = await readBackends(host);
	if (backends.size === 0) return (await import('../mcp/monitoring/prometheus/find-prometheus.ts')).findPrometheus(cluster.raw);
	const [{openMonitoring}, {context}] = [await import('./monitoring/open-monitoring.ts'), await cluster.target(undefined)];
	return openMonitoring({host, backends, context, cluster, learn, signal}).metrics();
}
