import {setTimeout} from 'node:timers/promises';
import {erase, mergePatch} from '../../../servers/questions.ts';
import type {ClusterApi} from '../cluster-api.ts';
import type {Expectation, Stage} from '../fault-case.ts';

type Cleared = {readonly base: Stage; readonly inject?: Stage; readonly expect?: Expectation};
type Own = {readonly kind: string; readonly namespace: string | undefined; readonly name: string};

/** Pods of a node that is gone are ended by the controllers after a minute. */
const patienceMs = 120_000;
/** KWOK must forget a node before one of the same name comes. */
const nodeMs = 3000;
/** What no case owns; the definition that stands in for metrics-server is shared by several and left behind. */
const shared = /^(CustomResourceDefinition\/pods\.metrics\.k8s\.io|Node\/node-0|Namespace\/(default|kube-.*))$/;
/** Deleted, they go on for a while. */
const slow = new Set(['Namespace', 'PersistentVolume', 'CustomResourceDefinition']);

/**
 * Removes what a case brought: namespaces first, then what is cluster-wide or in the namespaces of others; nodes when their pods are gone,
 * as nobody else ends those.
 * @throws where something stays
 */
export async function clearAway(api: ClusterApi, cleared: Cleared): Promise<void> {
	const own = await ownObjects(api, cleared);
	const {nodes = [], rest = []} = Object.groupBy(own, ({kind}) => (kind === 'Node' ? 'nodes' : 'rest'));
	for (const one of rest) await remove(api, one);
	for (const {kind, namespace, name} of cleared.expect?.release ?? []) {
		const path = await api.path(kind, namespace, name).catch(() => undefined);
		if (path !== undefined) await api.send(mergePatch(path, {metadata: {finalizers: null}}));
	}
	await gone(
		api,
		rest.filter(({kind}) => slow.has(kind)),
	);
	for (const node of nodes) await remove(api, node);
	await gone(api, nodes);
	if (nodes.length > 0) await setTimeout(nodeMs);
}

async function remove(api: ClusterApi, {kind, namespace, name}: Own): Promise<void> {
	// The kind may have gone with its definition.
	const path = await api.path(kind, namespace, name).catch(() => undefined);
	if (path !== undefined) await api.send(erase(`${path}?propagationPolicy=Background`));
}

async function gone(api: ClusterApi, objects: readonly Own[]): Promise<void> {
	const limit = AbortSignal.timeout(patienceMs);
	for (const {kind, namespace, name} of objects) {
		while ((await api.get(kind, namespace, name)) !== undefined) {
			if (limit.aborted) throw new Error(`${kind} ${name} does not go away`);
			await setTimeout(250);
		}
	}
}

/** What does not go with one of the case's own namespaces. */
async function ownObjects(api: ClusterApi, {base, inject, expect}: Cleared): Promise<readonly Own[]> {
	const {changes = [], orAny = []} = expect?.remedy ?? {};
	const stages = [base, ...(inject === undefined ? [] : [inject])];
	const made: readonly Own[] = [
		...stages.flatMap(({objects}) =>
			objects.map(({kind, metadata: {namespace, name}}) => ({kind, namespace: namespace ?? 'default', name})),
		),
		...stages.flatMap(({operations}) =>
			operations.flatMap(({op, kind, namespace, name, body}) => {
				const created = name ?? nameIn(body);
				return op === 'create' && created !== undefined ? [{kind, namespace, name: created}] : [];
			}),
		),
		...[changes, ...orAny].flat().flatMap(({action, object}) => (action === 'create' ? [{...object, namespace: object.namespace}] : [])),
	];
	const namespaces = new Set(made.filter(({kind}) => kind === 'Namespace').map(({name}) => name));
	const own = new Map<string, Own>();
	for (const {kind, namespace, name} of made) {
		const isNamespaced = (await api.kindOf(kind))?.isNamespaced ?? true;
		if ((isNamespaced && namespaces.has(namespace ?? '')) || shared.test(`${kind}/${name}`)) continue;
		own.set(`${kind}/${isNamespaced ? namespace : ''}/${name}`, {kind, namespace: isNamespaced ? namespace : undefined, name});
	}
	return [...own.values()].sort((one, other) => Number(other.kind === 'Namespace') - Number(one.kind === 'Namespace'));
}

function nameIn(body: unknown): string | undefined {
	const metadata: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'metadata') : undefined;
	const name: unknown = typeof metadata === 'object' && metadata !== null ? Reflect.get(metadata, 'name') : undefined;
	return typeof name === 'string' ? name : undefined;
}
