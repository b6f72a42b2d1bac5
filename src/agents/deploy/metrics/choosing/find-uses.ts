import {MkcoaError} from '../../../../core/error.ts';
import type {Cluster} from '../../../../mcp/kubernetes/port.ts';
import {namesLately, seenLately} from '../../../series/lately.ts';
import {podPattern} from '../../../series/pod-pattern.ts';
import type {DeployPorts} from '../../ports.ts';
import {containerMemory, containerUseQuery} from '../reading/container-uses.ts';
import {hasLimits, metricsPath} from '../reading/saturation.ts';
import type {ReadingOf} from './chosen-metric.ts';
import type {FoundMetric, JudgedWorkload} from './found-metric.ts';
import type {WantedMetric} from './read-metrics.ts';

/** Saturation by metrics.k8s.io; where the cluster has none, by the kubelets' series in Prometheus. */
export async function chooseSaturation(
	{cluster, metrics}: Pick<DeployPorts, 'cluster' | 'metrics'>,
	workload: JudgedWorkload,
	{name, tolerance}: WantedMetric,
): Promise<FoundMetric> {
	const {namespace} = workload;
	if (!workload.pods.some(hasLimits))
		return {why: `no container of ${workload.name} has a limit of CPU or memory`, next: 'Set limits, or leave saturation out'};
	const chosen = (from: ReadingOf<'saturation'>['from'], query: string, whose: string): FoundMetric => ({
		chosen: {
			metric: {name, kind: 'gauge', worse: 'higher', tolerance},
			reading: {kind: 'saturation', from},
			...{query, source: whose},
		},
	});
	const why = await whyNoMetricsApi(cluster, namespace);
	if (why === undefined) return chosen('metrics-api', metricsPath(namespace), 'metrics.k8s.io');
	const {metrics: server} = await metrics();
	const measured = seenLately(containerMemory(namespace, podPattern(namesLately(workload.pods))));
	if (server !== undefined && (await server.query(`count(${measured})`)).length > 0)
		return chosen('containers', containerUseQuery(namespace), server.source);
	return {why: `${why}, and no Prometheus measures its containers`, next: 'Install metrics-server, or leave saturation out'};
}

async function whyNoMetricsApi(cluster: Cluster, namespace: string): Promise<string | undefined> {
	try {
		return (await cluster.raw(metricsPath(namespace))) === undefined ? 'the cluster serves no metrics.k8s.io' : undefined;
	} catch (error) {
		if (!(error instanceof MkcoaError)) throw error;
		return `metrics.k8s.io does not answer (${error.trouble.what})`;
	}
}
