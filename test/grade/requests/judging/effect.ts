import {isJsonObject, type Json} from '../../../../src/core/json.ts';
import type {KubeObject, Ref} from '../../../../src/core/kube/kube-object.ts';
import type {AnyOutcome} from '../../../../src/core/outcome.ts';
import type {Change, FieldChange, PathSegment, Plan, Write} from '../../../../src/core/plan.ts';

/** What a plan does to one object. `unknown` says why nobody can tell what the object looks like after it. */
export type Effect = {
	readonly ref: Ref;
	/** `run`: a command in a pod. `replace`: deleted and created again. */
	readonly action: 'create' | 'update' | 'delete' | 'replace' | 'run';
	readonly before: KubeObject | undefined;
	readonly after: KubeObject | undefined;
	readonly unknown?: string | undefined;
};

/** What the judge asks the cluster. */
export type Server = {
	readonly get: (ref: Ref) => Promise<KubeObject | undefined>;
	/** What the server would make of a write; a text says why it refuses. */
	readonly dryRun: (write: Write) => Promise<KubeObject | null | string>;
};

export const refKey = ({kind, namespace, name}: Pick<Ref, 'kind' | 'namespace' | 'name'>) => `${kind} ${namespace ?? ''}/${name}`;

/** The plan that an outcome holds: one that was made, whatever came of it. */
export const planOf = (outcome: AnyOutcome): Plan | undefined =>
	outcome.kind === 'nothing-to-do' || !('plan' in outcome) ? undefined : outcome.plan;

const writesOf = ({steps}: Plan): readonly Write[] => steps.flatMap(({writes, on}) => (on === 'failure' ? [] : writes));

/** Objects whose state differs before and after all the plans of one request, in the order in which they are touched. */
export async function effectsOf(outcomes: readonly AnyOutcome[], server: Server): Promise<readonly Effect[]> {
	const effects = new Map<string, Effect>();
	const plans = outcomes.flatMap(outcome => planOf(outcome) ?? []);
	const newNamespaces = new Set(
		plans
			.flatMap(plan => plan.changes)
			.flatMap(({ref, operation}) => (ref.kind === 'Namespace' && operation === 'create' ? [ref.name] : [])),
	);
	for (const plan of plans) {
		const writes = Map.groupBy(writesOf(plan), ({ref}) => refKey(ref));
		const changes = new Map(plan.changes.map(change => [refKey(change.ref), change]));
		for (const key of new Set([...writes.keys(), ...changes.keys()])) {
			const [own = [], change, earlier] = [writes.get(key), changes.get(key), effects.get(key)];
			const ref = change?.ref ?? own[0]?.ref;
			if (ref !== undefined) effects.set(key, await effectOn({ref, writes: own, change, earlier, newNamespaces}, server));
		}
	}
	return [...effects.values()].filter(
		({action, before, after, unknown}) => action !== 'update' || unknown !== undefined || !isSame(before, after),
	);
}

type Touched = {
	readonly ref: Ref;
	readonly writes: readonly Write[];
	readonly change: Change | undefined;
	readonly earlier: Effect | undefined;
	readonly newNamespaces: ReadonlySet<string>;
};

async function effectOn({ref, writes, change, earlier, newNamespaces}: Touched, server: Server): Promise<Effect> {
	const before = earlier === undefined ? await server.get(ref) : earlier.before;
	const live = earlier === undefined ? before : earlier.after;
	const ops = writes.map(({op}) => op);
	if (ops.includes('exec') || change?.operation === 'run') return {ref, action: 'run', before, after: before};
	const isGone = ops.at(-1) === 'delete' || ops.at(-1) === 'evict' || (writes.length === 0 && change?.operation === 'delete');
	// What was not there before and is not there after was not touched.
	if (isGone) return {ref, action: before === undefined ? 'update' : 'delete', before, after: undefined};
	if (ops.includes('delete') || change?.operation === 'replace') return {ref, action: 'replace', before, after: live};
	const action = before === undefined ? 'create' : 'update';
	const [only, ...more] = writes;
	if (only !== undefined && more.length === 0 && earlier === undefined) {
		const after = await server.dryRun(inExistingNamespace(openable(only), newNamespaces));
		if (typeof after === 'string') return {ref, action, before, after: before, unknown: after};
		// The scale of an object is answered as a Scale, which says nothing of the rest.
		if (after?.kind === ref.kind) return {ref, action, before, after: inNamespace(after, ref.namespace)};
	}
	const base: KubeObject = live ?? {apiVersion: ref.apiVersion, kind: ref.kind, metadata: {name: ref.name, namespace: ref.namespace}};
	// Setting fields in an object leaves an object.
	return {ref, action, before, after: (change?.fields ?? []).reduce<Json>(withField, base) as KubeObject};
}

const isSame = (before: KubeObject | undefined, after: KubeObject | undefined) =>
	JSON.stringify(essence(before)) === JSON.stringify(essence(after));

/** The server counts a write even where it changes nothing that a person sees. */
function essence(object: KubeObject | undefined) {
	if (object === undefined) return undefined;
	const {managedFields: _, resourceVersion: __, generation: ___, ...metadata} = object.metadata;
	return sortedKeys({...object, metadata, status: undefined});
}

const sortedKeys = (value: unknown): unknown =>
	Array.isArray(value)
		? value.map(sortedKeys)
		: typeof value === 'object' && value !== null
			? Object.fromEntries(
					Object.entries(value)
						.filter(([, inner]) => inner !== undefined)
						.sort(([one], [other]) => (one < other ? -1 : 1))
						.map(([key, inner]) => [key, sortedKeys(inner)]),
				)
			: value;

/** A plan shows no secret value; what stands for one has to be acceptable to the server as base64, and decoded as JSON: `{"auths":{}}`. */
const standIn = 'eyJhdXRocyI6e319';
const openable = (write: Write): Write => JSON.parse(JSON.stringify(write).replace(/‹(?:sealed|redacted)[^›]*›/g, standIn)) as Write;

/** The server has no namespace that the same plan makes; what it makes of an object does not depend on the name. */
function inExistingNamespace(write: Write, newNamespaces: ReadonlySet<string>): Write {
	if (!('manifest' in write) || write.ref.namespace === undefined || !newNamespaces.has(write.ref.namespace)) return write;
	return {...write, ref: {...write.ref, namespace: 'default'}, manifest: inNamespace(write.manifest, 'default')};
}

const inNamespace = (object: KubeObject, namespace: string | undefined): KubeObject =>
	namespace === undefined ? object : {...object, metadata: {...object.metadata, namespace}};

/** One field of a plan set in an object. */
function withField(object: Json, {path, operation, after, secret}: FieldChange): Json {
	return withValue(object, path, operation === 'remove' ? undefined : secret === true ? standIn : (after ?? null)) ?? {};
}

function withValue(value: Json | undefined, [segment, ...rest]: readonly PathSegment[], wanted: Json | undefined): Json | undefined {
	if (segment === undefined) return wanted;
	if (typeof segment === 'string') {
		const map = isJsonObject(value) ? value : {};
		const inner = withValue(map[segment], rest, wanted);
		const {[segment]: _, ...others} = map;
		return inner === undefined ? others : {...map, [segment]: inner};
	}
	const list = Array.isArray(value) ? value : [];
	const at =
		typeof segment === 'number'
			? segment
			: list.findIndex(item => Object.entries(segment).every(([key, named]) => isJsonObject(item) && item[key] === named));
	const inner = withValue(at === -1 ? undefined : list[at], rest, wanted);
	if (inner === undefined) return at === -1 ? list : list.toSpliced(at, 1);
	return at === -1 || at >= list.length ? [...list, inner] : list.with(at, inner);
}
