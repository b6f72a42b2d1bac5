import {MkcoaError} from '../../../../core/error.ts';
import type {DeployPorts} from '../../ports.ts';
import {metricTrouble} from '../metric-trouble.ts';
import {once} from '../once.ts';
import type {ChosenMetric} from './chosen-metric.ts';
import type {FoundMetric, JudgedWorkload} from './found-metric.ts';
import {metricFinder} from './metric-finder.ts';
import {readMetrics, usualMetrics, type WantedMetric} from './read-metrics.ts';

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

/**
 * Finds the numbers of each metric.
 * @param texts of `--metrics`; none means the usual ones, as far as the workload has them
 * @throws MkcoaError `metric-without-series` for a metric that was asked for by name, `bad-metric`, `unknown-metric`, `bad-query`,
 * and whatever `ports.metrics` rejects with
 */
export async function chooseMetrics(
	ports: Pick<DeployPorts, 'cluster' | 'metrics'>,
	workload: JudgedWorkload,
	texts: readonly string[],
): Promise<Choice> {
	const isAsked = texts.length > 0;
	const wanted = readMetrics(isAsked ? texts : usualMetrics);
	const metrics = once(ports.metrics);
	// A server that the person named and that does not answer is an error, whatever is judged.
	if (!isAsked) await metrics();
	const find = metricFinder({cluster: ports.cluster, metrics}, workload);
	const chosen: ChosenMetric[] = [];
	const leftOut: {metric: string; why: string}[] = [];
	for (const metric of wanted) {
		if (byPods(metric) !== undefined) continue;
		const found = isAsked ? await find(metric) : await find(metric).catch(whyNot);
		if ('chosen' in found) chosen.push(isAsked ? found.chosen : asUsual(found.chosen));
		else if (!isAsked) leftOut.push({metric: metric.name, why: found.why});
		else throw metricTrouble('metric-without-series', {what: `${workload.name} cannot be judged by ${metric.name}`, ...found});
	}
	const source = [...new Set(chosen.map(each => each.source))].join(' and ');
	return {
		chosen,
		byPods: wanted.flatMap(metric => byPods(metric) ?? []),
		leftOut,
		...(source !== '' && {source}),
	};
}

/** The ratio of errors always has to be known: no traffic is never a pass. A high percentile takes many more requests. */
const asUsual = (chosen: ChosenMetric): ChosenMetric => (chosen.metric.kind === 'latency' ? {...chosen, needsTraffic: true} : chosen);

const byPods = (metric: WantedMetric) =>
	metric.kind === 'built-in' && (metric.base === 'readiness' || metric.base === 'restarts') ? metric.base : undefined;

/** A metrics server that fails is a reason to judge without the usual metrics, and is told. */
function whyNot(error: unknown): FoundMetric {
	if (!(error instanceof MkcoaError)) throw error;
	const {what, why, code} = error.trouble;
	return {why: why === undefined || code === 'bad-query' ? what : `${what}: ${why}`, next: ''};
}
