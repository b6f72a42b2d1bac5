import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {isInside, isPattern, type Room} from '../../../core/roles/reach.ts';
import type {Cluster, ListQuery} from '../port.ts';

/** The namespaces of a room: those that it names, or those of the cluster that fit its patterns. */
export async function namespacesOf(room: Room, cluster: Cluster): Promise<readonly string[]> {
	if (!room.namespaces.some(isPattern)) return room.namespaces.filter(name => isInside(room, name));
	const found = await ownNamespaces(room, {type: await cluster.typeOf('namespaces')}, cluster);
	return found.map(({metadata}) => metadata.name);
}

/** The namespaces themselves, as far as they belong to the room. Where all are known by name no other one is asked for. */
export async function ownNamespaces(room: Room, query: ListQuery, cluster: Cluster): Promise<readonly KubeObject[]> {
	const found: KubeObject[] = [];
	if (room.namespaces.some(isPattern) || query.labelSelector !== undefined || query.fieldSelector !== undefined) {
		for await (const object of cluster.each({...query, cursor: undefined})) if (isInside(room, object.metadata.name)) found.push(object);
		return found;
	}
	for (const name of await namespacesOf(room, cluster)) {
		const object = await cluster.get({apiVersion: 'v1', kind: 'Namespace', name});
		if (object !== undefined) found.push(object);
	}
	return found;
}
