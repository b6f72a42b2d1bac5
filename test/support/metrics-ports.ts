import type {MonitoringPorts} from '../../src/agents/monitoring/ports.ts';
import type {Metrics, MetricsServer, MetricsSource} from '../../src/mcp/monitoring/port.ts';
import {remarksOf} from '../../src/mcp/monitoring/prometheus/asking.ts';

const unasked = () => Promise.reject(new Error('a fake metrics server is not asked this'));

/** The whole port of a metrics server of which a test writes the numbers alone. */
const serverOf = (metrics: Metrics): MetricsServer => ({
	...metrics,
	instant: async (promql, {atMs} = {}) => ({...remarksOf([]), value: await metrics.query(promql, atMs)}),
	range: async (promql, range) => ({...remarksOf([]), value: await metrics.queryRange(promql, range)}),
	...{labelNames: unasked, labelValues: unasked, metadata: unasked, rules: unasked, alerts: unasked, targets: unasked, flavour: unasked},
});

/** Ports whose metrics server is this one, or is missing for a reason. */
export function metricsPorts<Ports extends Pick<MonitoringPorts, 'monitoring'>>(ports: Ports, source: MetricsSource) {
	const found = source.metrics === undefined ? source : {metrics: serverOf(source.metrics)};
	const metrics = async () => found;
	return {...ports, metrics, monitoring: {...ports.monitoring, metrics}};
}
