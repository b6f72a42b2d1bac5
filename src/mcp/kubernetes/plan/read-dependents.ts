import {isNotAllowed} from '../../../core/error.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {count, someOf} from '../../../core/text/count.ts';
import type {Cluster, ResourceType} from '../port.ts';
import {readNeighbours} from '../read-neighbours.ts';

/** So many objects of a kind. */
type Count = {readonly kind: string; readonly count: number};

/** What goes with an object, and the kinds that could not be read. */
type Dependents = {readonly counts: readonly Count[]; readonly notChecked: readonly string[]};

/** Kinds that are owned by others, as `plural.group`. */
const ownedKinds = [
	'replicasets.apps',
	'statefulsets.apps',
	'deployments.apps',
	'jobs.batch',
	'pods',
	'persistentvolumeclaims',
	'services',
	'configmaps',
	'secrets',
];

/** Bookkeeping that comes and goes by itself: counting it would make two plans differ although nothing moved. */
const restless = new Set(['Event', 'Lease', 'Endpoints', 'EndpointSlice', 'ControllerRevision', 'PodMetrics', 'NodeMetrics']);

/** What is deleted with an object because it, or something that it owns, is the owner. Only the usual kinds of its namespace are looked at. */
export async function readDependents(cluster: Cluster, {metadata}: KubeObject): Promise<Dependents> {
	if (metadata.namespace === undefined) return {counts: [], notChecked: []};
	const {objects, notChecked} = await readNeighbours(cluster, metadata.namespace, ownedKinds);
	const gone = new Set([metadata.uid]);
	const isOwned = (object: KubeObject) =>
		!gone.has(object.metadata.uid) && (object.metadata.ownerReferences ?? []).some(({uid}) => gone.has(uid));
	const dependents: KubeObject[] = [];
	for (let found = objects.filter(isOwned); found.length > 0; found = objects.filter(isOwned)) {
		for (const object of found) {
			gone.add(object.metadata.uid);
			dependents.push(object);
		}
	}
	return {counts: countByKind(dependents.map(({kind}) => kind)), notChecked};
}

/** What a namespace holds, kind by kind, without bookkeeping. */
export async function readContents(cluster: Cluster, namespace: string): Promise<Dependents> {
	const types = (await cluster.types()).filter(({namespaced, verbs, kind}) => namespaced && verbs.includes('list') && !restless.has(kind));
	const counts = await Promise.all(
		distinctKinds(types).map(async type => ({kind: type.kind, count: await countOf(cluster, type, namespace)})),
	);
	return {
		counts: counts.filter(({count}) => count > 0).toSorted((a, b) => a.kind.localeCompare(b.kind)),
		notChecked: counts.filter(({count}) => count === unknown).map(({kind}) => `${kind}: reading them is not allowed`),
	};
}

/** Nobody knows how many there are. */
const unknown = -1;

/** One page of one object is enough: the server tells how many remain. */
async function countOf(cluster: Cluster, type: ResourceType, namespace: string): Promise<number> {
	try {
		const {items, remaining} = await cluster.list({type, namespace, pageSize: 1});
		return items.length + (remaining ?? 0);
	} catch (error) {
		if (isNotAllowed(error)) return unknown;
		throw error;
	}
}

/** A kind is often served in several versions or groups. */
const distinctKinds = (types: readonly ResourceType[]) => [...new Map(types.map(type => [type.kind, type])).values()];

function countByKind(kinds: readonly string[]): readonly Count[] {
	const groups = Map.groupBy(kinds, kind => kind);
	return [...groups].map(([kind, {length}]) => ({kind, count: length})).toSorted((a, b) => a.kind.localeCompare(b.kind));
}

/** `2 ReplicaSets and 6 Pods` */
export const countsText = (counts: readonly Count[]): string =>
	someOf(
		counts.map(({kind, count: amount}) => count(amount, kind)),
		counts.length,
	);
