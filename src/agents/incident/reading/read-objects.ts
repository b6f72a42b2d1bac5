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

export type Where = {
	/** The only namespace that is wanted; all of them if left out. */
	readonly namespace?: string | undefined;
	readonly signal: AbortSignal;
	/** Told of each kind that may not be listed where it is wanted: `here` those of the own namespace were read instead, `nowhere` none were. */
	readonly onHidden?: ((type: Type, seen: 'here' | 'nowhere') => void) | undefined;
};

type Type = Awaited<ReturnType<Cluster['typeOf']>>;

/**
 * Lists kinds side by side. A kind that the cluster does not have is left out, since there is none of it to look at; one that may not be read, or is not, is
 * told with the reason.
 * @throws MkcoaError where nobody answers, or the person is signed out
 */
export async function readObjects(cluster: Cluster, kinds: readonly string[], where: Where): Promise<ReadObjects> {
	const lists = await Promise.all(kinds.map(kind => readKind(cluster, kind, where)));
	return {objects: lists.flatMap(({objects}) => objects), unread: lists.flatMap(({unread}) => unread)};
}

async function readKind(cluster: Cluster, kind: string, where: Where): Promise<ReadObjects> {
	try {
		return await listKind(cluster, kind, {...where, most: mostObjects});
	} catch (error) {
		if (error instanceof MkcoaError && fatal.has(error.trouble.code)) throw error;
		where.signal.throwIfAborted();
		return {objects: [], unread: [{kind, why: troubleOf(error).what, namespace: where.namespace}]};
	}
}

type Bounded = Where & {
	/** More objects than this are not held; all of them are if left out. */
	readonly most?: number;
};

/**
 * Lists one kind: nothing where the cluster has no such kind, and what may be listed where not all of it may.
 * @throws MkcoaError where the list fails for another reason than missing rights
 */
export async function listKind(cluster: Cluster, kind: string, where: Bounded): Promise<ReadObjects> {
	const type = await typeNamed(cluster, kind);
	if (type === undefined) return {objects: [], unread: []};
	const asked = {...where, namespace: type.namespaced ? where.namespace : undefined};
	try {
		return await listed(cluster, type, asked);
	} catch (error) {
		if (!isNotAllowed(error)) throw error;
		// Whoever may not look everywhere mostly may at home.
		const own = type.namespaced && asked.namespace === undefined ? await ownNamespace(cluster, type, asked) : undefined;
		where.onHidden?.(type, own === undefined ? 'nowhere' : 'here');
		if (own === undefined)
			return {objects: [], unread: [{kind, why: 'may not be listed: it needs the right to list them', namespace: where.namespace}]};
		const why = `may be listed in namespace ${cluster.namespace} only`;
		return {...own, unread: [...own.unread, {kind: type.kind, why, except: cluster.namespace}]};
	}
}

async function typeNamed(cluster: Cluster, kind: string): Promise<Type | undefined> {
	try {
		return await cluster.typeOf(kind);
	} catch (error) {
		if (error instanceof MkcoaError && error.trouble.code === 'unknown-kind') return undefined;
		throw error;
	}
}

async function ownNamespace(cluster: Cluster, type: Type, where: Bounded): Promise<ReadObjects | undefined> {
	try {
		return await listed(cluster, type, {...where, namespace: cluster.namespace});
	} catch (error) {
		if (isNotAllowed(error)) return undefined;
		throw error;
	}
}

async function listed(cluster: Cluster, type: Type, {namespace, signal, most = Infinity}: Bounded): Promise<ReadObjects> {
	const objects: KubeObject[] = [];
	for await (const object of cluster.each({type, namespace})) {
		signal.throwIfAborted();
		if (objects.length === most)
			return {objects, unread: [{kind: type.kind, why: `there are more than ${most}, and the rest was not read`, namespace}]};
		objects.push(withCertificates({...object, kind: type.kind, apiVersion: type.apiVersion}));
	}
	return {objects, unread: []};
}
