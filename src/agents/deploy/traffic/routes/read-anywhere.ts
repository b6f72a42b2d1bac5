import type {Cluster} from '../../../../mcp/kubernetes/port.ts';
import {type Neighbours, readNeighbours} from '../../../../mcp/kubernetes/read-neighbours.ts';

/** One kind (`plural.group`) of all namespaces; where that is not allowed, of the one that is named, and the rest is told. */
export async function readAnywhere(cluster: Cluster, namespace: string | undefined, kind: string): Promise<Neighbours> {
	const everywhere = await readNeighbours(cluster, undefined, [kind]);
	if (everywhere.notChecked.length === 0) return everywhere;
	const near = await readNeighbours(cluster, namespace, [kind]);
	return {objects: near.objects, notChecked: near.notChecked.length > 0 ? near.notChecked : [`${kind} of other namespaces`]};
}
