import {MkcoaError} from '../../../core/error.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Metrics} from '../../../mcp/monitoring/port.ts';
import type {DeployPorts} from '../ports.ts';
import type {ChosenMetric} from './chosen-metric.ts';
import {findSeries} from './find-series.ts';
import {histogramQuery} from './histogram-reader.ts';
import {metricTrouble} from './metric-trouble.ts';
import {chooseNamed} from './named-metric.ts';
import type {Side} from './placeholders.ts';
import {readMetrics, usualMetrics, type WantedMetric} from './read-metrics.ts';
import {requestQuery} from './request-reader.ts';
import {hasLimits, metricsPath} from './saturation.ts';
import {podNames} from './sides.ts';

/** The version that serves now: what it has, the canary is compared by. */
export type JudgedWorkload = {
	readonly name: string;
	readonly namespace: string;
	readonly pods: readonly KubeObject[];
	/** The Service by which a route sends it requests; missing where no route splits the traffic. */
	readonly service?: string | undefined;
};

export type Choice = {
	/** Judged by numbers of both sides, one sampled interval at a time. */
	readonly chosen: readonly ChosenMetric[];
	/** Judged by what the kubelet says of the canary's pods: rules, no statistics. */
	readonly byPods: readonly ('readiness' | 'restarts')[];
	/** Usual metrics that the workload does not have, each with the reason. */
	readonly leftOut: readonly {readonly metric: string; readonly why: string}[];
	/** Where the numbers come from; missing where none are compared. */
	readonly source?: string;
};

type Found = {readonly chosen: ChosenMetric} | {readonly why: string; readonly next: string};

/**
 * Finds the numbers of each metric.
 * @param texts of `--metrics`; none means the usual ones, as far as the workload has them
 * @throws MkcoaError `metric-without-series` for a metric that was asked for by name, `bad-metric`, `unknown-metric`, `bad-query`
 */
export async function chooseMetrics(
	ports: Pick<DeployPorts, 'cluster' | 'metrics'>,
	workload: JudgedWorkload,
	texts: readonly string[],
): Promise<Choice> {
	const isAsked = texts.length > 0;
	const wanted = readMetrics(isAsked ? texts : usualMetrics);
	const find = finder(ports, workload);
	const chosen: ChosenMetric[] = [];
	const leftOut: {metric: string; why: string}[] = [];
	for (const metric of wanted) {
		if (byPods(metric) !== undefined) continue;
		const found = isAsked ? await find(metric) : await find(metric).catch(whyNot);
		if ('chosen' in found) chosen.push(found.chosen);
		else if (!isAsked) leftOut.push({metric: metric.name, why: found.why});
		else throw metricTrouble('metric-without-series', {what: `${workload.name} cannot be judged by ${metric.name}`, ...found});
	}
	const source = chosen.map(each => each.source).join(' and ');
	return {
		chosen,
		byPods: wanted.flatMap(metric => byPods(metric) ?? []),
		leftOut,
		...(source !== '' && {source: [...new Set(chosen.map(each => each.source))].join(' and ')}),
	};
}

const byPods = (metric: WantedMetric) =>
	metric.kind === 'built-in' && (metric.base === 'readiness' || metric.base === 'restarts') ? metric.base : undefined;

/** A metrics server that fails is a reason to judge without the usual metrics, and is told. */
function whyNot(error: unknown): Found {
	if (!(error instanceof MkcoaError)) throw error;
	return {why: error.trouble.what, next: ''};
}

function finder(
	{cluster, metrics}: Pick<DeployPorts, 'cluster' | 'metrics'>,
	workload: JudgedWorkload,
): (metric: WantedMetric) => Promise<Found> {
	const {name, namespace, service} = workload;
	const side: Side = {workload: name, pods: podNames(workload.pods), service};
	let server: ReturnType<typeof metrics> | undefined;
	let inventory: ReturnType<typeof findSeries> | undefined;
	const series = (server: Metrics) => {
		inventory ??= findSeries(server, {namespace, pods: side.pods, service}).catch(error => {
			throw withSource(error, server.source);
		});
		return inventory;
	};

	return async metric => {
		if (metric.kind === 'built-in' && metric.base === 'saturation') return saturation(metric);
		server ??= metrics();
		const found = await server;
		if (found.metrics === undefined)
			return {why: found.why, next: 'Name one with --prometheus URL, or judge by readiness,restarts,saturation'};
		if (metric.kind === 'named') return chooseNamed(found.metrics, metric, namespace, side);
		return metric.base === 'latency' ? latency(found.metrics, metric) : errors(found.metrics, metric);
	};

	async function errors(server: Metrics, {name: metric, tolerance}: WantedMetric): Promise<Found> {
		const {requests: reading} = await series(server);
		if (reading === undefined) return {why: `${server.source} counts no requests of ${name}`, next: nameAQuery(metric, 'higher')};
		const query = requestQuery(reading, namespace, shown(reading.place.by, side));
		return {chosen: {metric: {name: metric, kind: 'counts', worse: 'higher', tolerance}, reading, query, source: server.source}};
	}

	async function latency(server: Metrics, metric: WantedMetric): Promise<Found> {
		const {histogram: reading} = await series(server);
		if (reading === undefined)
			return {why: `${server.source} has no histogram of how long ${name} takes to answer`, next: nameAQuery(metric.name, 'higher')};
		const quantile = 'quantile' in metric && metric.quantile !== undefined ? metric.quantile : 0.5;
		const query = histogramQuery(reading, namespace, shown(reading.place.by, side));
		const judged = {name: metric.name, kind: 'latency' as const, worse: 'higher' as const, tolerance: metric.tolerance, quantile};
		return {chosen: {metric: judged, reading, query, source: server.source}};
	}

	async function saturation({name: metric, tolerance}: WantedMetric): Promise<Found> {
		if (!workload.pods.some(hasLimits))
			return {why: `no container of ${name} has a limit of CPU or memory`, next: 'Set limits, or leave saturation out'};
		if ((await cluster.raw(metricsPath(namespace))) === undefined)
			return {why: 'the cluster serves no metrics.k8s.io', next: 'Install metrics-server, or leave saturation out'};
		return {
			chosen: {
				metric: {name: metric, kind: 'gauge', worse: 'higher', tolerance},
				reading: {kind: 'saturation', from: 'metrics-api'},
				query: metricsPath(namespace),
				source: 'metrics.k8s.io',
			},
		};
	}
}

/** Who failed, where the words of the failure do not say it: the API server tells only its own part. */
function withSource(error: unknown, source: string): unknown {
	if (!(error instanceof MkcoaError) || error.trouble.what.includes(source)) return error;
	return new MkcoaError({...error.trouble, what: `${source} does not answer: ${error.trouble.what}`}, {cause: error});
}

const shown = (by: 'pod' | 'service', {pods, service}: Side) => (by === 'pod' ? pods : service === undefined ? [] : [service]);

const nameAQuery = (metric: string, worse: string) =>
	`See that its pods are scraped, leave ${metric} out, or name a query of your own: --metrics 'NAME=PROMQL;worse=${worse};tolerance=10%'`;
