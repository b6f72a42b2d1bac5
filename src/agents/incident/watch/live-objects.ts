import type {Snapshot, Unread} from '../../../analysis/detection/snapshot.ts';
import {canonicalJson, type Json} from '../../../core/json.ts';
import {type KubeObject, refKey, refOf} from '../../../core/kube/kube-object.ts';

/** The cluster as watches tell it, in memory. */
export type LiveObjects = {
	/** Answers whether it says anything new. */
	readonly put: (object: KubeObject) => boolean;
	readonly remove: (object: KubeObject) => void;
	readonly removeKind: (kind: string, namespace?: string) => void;
	readonly unread: (unread: Unread) => void;
	readonly snapshot: (nowMs: number, namespace: string | undefined) => Snapshot;
};

/** Nodes tell every few seconds that they live, and nothing else. */
const withoutHeartbeat = (object: KubeObject): string =>
	JSON.stringify(object, (key, value: unknown) =>
		['lastHeartbeatTime', 'resourceVersion', 'managedFields'].includes(key) ? undefined : value,
	);

/** An empty cluster. */
export function liveObjects(): LiveObjects {
	const byKey = new Map<string, KubeObject>();
	const unread = new Map<string, Unread>();
	return {
		put(object) {
			const key = refKey(refOf(object));
			const before = byKey.get(key);
			byKey.set(key, object);
			return object.kind !== 'Node' || before === undefined || withoutHeartbeat(before) !== withoutHeartbeat(object);
		},
		remove: object => void byKey.delete(refKey(refOf(object))),
		removeKind(kind, namespace) {
			for (const [key, object] of byKey)
				if (object.kind === kind && (namespace === undefined || object.metadata.namespace === namespace)) byKey.delete(key);
		},
		unread: each => void unread.set(canonicalJson({...each} as Json), each),
		snapshot: (nowMs, namespace) => ({
			takenAt: new Date(nowMs).toISOString(),
			...(namespace === undefined ? {} : {namespace}),
			objects: [...byKey.values()],
			unread: [...unread.values()],
		}),
	};
}
