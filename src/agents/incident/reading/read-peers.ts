import type {Unread} from '../../../analysis/detection/snapshot.ts';
import {isNotAllowed, troubleOf} from '../../../core/error.ts';
import type {Json} from '../../../core/json.ts';
import {listAt, objectAt, valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {expressionText, fitsSelector} from '../../../core/kube/selector.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import {type ReadObjects, readObjects} from './read-objects.ts';

/** Whose pods connect to those of the namespace, and the labels that they had before. */
const peerKinds = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'] as const;

/** A policy for many namespaces is none for a few that one could look into. */
export const mostNamespaces = 5;
/** Of more different peers than these only the first are looked for. */
const mostPeers = 20;
/** One page tells where such pods are. */
const mostObjects = 500;

/** Peers of policies that are in other namespaces. */
const peersOf = (policies: readonly KubeObject[]): readonly Json[] => [
	...new Map(
		allPeers(policies).map(peer => [JSON.stringify([valueAt(peer, 'namespaceSelector'), valueAt(peer, 'podSelector')]), peer]),
	).values(),
];

const allPeers = (policies: readonly KubeObject[]): readonly Json[] =>
	policies.flatMap(policy =>
		(['ingress', 'egress'] as const).flatMap(direction =>
			listAt(policy, 'spec', direction)
				.flatMap(rule => listAt(rule, direction === 'ingress' ? 'from' : 'to'))
				.filter(peer => Object.keys(objectAt(peer, 'namespaceSelector')).length > 0),
		),
	);

const selectorText = (selector: Json): string =>
	[
		...Object.entries(objectAt(selector, 'matchLabels')).map(([key, value]) => `${key}=${String(value)}`),
		...listAt(selector, 'matchExpressions').map(expressionText),
	].join(',');

type Where = {readonly namespace: string; readonly namespaces: readonly KubeObject[]; readonly signal: AbortSignal};
type Homes = {readonly names: readonly string[]; readonly unread: readonly Unread[]};

/**
 * Where those are that a peer may mean, when no namespace has the labels that it asks for: one of these most likely lost them. By the pods that it names, or by
 * Deployments that are told of a Service of the namespace.
 */
async function homesOf(cluster: Cluster, peer: Json, {namespace, signal}: Where): Promise<Homes> {
	const labelSelector = selectorText(objectAt(peer, 'podSelector'));
	const kind = labelSelector === '' ? 'Deployment' : 'Pod';
	const told = new RegExp(`\\.${namespace}(?![\\w-])`);
	try {
		const type = await cluster.typeOf(kind);
		const page = await cluster.list({type, pageSize: mostObjects, ...(labelSelector === '' ? {} : {labelSelector})});
		signal.throwIfAborted();
		const found = labelSelector === '' ? page.items.filter(({spec}) => told.test(JSON.stringify(spec ?? {}))) : page.items;
		return {names: found.flatMap(({metadata}) => metadata.namespace ?? []), unread: []};
	} catch (error) {
		signal.throwIfAborted();
		const why = isNotAllowed(error) ? 'may not be listed where policies expect their peers' : troubleOf(error).what;
		return {names: [], unread: [{kind, why, except: namespace}]};
	}
}

/** What runs in the few other namespaces that policies of one namespace speak of: only there it is told who is kept out. */
export async function readPeers(cluster: Cluster, policies: readonly KubeObject[], where: Where): Promise<ReadObjects> {
	const {namespace, namespaces, signal} = where;
	// Without the namespaces nobody knows whom a peer means.
	if (namespaces.length === 0) return {objects: [], unread: []};
	const homes = await Promise.all(
		peersOf(policies)
			.slice(0, mostPeers)
			.map(async (peer): Promise<Homes> => {
				const selector = valueAt(peer, 'namespaceSelector');
				const names = namespaces.filter(({metadata}) => fitsSelector(selector, metadata.labels)).map(({metadata}) => metadata.name);
				return names.length > 0 ? {names, unread: []} : homesOf(cluster, peer, where);
			}),
	);
	const few = homes.map(({names}) => new Set(names)).filter(({size}) => size <= mostNamespaces);
	const others = [...new Set(few.flatMap(names => [...names]))].filter(name => name !== namespace).slice(0, mostNamespaces);
	const lists = await Promise.all(others.map(name => readObjects(cluster, peerKinds, {namespace: name, signal})));
	return {
		objects: lists.flatMap(({objects}) => objects),
		unread: [...homes, ...lists].flatMap(({unread}) => unread),
	};
}
