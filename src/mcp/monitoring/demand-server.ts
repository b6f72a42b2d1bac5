import {MkcoaError} from '../../core/error.ts';
import type {MetricsServer, Monitoring} from './port.ts';

const named = 'Name one in monitoring.yaml (see docs/monitoring-servers.md)';

/** The metrics server with its rules and targets. @throws MkcoaError `no-metrics-server` with why there is none */
export async function demandMetrics({metrics}: Pick<Monitoring, 'metrics'>): Promise<MetricsServer> {
	const source = await metrics();
	if (source.metrics !== undefined) return source.metrics;
	throw noMetricsServer(source.why);
}

/** Nobody keeps the past. */
export const noMetricsServer = (why: string) =>
	noServer('metrics server', why, `${named}, or with --prometheus URL; what pods use now tells: mkcoa k8s top`);

/**
 * A server of monitoring.
 * @param what it is called: `Alertmanager`
 * @throws MkcoaError `no-alertmanager` with why there is none
 */
export async function demandServer<Port>(
	what: string,
	find: () => Promise<{readonly port: Port} | {readonly port?: undefined; readonly why: string}>,
): Promise<Port> {
	const found = await find();
	if ('why' in found) throw noServer(what, found.why, named);
	return found.port;
}

function noServer(what: string, why: string, next: string): MkcoaError {
	const code = `no-${what.toLowerCase().replaceAll(' ', '-')}`;
	return new MkcoaError({kind: 'environment', code, what: `There is no ${what} to ask`, why, next});
}
