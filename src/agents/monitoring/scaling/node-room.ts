import {type NodeRoom, roomOf} from '../../../analysis/capacity/free-room.ts';
import {isNotAllowed} from '../../../core/error.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import {everyObject} from '../../../mcp/kubernetes/read-neighbours.ts';

/** The room of every node, or why nobody can tell. */
export type Rooms = {readonly rooms: readonly NodeRoom[]} | {readonly rooms?: undefined; readonly why: string};

/** What the nodes have left by requests, those of all namespaces. */
export async function nodeRooms(cluster: Cluster): Promise<Rooms> {
	const every = async (kind: string): Promise<readonly KubeObject[]> => everyObject(cluster, {type: await cluster.typeOf(kind)});
	try {
		const [nodes, pods] = await Promise.all([every('nodes'), every('pods')]);
		return {rooms: roomOf(nodes, pods)};
	} catch (error) {
		if (isNotAllowed(error)) return {why: error.trouble.what};
		throw error;
	}
}
