import {MkcoaError} from '../../core/error.ts';
import type {MetricsServer, Monitoring} from './port.ts';

const named = 'Name one in monitoring.yaml (see docs/monitoring-servers.md)';

/** The metrics server. @throws MkcoaError `no-metrics-server` with why there is none */
export async function demandMetrics({metrics}: Pick<Monitoring, 'metrics'>): Promise<MetricsServer> {
	const source = await metrics();
	if (source.metrics !== undefined) return source.metrics;
	const next = `${named}, or with --prometheus URL; what pods use now tells: mkcoa k8s top`;
	throw noServer('metrics server', source.why, next);
}

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

const noServer = (what: string, why: string, next: string) =>
	new MkcoaError({
		kind: 'environment',
		code: `no-${what.toLowerCase().replaceAll(' ', '-')}`,
		what: `There is no ${what} to ask`,
		why,
		next,
	});
