import type {Interval} from '../../../analysis/canary/metric.ts';
import {MkcoaError} from '../../../core/error.ts';
import {canonicalJson} from '../../../core/json.ts';
import type {Metrics} from '../../../mcp/monitoring/port.ts';
import type {DeployPorts} from '../ports.ts';
import type {ChosenMetric, Reading} from './choosing/chosen-metric.ts';
import {containerUses} from './reading/container-uses.ts';
import {histogramReader} from './reading/histogram-reader.ts';
import {queryReader} from './reading/query-reader.ts';
import {ratioReader} from './reading/ratio-reader.ts';
import type {PrometheusReader} from './reading/reader.ts';
import {requestReader} from './reading/request-reader.ts';
import {saturationReader, usesOfMetricsApi} from './reading/saturation-reader.ts';
import {type Arms, sidesOf} from './sides.ts';

/**
 * What one look tells of one metric. `missing` says why there is nothing to compare: that is never a pass. Its `code` is `no-series`
 * where the server answers and has nothing, as before the first scrape of a new pod; others are failures.
 */
export type Sampled = {readonly metric: string} & Found;

type Found = {readonly interval: Interval} | {readonly interval?: undefined; readonly missing: string; readonly code: string};

export type Sampler = (arms: Arms) => Promise<readonly Sampled[]>;

type Watched = {readonly namespace: string; readonly chosen: readonly ChosenMetric[]};

/**
 * Samples the chosen metrics at each look: what counters grew by since the look before, and values that are new. Metrics that are read
 * alike are read once. The metrics server is found at the first look that it answers; one that is away meanwhile gives no data.
 * Rejects only with what is no `MkcoaError`, such as an abort.
 */
export function samplerOf({cluster, metrics}: Pick<DeployPorts, 'cluster' | 'metrics'>, {namespace, chosen}: Watched): Sampler {
	const overPrometheus = (read: PrometheusReader) => async (arms: Arms) => read(await answering(metrics), sidesOf(arms));
	const usesOfContainers = () => {
		const read = containerUses(namespace);
		return async (pods: readonly string[]) => read(await answering(metrics), pods);
	};
	const readerOf = (reading: Reading) => {
		switch (reading.kind) {
			case 'requests':
				return overPrometheus(requestReader(reading, namespace));
			case 'histogram':
				return overPrometheus(histogramReader(reading, namespace));
			case 'query':
				return overPrometheus(queryReader(reading, namespace));
			case 'ratio':
				return overPrometheus(ratioReader(reading, namespace));
			case 'saturation':
				return saturationReader(reading.from === 'metrics-api' ? usesOfMetricsApi(cluster, namespace) : usesOfContainers());
		}
	};
	const readers = [...Map.groupBy(chosen, ({reading}) => canonicalJson(reading)).values()].flatMap(alike => {
		const [first] = alike;
		return first === undefined ? [] : [{names: alike.map(({metric}) => metric.name), read: readerOf(first.reading)}];
	});
	return async arms => {
		// All at once: a server that does not answer costs the look its patience one time.
		const sampled = await Promise.all(
			readers.map(async ({names, read}) => {
				const found = await told(() => read(arms));
				return names.map(metric => ({metric, ...found}));
			}),
		);
		return sampled.flat();
	};
}

async function told(read: () => Promise<Interval>): Promise<Found> {
	try {
		return {interval: await read()};
	} catch (error) {
		if (!(error instanceof MkcoaError)) throw error;
		const {what, why, code} = error.trouble;
		return {missing: why === undefined ? what : `${what}: ${why}`, code};
	}
}

/** The metrics server that there is now. @throws MkcoaError `no-metrics` */
export async function answering(metrics: DeployPorts['metrics']): Promise<Metrics> {
	const found = await metrics();
	if (found.metrics !== undefined) return found.metrics;
	throw new MkcoaError({kind: 'environment', code: 'no-metrics', what: found.why});
}
