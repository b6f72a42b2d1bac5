import type {Cluster} from '../../../../mcp/kubernetes/port.ts';
import {readNeighbours} from '../../../../mcp/kubernetes/read-neighbours.ts';
import {isPrometheus} from '../../../../mcp/monitoring/model/is-prometheus.ts';

/** Namespaces in which a Prometheus runs, by its Service; none where nobody may look, which the checks then tell of Services. */
export async function prometheusNamespaces(cluster: Cluster): Promise<readonly string[]> {
	const {objects} = await readNeighbours(cluster, undefined, ['services']);
	const names = objects.filter(isPrometheus).map(({metadata}) => metadata.namespace ?? '');
	return [...new Set(names)].filter(name => name !== '').sort();
}
