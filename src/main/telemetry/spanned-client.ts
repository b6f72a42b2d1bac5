import type {Write} from '../../core/plan.ts';
import {failureType, type SpanStart, type Spans} from '../../core/spans.ts';
import {ConflictError, type Effector} from '../../core/tool.ts';
import type {Cluster, ClusterClient, ListQuery} from '../../mcp/kubernetes/port.ts';

type Client = Pick<ClusterClient, 'cluster' | 'effector'>;

/**
 * A cluster whose requests are told, by verb, kind and namespace: no name, no selector, no path and nothing of what was answered. A list or a stream
 * is one span, however many pages or events it has. Kinds, which are kept, and who the cluster is are not told.
 */
export function spannedClient(client: Client, spans: Spans | undefined): Client {
	return spans === undefined ? client : {cluster: spannedCluster(client.cluster, spans), effector: spannedEffector(client.effector, spans)};
}

function spannedCluster(cluster: Cluster, {within, begin}: Spans): Cluster {
	async function* streamed<Item>(start: SpanStart, stream: () => AsyncIterable<Item>): AsyncIterable<Item> {
		const span = begin(start);
		try {
			yield* stream();
		} catch (error) {
			span.fail(failureType(error));
			throw error;
		} finally {
			span.end();
		}
	}
	return {
		...cluster,
		get: ref => within(request('get', ref.kind, ref.namespace), () => cluster.get(ref)),
		list: query => within(listed('list', query), () => cluster.list(query)),
		each: query => streamed(listed('list', query), () => cluster.each(query)),
		table: query => within(listed('list', query), () => cluster.table(query)),
		watch: (query, signal) => streamed(listed('watch', query), () => cluster.watch(query, signal)),
		logs: (query, signal) => streamed(request('logs', 'Pod', query.namespace), () => cluster.logs(query, signal)),
		dryRun: write => within(asked(write), () => cluster.dryRun(write)),
		canI: questions => within(request('create', 'SelfSubjectAccessReview', undefined), () => cluster.canI(questions)),
		rules: namespace => within(request('create', 'SelfSubjectRulesReview', namespace), () => cluster.rules(namespace)),
		raw: path => within(request('get', undefined, undefined), () => cluster.raw(path)),
		text: path => within(request('get', undefined, undefined), () => cluster.text(path)),
		probe: path => within(request('proxy', undefined, undefined), () => cluster.probe(path)),
	};
}

const spannedEffector = ({demandRights, read, send}: Effector, {within}: Spans): Effector => ({
	demandRights: plan => within(request('create', 'SelfSubjectAccessReview', undefined), () => demandRights(plan)),
	read: (ref, signal) => within(request('get', ref.kind, ref.namespace), () => read(ref, signal)),
	send: (write, live, signal) =>
		within(written(write), async span => {
			try {
				return await send(write, live, signal);
			} catch (error) {
				if (error instanceof ConflictError) span.fail('conflict');
				throw error;
			}
		}),
});

const listed = (verb: string, {type, namespace}: ListQuery) => request(verb, type.kind, namespace);
const written = ({op, ref}: Write) => request(op, ref.kind, ref.namespace);

/** What a write would do is asked by the same verb, and whoever reads a trace must not take it for done. */
function asked(write: Write): SpanStart {
	const {name, attributes, ...start} = written(write);
	return {...start, name: `dry-run ${name}`, attributes: {...attributes, 'mkcoa.cluster.dry_run': true}};
}

/** As the API spells kinds and namespaces. What else stands there was typed by somebody, and may be anything. */
const isKind = /^[A-Za-z][A-Za-z\d]{0,62}$/;
const isNamespace = /^[a-z\d](?:[-a-z\d]{0,61}[a-z\d])?$/;

function request(verb: string, kind: string | undefined, namespace: string | undefined): SpanStart {
	const known = kind !== undefined && isKind.test(kind) ? kind : undefined;
	return {
		name: known === undefined ? verb : `${verb} ${known}`,
		kind: 'client',
		attributes: {
			'mkcoa.cluster.verb': verb,
			'mkcoa.cluster.kind': known,
			'k8s.namespace.name': namespace !== undefined && isNamespace.test(namespace) ? namespace : undefined,
		},
	};
}
