import type {ReadJson} from '../http/proxied-wire.ts';
import {findService} from '../in-cluster/find-service.ts';
import type {MetricsServer, MetricsSource} from '../port.ts';
import {prometheusServer} from './prometheus-server.ts';

/**
 * Looks for a Prometheus that the API server's service proxy can reach, and asks it whether it answers.
 * @param read reads below the API server
 * @returns the first that answers, or a sentence on why there is none
 */
export async function findPrometheus(read: ReadJson): Promise<MetricsSource<MetricsServer>> {
	const found = await findService('prometheus', read);
	return typeof found === 'string' ? {why: found} : {metrics: prometheusServer(found)};
}
