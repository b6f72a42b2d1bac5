import {isNotAllowed, MkcoaError} from '../../core/error.ts';
import type {KubeObject} from '../../core/kube/kube-object.ts';
import type {Cluster, ListQuery} from './port.ts';

/** Objects of a namespace, and the kinds that could not be read: silence about them would look like a pass. */
export type Neighbours = {readonly objects: readonly KubeObject[]; readonly notChecked: readonly string[]};

/** More objects of one kind than this are not read; the answer says so. */
const mostOfAKind = 2000;

/**
 * Reads kinds (`plural.group`) of one namespace. A kind that the cluster does not have has no objects; one that may not be read is
 * named in `notChecked`.
 * @param fieldSelector narrows them at the server
 */
export async function readNeighbours(
	cluster: Cluster,
	namespace: string | undefined,
	kinds: readonly string[],
	fieldSelector?: string,
): Promise<Neighbours> {
	const parts = await Promise.all(kinds.map(kind => readKind(cluster, namespace, kind, fieldSelector)));
	return {objects: parts.flatMap(({objects}) => objects), notChecked: parts.flatMap(({notChecked}) => notChecked)};
}

async function readKind(
	cluster: Cluster,
	namespace: string | undefined,
	kind: string,
	fieldSelector: string | undefined,
): Promise<Neighbours> {
	const objects: KubeObject[] = [];
	try {
		const type = await cluster.typeOf(kind);
		for await (const object of cluster.each({type, namespace: type.namespaced ? namespace : undefined, fieldSelector})) {
			if (objects.length === mostOfAKind) return {objects, notChecked: [`${kind}: only the first ${mostOfAKind} were read`]};
			objects.push({...object, apiVersion: type.apiVersion, kind: type.kind});
		}
		return {objects, notChecked: []};
	} catch (error) {
		if (!(error instanceof MkcoaError)) throw error;
		if (error.trouble.code === 'unknown-kind') return {objects: [], notChecked: []};
		if (isNotAllowed(error)) return {objects: [], notChecked: [`${kind}: reading them is not allowed`]};
		throw error;
	}
}

/** Every object of a query. Rejects as the cluster does. */
export async function everyObject(cluster: Cluster, query: ListQuery): Promise<readonly KubeObject[]> {
	const objects: KubeObject[] = [];
	for await (const object of cluster.each(query)) objects.push(object);
	return objects;
}

/** Who may not read namespaces is told of none that it is missing. */
export async function isMissingNamespace(cluster: Pick<Cluster, 'get'>, name: string): Promise<boolean> {
	try {
		return (await cluster.get({apiVersion: 'v1', kind: 'Namespace', name})) === undefined;
	} catch (error) {
		if (isNotAllowed(error)) return false;
		throw error;
	}
}

/**
 * An empty answer from a namespace that does not exist looks like all is well. Who may not read namespaces is not told.
 * @throws MkcoaError `no-such-namespace`
 */
export async function refuseMissingNamespace(cluster: Pick<Cluster, 'get'>, name: string): Promise<void> {
	if (!(await isMissingNamespace(cluster, name))) return;
	throw new MkcoaError({
		kind: 'usage',
		code: 'no-such-namespace',
		what: `There is no namespace ${name}`,
		next: 'See mkcoa k8s namespaces, or look everywhere with --all-namespaces',
	});
}
