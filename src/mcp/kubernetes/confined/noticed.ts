import {isEverywhere, type Room} from '../../../core/roles/reach.ts';
import type {Cluster, ListQuery} from '../port.ts';
import {isNamespaceKind} from './demand-inside.ts';

/** Tells of each question over all namespaces that only some of them answer, so that nobody takes the answer for all there is. */
export function noticed(cluster: Cluster, room: Room, tell: () => void): Cluster {
	const isCut = ({type, namespace}: ListQuery) =>
		(type.namespaced && namespace === undefined && !isEverywhere(room)) || (isNamespaceKind(type) && !room.clusterScoped);
	const hear = (query: ListQuery): ListQuery => {
		if (isCut(query)) tell();
		return query;
	};
	return {
		...cluster,
		list: async query => cluster.list(hear(query)),
		each: query => cluster.each(hear(query)),
		table: async query => cluster.table(hear(query)),
		watch: (query, signal) => cluster.watch(hear(query), signal),
	};
}
