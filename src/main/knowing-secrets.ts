import {groupOf, type KubeObject} from '../core/kube/kube-object.ts';
import type {Cluster, ListQuery} from '../mcp/kubernetes/port.ts';
import type {LearnNamespace} from './namespace-secrets.ts';

type Kind = {readonly apiVersion: string; readonly kind: string};

/** Which objects may quote a Secret where they are told on. */
export type Quoting = {
	/** By their kind alone: the Secrets are read at the same time. */
	readonly kinds: (kind: Kind) => boolean;
	/** By what one of them holds. */
	readonly objects: (object: KubeObject) => boolean;
};

/** What a reading tool, a conversation or a screen tells on: anything that somebody could have written a value into. */
export const anyText: Quoting = {kinds: ({kind}) => kind !== 'Secret', objects: () => false};

/** What a change tells on beside its own fields: events, and the last words of containers that ended. */
export const evidence: Quoting = {
	kinds: ({kind}) => kind === 'Event',
	objects: ({kind, status}) => kind === 'Pod' && /"terminated":\{[^}]*"message":/.test(JSON.stringify(status ?? null)),
};

/** Columns of built-in kinds hold names, numbers and states; those of other kinds, and of events, hold what their authors like. */
const hasFreeColumns = ({apiVersion, kind}: Kind) => {
	const group = groupOf(apiVersion);
	return kind === 'Event' || (group.includes('.') && !group.endsWith('.k8s.io'));
};

/**
 * A cluster whose text is answered only once the Secrets of its namespace are known, so that a value which it quotes is recognised on the way out.
 * The Secrets are listed beside the first such read, once for each namespace. Lines of logs are cleaned where they come in: whoever cuts them later would cut a
 * value in two, and nobody knows the half of one.
 */
export function knowingSecrets(cluster: Cluster, learn: LearnNamespace, quoting: Quoting, redact: (text: string) => string): Cluster {
	const known = async (object: KubeObject | undefined, asked: boolean) => {
		const namespace = object?.metadata.namespace;
		if (object !== undefined && namespace !== undefined && (asked || quoting.objects(object))) await learn(namespace);
	};
	const quotes = ({type}: Pick<ListQuery, 'type'>) => type.namespaced && quoting.kinds(type);
	return {
		...cluster,
		async get(ref) {
			const asked = ref.namespace !== undefined && quoting.kinds(ref);
			const [object] = await Promise.all([cluster.get(ref), asked ? learn(ref.namespace) : undefined]);
			await known(object, false);
			return object;
		},
		async list(query) {
			const asked = quotes(query);
			const [page] = await Promise.all([cluster.list(query), asked ? learn(query.namespace) : undefined]);
			for (const object of page.items) await known(object, asked);
			return page;
		},
		async *each(query) {
			const asked = quotes(query);
			const first = asked ? learn(query.namespace) : undefined;
			for await (const object of cluster.each(query)) {
				await first;
				await known(object, asked);
				yield object;
			}
		},
		async *watch(query, signal) {
			const asked = quotes(query);
			for await (const event of cluster.watch(query, signal)) {
				if (event.type !== 'synced') await known(event.object, asked);
				yield event;
			}
		},
		async table(query) {
			const asked = quotes(query) && hasFreeColumns(query.type);
			const [table] = await Promise.all([cluster.table(query), asked ? learn(query.namespace) : undefined]);
			return table;
		},
		async *logs(query, signal) {
			const first = learn(query.namespace);
			for await (const line of cluster.logs(query, signal)) {
				await first;
				yield redact(line);
			}
		},
	};
}
