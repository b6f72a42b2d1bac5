import {isNotAllowed, MkcoaError} from '../../core/error.ts';
import type {KubeObject} from '../../core/kube/kube-object.ts';
import {withoutValues} from '../../mcp/kubernetes/model/without-values.ts';
import type {Cluster} from '../../mcp/kubernetes/port.ts';
import type {World} from './world.ts';

/** What a request may reach beside the cluster. */
export type Surroundings = {
	/** Text of a file of the working directory; undefined where there is none. */
	readonly file: (path: string) => Promise<string | undefined>;
	readonly hasVariable: (name: string) => boolean;
};

/** The cluster as one request sees it: each kind is read once. Values of Secrets are dropped as they come in: no intent can tell what it never held. */
export function liveWorld(cluster: Cluster, surroundings: Surroundings): World {
	const lists = new Map<string, Promise<readonly KubeObject[]>>();
	const listed = (kind: string) => {
		const list = lists.get(kind) ?? readAll(cluster, kind);
		lists.set(kind, list);
		return list;
	};
	return {
		cluster,
		namespace: cluster.namespace,
		namespaces: async () => (await listed('Namespace')).map(({metadata}) => metadata.name),
		objects: async (kind, namespace) => {
			const all = await listed(kind);
			return namespace === undefined ? all : all.filter(({metadata}) => metadata.namespace === namespace);
		},
		...surroundings,
	};
}

/** None where the cluster has no such kind, or where they may not be read. */
async function readAll(cluster: Cluster, kind: string): Promise<readonly KubeObject[]> {
	try {
		const type = await cluster.typeOf(kind);
		const objects: KubeObject[] = [];
		for await (const object of cluster.each({type})) objects.push(withoutValues({...object, kind: type.kind, apiVersion: type.apiVersion}));
		return objects;
	} catch (error) {
		if (isNotAllowed(error) || (error instanceof MkcoaError && error.trouble.code === 'unknown-kind')) return [];
		throw error;
	}
}
