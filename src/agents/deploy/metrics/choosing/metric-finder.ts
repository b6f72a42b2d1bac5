import {MkcoaError} from '../../../../core/error.ts';
import type {Metrics} from '../../../../mcp/monitoring/port.ts';
import {type FoundSeries, findSeries} from '../../../series/find-series.ts';
import {namesLately} from '../../../series/lately.ts';
import type {DeployPorts} from '../../ports.ts';
import type {Side} from '../placeholders.ts';
import {histogramQuery} from '../reading/histogram-reader.ts';
import {requestQuery} from '../reading/request-reader.ts';
import {podNames} from '../sides.ts';
import {chooseSaturation} from './find-uses.ts';
import type {FoundMetric, JudgedWorkload} from './found-metric.ts';
import {chooseNamed} from './named-metric.ts';
import type {WantedMetric} from './read-metrics.ts';

type BuiltIn = Extract<WantedMetric, {kind: 'built-in'}>;
type Subject = {readonly server: Metrics; readonly series: FoundSeries; readonly namespace: string; readonly side: Side};

/** Finds metrics of one workload; what the server counts of it is looked up once. */
export function metricFinder(
	{cluster, metrics}: Pick<DeployPorts, 'cluster' | 'metrics'>,
	workload: JudgedWorkload,
): (metric: WantedMetric) => Promise<FoundMetric> {
	const {name, namespace, service, podsFirst} = workload;
	const side: Side = {workload: name, pods: podNames(workload.pods), service};
	let inventory: Promise<FoundSeries> | undefined;
	return async metric => {
		if (metric.kind === 'built-in' && metric.base === 'saturation') return chooseSaturation({cluster, metrics}, workload, metric);
		const found = await metrics();
		if (found.metrics === undefined)
			return {why: found.why, next: 'Name one with --prometheus URL, or judge by readiness,restarts,saturation'};
		const server = found.metrics;
		if (metric.kind === 'named')
			return chooseNamed(server, metric, namespace, {now: side, lately: {...side, pods: namesLately(workload.pods)}});
		inventory ??= findSeries(server, {namespace, pods: namesLately(workload.pods), service, podsFirst}).catch(error => {
			throw withSource(error, server.source);
		});
		const subject = {server, series: await inventory, namespace, side};
		return metric.base === 'latency' ? latency(metric, subject) : errorRatio(metric, subject);
	};
}

function errorRatio({name, tolerance}: BuiltIn, {server: {source}, series: {requests: reading}, namespace, side}: Subject): FoundMetric {
	if (reading === undefined) return {why: `${source} counts no requests of ${side.workload}`, next: nameAQuery(name)};
	const query = requestQuery(reading, namespace);
	return {chosen: {metric: {name, kind: 'counts', worse: 'higher', tolerance}, reading, query, source}};
}

function latency(
	{name, tolerance, quantile = 0.5}: BuiltIn,
	{server: {source}, series: {histogram: reading}, namespace, side}: Subject,
): FoundMetric {
	if (reading === undefined)
		return {why: `${source} has no histogram of how long ${side.workload} takes to answer`, next: nameAQuery(name)};
	const query = histogramQuery(reading, namespace);
	return {chosen: {metric: {name, kind: 'latency', worse: 'higher', tolerance, quantile}, reading, query, source}};
}

/** Who failed, where the words of the failure do not say it: the API server tells only its own part. */
function withSource(error: unknown, source: string): unknown {
	if (!(error instanceof MkcoaError) || error.trouble.what.includes(source)) return error;
	return new MkcoaError({...error.trouble, what: `${source} does not answer: ${error.trouble.what}`}, {cause: error});
}

const nameAQuery = (metric: string) =>
	`See that its pods are scraped, leave ${metric} out, or name a query of your own: --metrics 'NAME=PROMQL;worse=higher;tolerance=10%'`;
