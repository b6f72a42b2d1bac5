import {foreignFinalizers} from '../../../analysis/detection/foreign-finalizers.ts';
import type {Snapshot} from '../../../analysis/detection/snapshot.ts';
import {ownKinds, sharedKinds, wideKinds} from '../../../analysis/detection/snapshot-kinds.ts';
import {listAt, textAt} from '../../../core/kube/json-at.ts';
import {type KubeObject, refKey, refOf} from '../../../core/kube/kube-object.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import {refuseMissingNamespace} from '../../../mcp/kubernetes/read-neighbours.ts';
import {demandSight} from './demand-sight.ts';
import {readEnding} from './read-custom.ts';
import {type ReadObjects, readObjects, type Where} from './read-objects.ts';
import {readPeers} from './read-peers.ts';
import {readSubjects} from './read-subjects.ts';
import {withLastWords} from './with-last-words.ts';

type Asked = Where & {readonly nowMs: number};

/** Some kinds alone, and why the others are of no use. */
type Only = {readonly kinds: readonly string[]; readonly why: string};

const allKinds: readonly string[] = [...ownKinds, ...sharedKinds, ...wideKinds];

/** What runs a program that takes finalizers away. */
const keeping = ['Deployment', 'StatefulSet', 'DaemonSet'];

const nothing: ReadObjects = {objects: [], unread: []};

/**
 * Reads everything that a diagnosis rests on: one list for each kind, whatever the number of objects, and the last lines of some containers that ended. What
 * may not be read is told.
 * @throws MkcoaError where nobody answers, nothing at all may be read, or there is no such namespace: that would look like a cluster that is well
 */
export async function readSnapshot(cluster: Cluster, asked: Asked): Promise<Snapshot> {
	return withLastWords(await readObjectsOfAll(cluster, asked), cluster, asked.signal);
}

/**
 * The objects alone, as the server has them; where only some kinds are wanted, the others count as unread.
 * @throws MkcoaError as `readSnapshot` does
 */
export async function readObjectsOfAll(
	cluster: Cluster,
	{namespace, nowMs, signal, onHidden}: Asked,
	only: Only = {kinds: allKinds, why: ''},
): Promise<Snapshot> {
	const wanted = (kinds: readonly string[]) => kinds.filter(kind => only.kinds.includes(kind));
	const [own, shared, wide] = await Promise.all([
		readObjects(cluster, wanted(ownKinds), {namespace, signal, onHidden}),
		readObjects(cluster, wanted(sharedKinds), {signal, onHidden}),
		readObjects(cluster, wanted(wideKinds), {signal, onHidden}),
	]);
	// An empty answer of a namespace that is not there would look as if all were well.
	if (namespace !== undefined && own.objects.length === 0) await refuseMissingNamespace(cluster, namespace);
	const unwanted = allKinds.filter(kind => !only.kinds.includes(kind)).map(kind => ({kind, why: only.why}));
	demandSight(own);
	const policies = own.objects.filter(({kind}) => kind === 'NetworkPolicy');
	const namespaces = wide.objects.filter(({kind}) => kind === 'Namespace');
	const bound = [...own.objects, ...wide.objects];
	const [ending, left, peers, subjects] = await Promise.all([
		readEnding(cluster, bound, {namespace, signal, known: allKinds}),
		leftIn(cluster, wide.objects, {namespace, signal}),
		namespace === undefined ? nothing : readPeers(cluster, policies, {namespace, namespaces, signal}),
		namespace === undefined ? {...nothing, places: []} : readSubjects(cluster, bound, {namespace, namespaces, signal}),
	]);
	const told = new Set(left.objects.map(each => refKey(refOf(each))));
	const objects = [...bound, ...shared.objects, ...left.objects, ...ending.objects.filter(each => !told.has(refKey(refOf(each))))];
	const keepers = namespace === undefined ? {...nothing, kinds: []} : await readKeepers(cluster, objects, {namespace, signal});
	const beside = [...peers.objects, ...subjects.objects, ...keepers.objects];
	const peersRead = [...subjects.places.map(place => ({kind: 'ServiceAccount', namespace: place})), ...keepers.kinds.map(kind => ({kind}))];
	return {
		takenAt: new Date(nowMs).toISOString(),
		...(namespace === undefined ? {} : {namespace}),
		objects,
		...(beside.length === 0 ? {} : {peers: beside}),
		...(peersRead.length === 0 ? {} : {peersRead}),
		unread: [own, shared, wide, left, ending, peers, subjects, keepers].flatMap(({unread}) => unread).concat(unwanted),
	};
}

/** Where something waits for a program to let it go: what runs in other namespaces, where that program mostly is. */
async function readKeepers(cluster: Cluster, objects: readonly KubeObject[], {namespace, signal}: Where & {readonly namespace: string}) {
	if (!objects.some(each => foreignFinalizers(each).length > 0)) return {...nothing, kinds: []};
	const lists = await Promise.all(keeping.map(kind => readObjects(cluster, [kind], {signal})));
	return {
		objects: lists.flatMap(list => list.objects).filter(({metadata}) => metadata.namespace !== namespace),
		unread: [],
		kinds: keeping.filter((_, index) => lists[index]?.unread.length === 0),
	};
}

/** `tenants.tenancy.example.com has 1 resource instances` */
const remaining = /([a-z0-9-]+(?:\.[a-z0-9.-]+)?)\.? has \d+ resource instances/g;

/** What namespaces that are to be deleted still hold, of whatever kind: one of them holds the deletion up. */
async function leftIn(cluster: Cluster, wide: readonly KubeObject[], {namespace: only, signal}: Pick<Asked, 'namespace' | 'signal'>) {
	const ending = wide.filter(
		({kind, metadata}) =>
			kind === 'Namespace' && metadata.deletionTimestamp !== undefined && (only === undefined || metadata.name === only),
	);
	const read = ending.map(object => {
		const told = listAt(object, 'status', 'conditions').map(each => textAt(each, 'message') ?? '');
		const kinds = [...new Set(told.flatMap(message => [...message.matchAll(remaining)].flatMap(([, kind]) => kind ?? [])))];
		// Of the built-in groups everything is there already.
		const others = kinds.filter(kind => kind.split('.').length > 2 && !kind.endsWith('.k8s.io'));
		return readObjects(cluster, others, {namespace: object.metadata.name, signal});
	});
	const lists = await Promise.all(read);
	return {objects: lists.flatMap(({objects}) => objects), unread: lists.flatMap(({unread}) => unread)};
}
