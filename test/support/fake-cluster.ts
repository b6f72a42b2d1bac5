import {MkcoaError} from '../../src/core/error.ts';
import {canonicalJson, type JsonObject} from '../../src/core/json.ts';
import {groupOf, type KubeObject, type Ref, refKey, refOf, refText} from '../../src/core/kube/kube-object.ts';
import type {Write} from '../../src/core/plan.ts';
import {ConflictError, type Effector} from '../../src/core/tool.ts';
import {podPhase} from '../../src/mcp/kubernetes/model/pod-phase.ts';
import {localAfter} from '../../src/mcp/kubernetes/plan/local-after.ts';
import type {Cluster, ContextInfo, DryRun, ListQuery, ResourceType, ServerTable} from '../../src/mcp/kubernetes/port.ts';
import {fakeKinds} from './fake-kinds.ts';
import {loadedSchema} from './loaded-schema.ts';

type World = {
	readonly objects?: readonly KubeObject[];
	readonly kinds?: readonly ResourceType[];
	readonly contexts?: readonly ContextInfo[];
	/** By `pod/container`. */
	readonly logs?: {readonly [source: string]: readonly string[]};
	/** By path. */
	readonly raw?: {readonly [path: string]: JsonObject};
	/** Plain text, by path. */
	readonly text?: {readonly [path: string]: string};
	readonly rules?: JsonObject;
	/** Plurals that may not be read, `verb plural` for questions. */
	readonly denied?: readonly string[];
	/** Overrides the answer to one dry run. */
	readonly dryRun?: (write: Write) => DryRun | undefined;
	/** Names of pods that a disruption budget guards now. */
	readonly guarded?: readonly string[];
	readonly execAnswer?: JsonObject;
};

/** A cluster in memory: keeps objects and versions, refuses what a server refuses, and remembers every question. */
export type FakeCluster = {
	readonly cluster: Cluster;
	readonly effector: Effector;
	/** `get Deployment shop/web`, `dry-run apply …`, `send apply …`, in order. */
	readonly calls: readonly string[];
	readonly object: (kind: string, name: string, namespace?: string) => KubeObject | undefined;
	/** Somebody else changes an object: a new version, and a new generation when the spec differs. */
	readonly put: (object: KubeObject) => void;
	/** Somebody else deletes an object. */
	readonly remove: (kind: string, name: string) => void;
};

const trouble = (code: string, what: string, kind: 'usage' | 'auth' | 'environment' = 'usage') => new MkcoaError({kind, code, what});

export function fakeCluster(world: World = {}): FakeCluster {
	const kinds = world.kinds ?? fakeKinds;
	const store = new Map<string, KubeObject>();
	const calls: string[] = [];
	let version = 100;

	const put = (object: KubeObject) => {
		version += 1;
		const old = store.get(refKey(refOf(object)));
		const moved = old !== undefined && canonicalJson(old.spec) !== canonicalJson(object.spec);
		const generation = (old?.metadata.generation ?? object.metadata.generation ?? 1) + (moved ? 1 : 0);
		const metadata = {
			...object.metadata,
			uid: old?.metadata.uid ?? object.metadata.uid ?? `uid-${version}`,
			resourceVersion: String(version),
			generation,
		};
		const kept = {...object, metadata};
		store.set(refKey(refOf(object)), kept);
		return kept;
	};
	for (const object of world.objects ?? []) put(object);

	const typeOf = async (word: string) => {
		const found = kinds.find(({kind, plural, singular, shortNames, apiVersion}) => {
			const group = groupOf(apiVersion);
			const suffix = group === '' ? '' : `.${group}`;
			const whole = `${kind}.${group === '' ? apiVersion : group}`;
			return [kind, kind.toLowerCase(), plural, singular, ...shortNames, `${plural}${suffix}`, whole].includes(word);
		});
		if (found === undefined) throw trouble('unknown-kind', `The cluster has no kind ${word}`);
		return found;
	};
	const select = ({type, namespace, labelSelector, fieldSelector}: ListQuery) => {
		if (world.denied?.includes(type.plural)) throw trouble('not-allowed', `Listing ${type.plural} is not allowed`, 'auth');
		return [...store.values()].filter(
			object =>
				object.kind === type.kind &&
				groupOf(object.apiVersion) === groupOf(type.apiVersion) &&
				(namespace === undefined || object.metadata.namespace === namespace) &&
				matches(labelSelector, path => object.metadata.labels?.[path]) &&
				matches(fieldSelector, path => path.split('.').reduce<unknown>((value, key) => (value as JsonObject | undefined)?.[key], object)),
		);
	};
	const page = (query: ListQuery) => {
		const all = select(query);
		const start = Number(query.cursor ?? 0);
		const end = start + (query.pageSize ?? 500);
		return {items: all.slice(start, end), rest: Math.max(0, all.length - end), next: end < all.length ? String(end) : undefined};
	};
	const get = async (ref: Ref) => {
		calls.push(`get ${refText(ref)}`);
		return store.get(refKey(ref));
	};

	const refuseGuarded = ({op, ref}: Write) => {
		if (op === 'evict' && world.guarded?.includes(ref.name)) throw trouble('disruption-budget', 'A budget guards the pod', 'environment');
	};

	const cluster: Cluster = {
		namespace: 'shop',
		target: async namespace => ({context: 'test', cluster: 'test', clusterId: 'uid-kube-system', namespace, identity: 'tester'}),
		types: async () => kinds,
		typeOf,
		typeOfRef: async ({apiVersion, kind}) => {
			const found = kinds.find(type => type.kind === kind && type.apiVersion === apiVersion);
			if (found === undefined) throw trouble('unknown-kind', `The cluster has no kind ${kind} of ${apiVersion}`);
			return found;
		},
		get,
		async list(query) {
			calls.push(`list ${query.type.plural}`);
			const {items, rest, next} = page(query);
			return {items, resourceVersion: String(version), ...(next === undefined ? {} : {cursor: next, remaining: rest})};
		},
		async *each(query) {
			calls.push(`list ${query.type.plural}`);
			yield* select(query);
		},
		async table(query) {
			calls.push(`table ${query.type.plural}`);
			const {items, next} = page(query);
			return {...tableOf(query.type, items), ...(next === undefined ? {} : {cursor: next})};
		},
		async *watch() {},
		async *logs({pod, container, tailLines}) {
			const lines = world.logs?.[`${pod}/${container}`];
			if (lines === undefined) throw trouble('server-error', `container ${container} is waiting to start`, 'environment');
			yield* lines.slice(-(tailLines ?? lines.length));
		},
		async dryRun(write) {
			calls.push(`dry-run ${write.op} ${refText(write.ref)}`);
			refuseGuarded(write);
			return world.dryRun?.(write) ?? {computed: 'server', after: await resultOf(write, store.get(refKey(write.ref))), warnings: []};
		},
		canI: async questions =>
			questions.map(({verb, resource}) => ({allowed: !world.denied?.includes(`${verb} ${resource}`), reason: 'as the test says'})),
		rules: async () => world.rules ?? {},
		async raw(path) {
			calls.push(`raw ${path}`);
			return world.raw?.[path];
		},
		async text(path) {
			calls.push(`text ${path}`);
			return world.text?.[path];
		},
		async probe(path) {
			calls.push(`probe ${path}`);
			return world.raw?.[path] === undefined ? {answered: false, why: 'it answers 404'} : {answered: true};
		},
		contexts: () => world.contexts ?? [],
	};

	const effector: Effector = {
		demandRights: async () => {},
		read: async ref => store.get(refKey(ref)),
		async send(write, live) {
			calls.push(`send ${write.op} ${refText(write.ref)}`);
			const stored = store.get(refKey(write.ref));
			if (stored?.metadata.resourceVersion !== live?.metadata.resourceVersion) throw new ConflictError();
			if (write.op === 'exec') return world.execAnswer ?? {stdout: '', stderr: '', exitCode: 0};
			refuseGuarded(write);
			const after = await resultOf(write, stored);
			// A server compares and swaps in one step: whoever wrote meanwhile was first.
			if (store.get(refKey(write.ref)) !== stored) throw new ConflictError();
			if (after === null) store.delete(refKey(write.ref));
			if (after === null) return null;
			if (after.kind === 'Scale' && stored !== undefined) {
				put({...stored, spec: {...(stored.spec as JsonObject), replicas: (after.spec as JsonObject).replicas}});
				return after;
			}
			return put(after);
		},
	};
	const object = (kind: string, name: string, namespace?: string) =>
		[...store.values()].find(
			other => other.kind === kind && other.metadata.name === name && (namespace === undefined || other.metadata.namespace === namespace),
		);
	const remove = (kind: string, name: string) => {
		const found = object(kind, name);
		if (found !== undefined) store.delete(refKey(refOf(found)));
	};
	return {cluster, effector, calls, object, put, remove};
}

/** What the server would answer: the object, a Scale for the scale subresource, null when it is gone. */
async function resultOf(write: Write, live: KubeObject | undefined): Promise<KubeObject | null> {
	if (write.op === 'create' && live !== undefined) throw trouble('server-error', `${refText(write.ref)} already exists`, 'environment');
	if (write.op === 'patch' && live === undefined) throw trouble('server-error', `${refText(write.ref)} does not exist`, 'environment');
	if (write.op === 'patch' && write.subresource === 'scale') {
		const asked = (write.patch as {readonly spec: JsonObject}).spec;
		// A server leaves a zero out of a Scale.
		const spec = asked.replicas === 0 ? {} : asked;
		return {apiVersion: 'autoscaling/v1', kind: 'Scale', metadata: {name: write.ref.name, namespace: write.ref.namespace}, spec};
	}
	return localAfter(write, live, loadedSchema.kind(write.ref.apiVersion, write.ref.kind));
}

function matches(selector: string | undefined, read: (path: string) => unknown): boolean {
	return (selector ?? '')
		.split(',')
		.filter(part => part !== '')
		.every(part => {
			const [path = '', value] = part.split(/==?/);
			return read(path) === value;
		});
}

function tableOf(type: ResourceType, items: readonly KubeObject[]): ServerTable {
	const column = (name: string, priority = 0) => ({name, type: 'string', priority});
	const rows = items.map(object => {
		const {name, namespace} = object.metadata;
		const phase = podPhase(object);
		const cells = type.kind === 'Pod' ? [name, phase.ready, phase.word, phase.restarts, '5m', '10.0.0.1'] : [name, '5m', 'wide'];
		return {cells, name, ...(namespace === undefined ? {} : {namespace})};
	});
	const columns =
		type.kind === 'Pod'
			? [column('Name'), column('Ready'), column('Status'), column('Restarts'), column('Age'), column('IP', 1)]
			: [column('Name'), column('Age'), column('Wide', 1)];
	return {columns, rows};
}
