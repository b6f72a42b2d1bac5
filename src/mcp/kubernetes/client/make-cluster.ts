import type {Clock} from '../../../core/clock.ts';
import type {Target} from '../../../core/plan.ts';
import type {Cluster, ContextInfo} from '../port.ts';
import type {TypeBook} from './discovery/type-book.ts';
import {askAccess, readRules} from './read/access.ts';
import {eachObject} from './read/each-object.ts';
import {readLogs} from './read/logs.ts';
import {listPage} from './read/paging.ts';
import {probePath} from './read/probe.ts';
import {readObject} from './read/read-object.ts';
import {readRaw, readText} from './read/read-raw.ts';
import {readWhereabouts, type Whereabouts} from './read/read-target.ts';
import {readTable} from './read/table.ts';
import {watchObjects} from './read/watch.ts';
import type {Pace} from './transport/retry.ts';
import type {Transport} from './transport/transport.ts';
import {dryRunWrite} from './write/dry-run.ts';

export type ClusterNeeds = Pace & {
	readonly transport: Transport;
	readonly book: TypeBook;
	readonly clock: Clock;
	readonly namespace: string;
	readonly place: Pick<Target, 'context' | 'cluster' | 'authority'>;
	readonly who: string;
	readonly contexts: readonly ContextInfo[];
};

/** The port of tools over one connection. */
export function makeCluster(needs: ClusterNeeds): Cluster {
	const {transport, book, namespace, place, who, contexts} = needs;
	let whereabouts: Promise<Whereabouts> | undefined;

	return {
		...book,
		namespace,
		async target(targetNamespace) {
			whereabouts ??= readWhereabouts(transport, {clusterId: place.cluster, identity: who});
			// A cluster that was out of reach is asked again.
			whereabouts.catch(() => {
				whereabouts = undefined;
			});
			return {...place, ...(await whereabouts), ...(targetNamespace === undefined ? {} : {namespace: targetNamespace})};
		},
		get: ref => readObject(transport, book, ref),
		list: query => listPage(transport, query),
		each: query => eachObject(transport, query),
		table: query => readTable(transport, query),
		watch: (query, signal) => watchObjects(needs, query, signal),
		logs: (query, signal) => readLogs(transport, query, signal),
		dryRun: async write => dryRunWrite(transport, write, await book.typeOfRef(write.ref)),
		canI: questions => askAccess(transport, questions),
		rules: rulesNamespace => readRules(transport, rulesNamespace),
		raw: path => readRaw(transport, path),
		text: path => readText(transport, path),
		probe: path => probePath(transport, path),
		contexts: () => contexts,
	};
}
