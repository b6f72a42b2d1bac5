import type {Unread} from '../../../analysis/detection/snapshot.ts';
import {isNotAllowed, MkcoaError, troubleOf} from '../../../core/error.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import {withCertificates} from './with-certificates.ts';

export type ReadObjects = {readonly objects: readonly KubeObject[]; readonly unread: readonly Unread[]};

/** More objects of one kind than this are not held: what is left out is told. */
const mostObjects = 20_000;

/** What stops everything, and not one kind alone. */
const fatal = new Set(['unreachable', 'signed-out']);

type Where = {readonly namespace?: string | undefined; readonly signal: AbortSignal};

/**
 * Lists kinds side by side. A kind that the cluster does not have is left out, since there is none of it to look at; one that may not be read, or is not, is
 * told with the reason.
 * @throws MkcoaError where nobody answers, or the person is signed out
 */
export async function readObjects(cluster: Cluster, kinds: readonly string[], where: Where): Promise<ReadObjects> {
	const lists = await Promise.all(kinds.map(kind => readKind(cluster, kind, where)));
	return {objects: lists.flatMap(({objects}) => objects), unread: lists.flatMap(({unread}) => unread)};
}

async function readKind(cluster: Cluster, kind: string, {namespace, signal}: Where): Promise<ReadObjects> {
	try {
		const type = await cluster.typeOf(kind);
		const place = type.namespaced ? namespace : undefined;
		try {
			return await listed(cluster, type, place, signal);
		} catch (error) {
			if (!isNotAllowed(error) || !type.namespaced || place !== undefined) throw error;
			// Whoever may not look everywhere mostly may at home.
			const own = await listed(cluster, type, cluster.namespace, signal);
			const why = `may be listed in namespace ${cluster.namespace} only`;
			return {...own, unread: [...own.unread, {kind: type.kind, why, except: cluster.namespace}]};
		}
	} catch (error) {
		if (error instanceof MkcoaError && fatal.has(error.trouble.code)) throw error;
		if (error instanceof MkcoaError && error.trouble.code === 'unknown-kind') return {objects: [], unread: []};
		signal.throwIfAborted();
		const why = isNotAllowed(error) ? 'may not be listed: it needs the right to list them' : troubleOf(error).what;
		return {objects: [], unread: [{kind, why, namespace}]};
	}
}

type Type = Awaited<ReturnType<Cluster['typeOf']>>;

async function listed(cluster: Cluster, type: Type, namespace: string | undefined, signal: AbortSignal): Promise<ReadObjects> {
	const objects: KubeObject[] = [];
	for await (const object of cluster.each({type, namespace})) {
		signal.throwIfAborted();
		if (objects.length === mostObjects)
			return {objects, unread: [{kind: type.kind, why: `there are more than ${mostObjects}, and the rest was not read`, namespace}]};
		objects.push(withCertificates({...object, kind: type.kind, apiVersion: type.apiVersion}));
	}
	return {objects, unread: []};
}
