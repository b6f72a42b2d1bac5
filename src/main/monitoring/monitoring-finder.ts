import type {Options} from '../../commands/options.ts';
import type {Cluster} from '../../mcp/kubernetes/port.ts';
import type {MetricsServer, MetricsSource, Monitoring} from '../../mcp/monitoring/port.ts';
import type {Host} from '../host.ts';
import {outsideSender} from '../outside-sender.ts';

type Place = {
	readonly options: Pick<Options, 'prometheus'>;
	readonly cluster: Pick<Cluster, 'raw' | 'text' | 'target'>;
	readonly host: Pick<Host, 'env' | 'home' | 'clock'>;
	readonly learn: (secret: string) => void;
	readonly signal: AbortSignal;
};

/**
 * What this context is watched with: the Prometheus that the person named in the command, else what monitoring.yaml names, else what the
 * cluster has. Each is looked for once, when somebody asks first; one that did not answer is tried again by whoever asks next.
 */
export function monitoringFinder(place: Place): Monitoring {
	const opened = kept(() => open(place));
	return {
		metrics: kept(() => findMetrics(place, opened)),
		alertmanager: kept(async () => (await opened()).alertmanager()),
		grafana: kept(async () => (await opened()).grafana()),
		logs: kept(async () => (await opened()).logs()),
		vendor: kept(async () => (await opened()).vendor()),
		use: {
			pods: async () => (await opened()).use.pods(),
			nodes: async () => (await opened()).use.nodes(),
			summaries: async nodes => (await opened()).use.summaries(nodes),
		},
	};
}

async function open({cluster, ...place}: Place): Promise<Monitoring> {
	const [{readBackends}, {openMonitoring}] = [await import('./monitoring-file.ts'), await import('./open-monitoring.ts')];
	const backends = await readBackends(place.host);
	// What names no context belongs to all of them.
	const context = backends.size === 0 ? '' : (await cluster.target(undefined)).context;
	return openMonitoring({...place, backends, context, cluster});
}

async function findMetrics(
	{options, host, learn, signal}: Place,
	opened: () => Promise<Monitoring>,
): Promise<MetricsSource<MetricsServer>> {
	if (options.prometheus === undefined) return (await opened()).metrics();
	const {prometheusAt} = await import('../../mcp/monitoring/prometheus/prometheus-at.ts');
	return prometheusAt(options.prometheus, {sender: server => outsideSender(server, host.env), learn, clock: host.clock, signal});
}

/** Asks once; a question that failed is asked again by whoever comes next. */
function kept<Answer>(ask: () => Promise<Answer>): () => Promise<Answer> {
	let answer: Promise<Answer> | undefined;
	return () => {
		answer ??= ask().catch(error => {
			answer = undefined;
			throw error;
		});
		return answer;
	};
}
