import {isNotAllowed, MkcoaError} from '../../core/error.ts';
import {groupOf, type KubeObject} from '../../core/kube/kube-object.ts';
import type {Cluster, ResourceType} from '../../mcp/kubernetes/port.ts';
import {withCertificates} from '../incident/reading/with-certificates.ts';
import type {Unread, World} from './world.ts';

/** What a request may reach beside the cluster. */
export type Surroundings = {
	/** Text of a file of the working directory; undefined where there is none. */
	readonly file: (path: string) => Promise<string | undefined>;
	readonly hasVariable: (name: string) => boolean;
};

/** The cluster as one request sees it: each kind is read once. Values of Secrets are dropped as they come in: no intent can tell what it never held. */
export function liveWorld(cluster: Cluster, surroundings: Surroundings): World {
	const lists = new Map<string, Promise<Listed>>();
	const unread: Unread[] = [];
	const listed = (kind: string) => {
		const list = lists.get(kind) ?? readAll(cluster, kind, unread);
		lists.set(kind, list);
		return list;
	};
	return {
		cluster,
		namespace: cluster.namespace,
		// Who may not list namespaces still works in one.
		namespaces: async () => {
			const names = (await listed('Namespace')).map(({metadata}) => metadata.name);
			return unread.some(({kind}) => kind === 'Namespace') ? [cluster.namespace] : names;
		},
		objects: async (kind, namespace) => {
			const all = await listed(kind);
			return namespace === undefined ? all : all.filter(({metadata}) => metadata.namespace === namespace);
		},
		unread: () => unread,
		...surroundings,
	};
}

type Listed = readonly KubeObject[];

/** None where the cluster has no such kind. Of a kind that may not be listed everywhere, those of the own namespace, where they may. */
async function readAll(cluster: Cluster, kind: string, unread: Unread[]): Promise<Listed> {
	const type = await typeNamed(cluster, kind);
	if (type === undefined) return [];
	try {
		return await readType(cluster, type);
	} catch (error) {
		if (!isNotAllowed(error)) throw error;
		const own = type.namespaced ? await ownNamespace(cluster, type) : undefined;
		const group = groupOf(type.apiVersion);
		unread.push({
			kind: type.kind,
			resource: group === '' ? type.plural : `${type.plural}.${group}`,
			seen: own === undefined ? 'nowhere' : 'here',
		});
		return own ?? [];
	}
}

async function typeNamed(cluster: Cluster, kind: string): Promise<ResourceType | undefined> {
	try {
		return await cluster.typeOf(kind);
	} catch (error) {
		if (error instanceof MkcoaError && error.trouble.code === 'unknown-kind') return undefined;
		throw error;
	}
}

async function ownNamespace(cluster: Cluster, type: ResourceType): Promise<Listed | undefined> {
	try {
		return await readType(cluster, type, cluster.namespace);
	} catch (error) {
		if (isNotAllowed(error)) return undefined;
		throw error;
	}
}

async function readType(cluster: Cluster, type: ResourceType, namespace?: string): Promise<Listed> {
	const objects: KubeObject[] = [];
	for await (const object of cluster.each({type, namespace}))
		objects.push(withCertificates({...object, kind: type.kind, apiVersion: type.apiVersion}));
	return objects;
}
