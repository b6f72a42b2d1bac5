import {isNotAllowed} from '../../core/error.ts';
import {groupOf, type KubeObject} from '../../core/kube/kube-object.ts';
import type {Cluster, ResourceType} from '../../mcp/kubernetes/port.ts';
import {listKind} from '../incident/reading/read-objects.ts';
import {readSnapshot} from '../incident/reading/read-snapshot.ts';
import type {Unread, World} from './world.ts';

/** What a request may reach beside the cluster. */
export type Surroundings = {
	/** Text of a file of the working directory; undefined where there is none. */
	readonly file: (path: string) => Promise<string | undefined>;
	readonly hasVariable: (name: string) => boolean;
};

/** The cluster as one request sees it: each kind is read once. Values of Secrets are dropped as they come in: no intent can tell what it never held. */
export function liveWorld(cluster: Cluster, surroundings: Surroundings, signal: AbortSignal): World {
	const lists = new Map<string, Promise<readonly KubeObject[]>>();
	const unread = new Map<string, Unread>();
	const onHidden = (type: ResourceType, seen: Unread['seen']) => unread.set(type.kind, hidden(type, seen));
	const listed = (kind: string) => {
		const list = lists.get(kind) ?? listKind(cluster, kind, {signal, onHidden}).then(({objects}) => objects);
		lists.set(kind, list);
		return list;
	};
	return {
		cluster,
		signal,
		namespace: cluster.namespace,
		// Who may not list namespaces still works in one.
		namespaces: async () => {
			const names = (await listed('Namespace')).map(({metadata}) => metadata.name);
			return unread.has('Namespace') ? [cluster.namespace] : names;
		},
		objects: async (kind, namespace) => {
			const all = await listed(kind);
			return namespace === undefined ? all : all.filter(({metadata}) => metadata.namespace === namespace);
		},
		snapshot: async ({namespace, nowMs}) => {
			try {
				return await readSnapshot(cluster, {namespace, nowMs, signal, onHidden});
			} catch (error) {
				// Nothing at all may be listed: as everywhere in a world, `unread` tells.
				if (!isNotAllowed(error)) throw error;
				return {takenAt: new Date(nowMs).toISOString(), objects: [], unread: []};
			}
		},
		unread: () => [...unread.values()],
		...surroundings,
	};
}

function hidden({kind, plural, apiVersion}: ResourceType, seen: Unread['seen']): Unread {
	const group = groupOf(apiVersion);
	return {kind, resource: group === '' ? plural : `${plural}.${group}`, seen};
}
