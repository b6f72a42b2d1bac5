import type {Unread} from '../../../analysis/detection/snapshot.ts';
import {isNotAllowed, MkcoaError, troubleOf} from '../../../core/error.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {withoutValues} from '../../../mcp/kubernetes/model/without-values.ts';
import type {Cluster, ResourceType} from '../../../mcp/kubernetes/port.ts';

type Watching = {
	readonly cluster: Pick<Cluster, 'namespace' | 'typeOf' | 'watch'>;
	/** The only namespace to watch; all of them if left out. */
	readonly namespace?: string | undefined;
	readonly signal: AbortSignal;
	readonly onObject: (type: 'added' | 'modified' | 'deleted', object: KubeObject) => void;
	/** A kind is not watched, or not any more: what was told of it holds no longer, but in the one namespace that is named. */
	readonly onUnread: (unread: Unread) => void;
};

/** What stops everything, and not one kind alone. */
const fatal = new Set(['unreachable', 'signed-out']);

/**
 * Opens one watch for each kind, and resolves when everything that exists has been told. A kind that the cluster does not have is left out; one that may not be
 * watched everywhere is watched at home, and told as unread.
 * @throws MkcoaError where nobody answers, or the person is signed out
 */
export const watchKinds = async (kinds: readonly string[], watching: Watching): Promise<void> =>
	void (await Promise.all(kinds.map(kind => watchKind(kind, watching))));

/** Resolves when what exists of a kind is told, or that it is not. The watch goes on behind it. */
async function watchKind(kind: string, watching: Watching): Promise<void> {
	const {cluster, namespace, onUnread, signal} = watching;
	const synced = Promise.withResolvers<void>();
	const whole = async () => {
		const type = await cluster.typeOf(kind);
		const place = type.namespaced ? namespace : undefined;
		try {
			await followKind(type, place, watching, synced.resolve);
		} catch (error) {
			if (!isNotAllowed(error) || !type.namespaced || place !== undefined) throw error;
			// Whoever may not look everywhere mostly may at home.
			onUnread({kind: type.kind, why: `may be watched in namespace ${cluster.namespace} only`, except: cluster.namespace});
			await followKind(type, cluster.namespace, watching, synced.resolve);
		}
	};
	whole().then(synced.resolve, (error: unknown) => {
		if (signal.aborted || (error instanceof MkcoaError && error.trouble.code === 'unknown-kind')) return synced.resolve();
		if (error instanceof MkcoaError && fatal.has(error.trouble.code)) synced.reject(error);
		const why = isNotAllowed(error) ? 'may not be watched: it needs the rights to list and to watch them' : troubleOf(error).what;
		onUnread({kind, why, ...(namespace === undefined ? {} : {namespace})});
		synced.resolve();
	});
	return synced.promise;
}

async function followKind(type: ResourceType, namespace: string | undefined, {cluster, signal, onObject}: Watching, onSynced: () => void) {
	for await (const event of cluster.watch({type, namespace}, signal)) {
		if (event.type === 'synced') onSynced();
		else onObject(event.type, withoutValues({...event.object, kind: type.kind, apiVersion: type.apiVersion}));
	}
}
