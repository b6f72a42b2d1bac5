import type {Snapshot} from '../../../analysis/detection/snapshot.ts';
import {ownKinds, sharedKinds, wideKinds} from '../../../analysis/detection/snapshot-kinds.ts';
import {listAt, textAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import {demandSight} from './demand-sight.ts';
import {type ReadObjects, readObjects, type Where} from './read-objects.ts';
import {readPeers} from './read-peers.ts';
import {readSubjects} from './read-subjects.ts';
import {withLastWords} from './with-last-words.ts';

type Asked = Where & {readonly nowMs: number};

/** Some kinds alone, and why the others are of no use. */
type Only = {readonly kinds: readonly string[]; readonly why: string};

const allKinds: readonly string[] = [...ownKinds, ...sharedKinds, ...wideKinds];

const nothing: ReadObjects = {objects: [], unread: []};

/**
 * Reads everything that a diagnosis rests on: one list for each kind, whatever the number of objects, and the last lines of some containers that ended. What
 * may not be read is told.
 * @throws MkcoaError where nobody answers, or nothing at all may be read: that would look like a cluster that is well
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
	const unwanted = allKinds.filter(kind => !only.kinds.includes(kind)).map(kind => ({kind, why: only.why}));
	demandSight(own);
	const policies = own.objects.filter(({kind}) => kind === 'NetworkPolicy');
	const namespaces = wide.objects.filter(({kind}) => kind === 'Namespace');
	const bound = [...own.objects, ...wide.objects];
	const [left, peers, subjects] = await Promise.all([
		leftIn(cluster, wide.objects, {namespace, signal}),
		namespace === undefined ? nothing : readPeers(cluster, policies, {namespace, namespaces, signal}),
		namespace === undefined ? {...nothing, places: []} : readSubjects(cluster, bound, {namespace, namespaces, signal}),
	]);
	const beside = [...peers.objects, ...subjects.objects];
	return {
		takenAt: new Date(nowMs).toISOString(),
		...(namespace === undefined ? {} : {namespace}),
		objects: [...own.objects, ...shared.objects, ...wide.objects, ...left.objects],
		...(beside.length === 0 ? {} : {peers: beside}),
		...(subjects.places.length === 0 ? {} : {accountsOf: subjects.places}),
		unread: [...own.unread, ...shared.unread, ...wide.unread, ...left.unread, ...peers.unread, ...subjects.unread, ...unwanted],
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
