import {MkcoaError} from '../../core/error.ts';
import type {SeriesBound} from '../../mcp/monitoring/port.ts';
import {type MarkedMetrics, markedMetrics} from './marked-metrics.ts';
import type {MonitoringPorts} from './ports.ts';

/**
 * The metrics server. What it could not tell is remembered: a tool tells `missing()` beside its numbers.
 * @param bound of the series of a range, if it is not the usual one
 * @throws MkcoaError `no-metrics-server` with why there is none
 */
export async function demandMetrics({monitoring}: Pick<MonitoringPorts, 'monitoring'>, bound?: SeriesBound): Promise<MarkedMetrics> {
	const source = await monitoring.metrics();
	if (source.metrics !== undefined) return markedMetrics(source.metrics, bound);
	throw noServer(source.why);
}

/** Nothing can be told without a metrics server. */
export const noServer = (why: string) =>
	new MkcoaError({
		kind: 'environment',
		code: 'no-metrics-server',
		what: 'There is no metrics server to ask',
		why,
		next: 'Name one with --prometheus URL or in monitoring.yaml; what pods use at this moment tells: mkcoa k8s top',
	});
