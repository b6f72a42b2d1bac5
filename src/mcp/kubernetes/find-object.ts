import {MkcoaError} from '../../core/error.ts';
import {type KubeObject, type Ref, refText} from '../../core/kube/kube-object.ts';
import type {Cluster, ResourceType} from './port.ts';

/** The name of an object of a type; cluster-scoped types lose the namespace. */
const refIn = (cluster: Cluster, type: ResourceType, name: string, namespace?: string): Ref => ({
	apiVersion: type.apiVersion,
	kind: type.kind,
	...(type.namespaced ? {namespace: namespace ?? cluster.namespace} : {}),
	name,
});

/**
 * Reads one object by the words a person used.
 * @throws MkcoaError `not-found`, which names the namespace that was looked into
 */
export async function findObject(
	cluster: Cluster,
	{kind, name, namespace}: {readonly kind: string; readonly name: string; readonly namespace?: string | undefined},
): Promise<{readonly type: ResourceType; readonly ref: Ref; readonly object: KubeObject}> {
	const type = await cluster.typeOf(kind);
	const ref = refIn(cluster, type, name, namespace);
	const object = await cluster.get(ref);
	if (object === undefined) throw notFound(ref, type);
	return {type, ref, object};
}

const notFound = (ref: Ref, {plural, namespaced}: ResourceType) =>
	new MkcoaError({
		kind: 'usage',
		code: 'not-found',
		what: `${refText(ref)} does not exist`,
		next: `List what there is with: mkcoa k8s list ${plural}${namespaced ? ` -n ${ref.namespace}, or --all-namespaces` : ''}`,
	});

/**
 * Reads an owner: an owner reference does not say whether its kind has namespaces, so the kind is asked.
 * Answers undefined for a kind that the cluster does not have.
 */
export async function findOwner(cluster: Cluster, {namespace, ...ref}: Ref): Promise<KubeObject | undefined> {
	const type = (await cluster.types()).find(({apiVersion, kind}) => apiVersion === ref.apiVersion && kind === ref.kind);
	if (type === undefined) return undefined;
	return cluster.get(type.namespaced && namespace !== undefined ? {...ref, namespace} : ref);
}

/** `statefulset/db` or `web`, which is a Deployment. */
export function workloadWords(workload: string): {readonly kind: string; readonly name: string} {
	const slash = workload.indexOf('/');
	return slash === -1 ? {kind: 'Deployment', name: workload} : {kind: workload.slice(0, slash), name: workload.slice(slash + 1)};
}
