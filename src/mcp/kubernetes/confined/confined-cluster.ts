import {MkcoaError} from '../../../core/error.ts';
import {isEverywhere, isInside, type Reach} from '../../../core/roles/reach.ts';
import type {AccessQuestion, Cluster, ListQuery} from '../port.ts';
import {demandInside, isNamespaceKind} from './demand-inside.ts';
import {listOver, rawOver, tableOver} from './one-by-one.ts';
import {outsideReach} from './outside-reach.ts';
import {placeOfPath} from './place-of-path.ts';
import {namespacesOf, ownNamespaces} from './places-of-room.ts';

/**
 * A cluster that is asked for nothing outside of somebody's roles, whatever a tool asks for. What is asked of all namespaces is answered for those
 * that he may see; all else is refused as a cluster refuses, before any request is sent.
 */
export function confinedCluster(cluster: Cluster, {read, write}: Reach): Cluster {
	/** The namespaces to ask one by one; undefined where the query may be asked as it is. */
	async function placesOf({type, namespace}: ListQuery): Promise<readonly string[] | undefined> {
		if (!type.namespaced) {
			if (!read.clusterScoped) throw outsideReach(`The list of ${type.plural}`, read);
			return undefined;
		}
		if (namespace === undefined) return isEverywhere(read) ? undefined : namespacesOf(read, cluster);
		if (!isInside(read, namespace)) throw outsideReach(`Namespace ${namespace}`, read);
		return undefined;
	}

	async function placesOfPath(path: string): Promise<readonly string[] | undefined> {
		const place = placeOfPath(path);
		if (place.kind === 'open' || (read.clusterScoped && isEverywhere(read))) return undefined;
		if (place.kind === 'namespace') {
			if (isInside(read, place.namespace)) return undefined;
			throw outsideReach(`Namespace ${place.namespace}`, read);
		}
		const type =
			place.kind === 'collection'
				? (await cluster.types()).find(each => each.apiVersion === place.apiVersion && each.plural === place.plural)
				: undefined;
		if (type === undefined) throw outsideReach('This address of the API server', read);
		return placesOf({type});
	}

	/** What cannot be asked one by one. */
	async function demandWhole(path: string): Promise<void> {
		if ((await placesOfPath(path)) !== undefined) throw outsideReach('This address of the API server', read);
	}

	/** Of the namespaces themselves everybody sees those that he has. */
	const isOfOwn = ({type}: ListQuery) => isNamespaceKind(type) && !read.clusterScoped;

	function isOpenQuestion({verb, namespace}: AccessQuestion): boolean {
		const room = ['get', 'list', 'watch'].includes(verb) ? read : (write ?? read);
		return isInside(room, namespace);
	}

	// No spread: a method that joins the port is not open by being forgotten here.
	return {
		namespace: cluster.namespace,
		target: cluster.target,
		types: cluster.types,
		typeOf: cluster.typeOf,
		typeOfRef: cluster.typeOfRef,
		// They tell of other clusters, and of who calls this one.
		contexts: () => [],
		async get(ref) {
			try {
				await demandInside(cluster, read, ref, 'read');
			} catch (error) {
				if (error instanceof MkcoaError && error.trouble.code === 'unknown-kind') return undefined;
				throw error;
			}
			return cluster.get(ref);
		},
		async list(query) {
			if (isOfOwn(query)) return {items: await ownNamespaces(read, query, cluster), resourceVersion: ''};
			const places = await placesOf(query);
			return places === undefined ? cluster.list(query) : listOver(places, query, cluster);
		},
		async *each(query) {
			if (isOfOwn(query)) return yield* await ownNamespaces(read, query, cluster);
			const places = await placesOf(query);
			if (places === undefined) return yield* cluster.each(query);
			for (const namespace of places) yield* cluster.each({...query, namespace});
		},
		async table(query) {
			if (isOfOwn(query)) {
				const table = await cluster.table(query);
				return {...table, remaining: undefined, rows: table.rows.filter(({name}) => isInside(read, name))};
			}
			const places = await placesOf(query);
			return places === undefined ? cluster.table(query) : tableOver(places, query, cluster);
		},
		async *watch(query, signal) {
			const places = (await placesOf(query)) ?? [query.namespace];
			// A watch tells when all was told, and several of them do so at several times.
			if (places.length !== 1) throw outsideReach('A watch over several namespaces', read);
			yield* cluster.watch({...query, namespace: places[0]}, signal);
		},
		async *logs(query, signal) {
			await demandInside(cluster, read, {apiVersion: 'v1', kind: 'Pod', namespace: query.namespace, name: query.pod}, 'read');
			yield* cluster.logs(query, signal);
		},
		async dryRun(asked) {
			await demandInside(cluster, write ?? read, asked.ref, write === undefined ? 'read' : 'write');
			return cluster.dryRun(asked);
		},
		async canI(questions) {
			const answers = [...(await cluster.canI(questions.filter(isOpenQuestion)))];
			const closed = {allowed: false, reason: 'outside of what your roles allow'};
			return questions.map(question => (isOpenQuestion(question) ? answers.shift() : undefined) ?? closed);
		},
		async rules(namespace) {
			if (!isInside(read, namespace)) throw outsideReach(`Namespace ${namespace}`, read);
			return cluster.rules(namespace);
		},
		async raw(path) {
			const places = await placesOfPath(path);
			return places === undefined ? cluster.raw(path) : rawOver(places, path, cluster);
		},
		async text(path) {
			await demandWhole(path);
			return cluster.text(path);
		},
		async probe(path) {
			await demandWhole(path);
			return cluster.probe(path);
		},
	};
}
