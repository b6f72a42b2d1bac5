import type {MetricsServer} from '../../../mcp/monitoring/port.ts';
import {noServer} from '../demand-metrics.ts';
import type {MonitoringPorts} from '../ports.ts';

/** The metrics server with its rules and targets. @throws MkcoaError `no-metrics-server` with why there is none */
export async function demandServer({monitoring}: Pick<MonitoringPorts, 'monitoring'>): Promise<MetricsServer> {
	const source = await monitoring.metrics();
	if (source.metrics !== undefined) return source.metrics;
	throw noServer(source.why);
}
