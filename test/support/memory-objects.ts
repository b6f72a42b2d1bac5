import {MkcoaError} from '../../src/core/error.ts';
import type {JsonObject} from '../../src/core/json.ts';
import {isJsonObject} from '../../src/core/json.ts';
import {type KubeObject, type Ref, refKey} from '../../src/core/kube/kube-object.ts';
import type {Write} from '../../src/core/plan.ts';
import {ConflictError, type Effector} from '../../src/core/tool.ts';

/** A handful of objects that an effector reads and writes: merge patches, creates and deletes, with optimistic versions. */
export type MemoryObjects = {
	readonly effector: Effector;
	readonly get: (ref: Ref) => KubeObject | undefined;
	/** Somebody else's write. */
	readonly put: (object: KubeObject) => KubeObject;
	readonly remove: (ref: Ref) => void;
	/** Writes that arrived, in order. */
	readonly sent: readonly Write[];
	/** Runs before each write is looked at: what another person does in that very moment, or a failure. */
	beforeSend: (write: Write) => void;
	/** Runs when a write is done, before its answer is given: an answer that gets lost. */
	afterSend: (write: Write) => void;
};

const merged = (value: JsonObject, patch: JsonObject): JsonObject => {
	const result: {[key: string]: JsonObject[string]} = {...value};
	for (const [key, change] of Object.entries(patch)) {
		const before = result[key];
		if (change === null) delete result[key];
		else result[key] = isJsonObject(change) ? merged(isJsonObject(before) ? before : {}, change) : change;
	}
	return result;
};

export function memoryObjects(initial: readonly KubeObject[] = []): MemoryObjects {
	const objects = new Map<string, KubeObject>();
	const sent: Write[] = [];
	let version = 0;
	const keyOf = ({apiVersion, kind, metadata}: KubeObject) =>
		refKey({apiVersion, kind, namespace: metadata.namespace, name: metadata.name});

	/** What mkcoa wrote shows it, as on a server. */
	const written = (object: KubeObject) =>
		put({...object, metadata: {...object.metadata, managedFields: [{manager: 'mkcoa', time: String(version)}]}});

	function put(object: KubeObject): KubeObject {
		const before = objects.get(keyOf(object));
		version++;
		const specChanged = JSON.stringify(before?.spec) !== JSON.stringify(object.spec);
		const generation = (before?.metadata.generation ?? 0) + (specChanged ? 1 : 0);
		const stored: KubeObject = {
			...object,
			metadata: {...object.metadata, uid: before?.metadata.uid ?? `uid-${version}`, resourceVersion: String(version), generation},
		};
		objects.set(keyOf(object), stored);
		return stored;
	}

	function apply(write: Write, live: KubeObject | undefined): JsonObject | null {
		const now = objects.get(refKey(write.ref));
		if (now?.metadata.resourceVersion !== live?.metadata.resourceVersion) throw new ConflictError();
		switch (write.op) {
			case 'apply':
			case 'create':
			case 'replace':
				return written(write.manifest);
			case 'patch':
				if (now === undefined || !isJsonObject(write.patch))
					throw new MkcoaError({kind: 'usage', code: 'not-found', what: 'There is nothing to patch'});
				// A merge of an object's own shape keeps the shape.
				return written(merged(now, write.patch) as KubeObject);
			case 'exec':
				return {stdout: write.command.join(' '), stderr: '', exitCode: 0};
			default:
				objects.delete(refKey(write.ref));
				return null;
		}
	}

	for (const object of initial) put(object);
	const memory: MemoryObjects = {
		effector: {
			demandRights: async () => {},
			read: async ref => objects.get(refKey(ref)),
			async send(write, live) {
				memory.beforeSend(write);
				const answer = apply(write, live);
				sent.push(write);
				memory.afterSend(write);
				return answer;
			},
		},
		get: ref => objects.get(refKey(ref)),
		put,
		remove: ref => void objects.delete(refKey(ref)),
		sent,
		beforeSend() {},
		afterSend() {},
	};
	return memory;
}
