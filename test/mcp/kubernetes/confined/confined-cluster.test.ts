import * as fc from 'fast-check';
import {expect, test} from 'vitest';
import type {KubeObject, Ref} from '../../../../src/core/kube/kube-object.ts';
import type {Write} from '../../../../src/core/plan.ts';
import {isInside, type Reach, type Room} from '../../../../src/core/roles/reach.ts';
import type {Effector} from '../../../../src/core/tool.ts';
import {confinedCluster} from '../../../../src/mcp/kubernetes/confined/confined-cluster.ts';
import {confinedEffector} from '../../../../src/mcp/kubernetes/confined/confined-effector.ts';
import type {Cluster, ListQuery} from '../../../../src/mcp/kubernetes/port.ts';
import {fakeCluster} from '../../../support/fake-cluster.ts';

const object = (kind: string, name: string, namespace?: string): KubeObject => ({
	apiVersion: 'v1',
	kind,
	metadata: {name, ...(namespace === undefined ? {} : {namespace})},
});

const places = ['shop', 'shop-eu', 'blog', 'kube-system'];
const objects = [
	...places.flatMap(place => [
		object('Namespace', place),
		object('Pod', 'web', place),
		object('Secret', 'web', place),
		object('ConfigMap', 'web', place),
	]),
	object('Node', 'node-1'),
];

/** What reached the cluster: of which namespace, undefined for objects in none; `all` for all of them. */
type Reached = {
	readonly isNamespace?: boolean;
	readonly what: string;
	readonly place: string | undefined | 'all';
	readonly change: boolean;
};

/** A cluster that writes down what is asked of it, where the client would make a request of it. */
function listening() {
	const {cluster, effector} = fakeCluster({objects});
	const reached: Reached[] = [];
	const hear = (what: string, place: Reached['place'], change = false) => void reached.push({what, place, change});
	const hearRef = async (what: string, ref: Ref, change = false) => {
		const {namespaced} = await cluster.typeOfRef(ref);
		// The client drops the namespace of what is in none.
		const place = ref.kind === 'Namespace' ? ref.name : namespaced ? ref.namespace : undefined;
		reached.push({what, place, change, isNamespace: ref.kind === 'Namespace'});
	};
	const hearQuery = (what: string, {type, namespace}: ListQuery) => {
		// Names of namespaces are looked up to find those that fit a pattern.
		if (type.kind === 'Namespace') return;
		hear(`${what} ${type.plural}`, type.namespaced ? (namespace ?? 'all') : undefined);
	};
	const hearPath = (path: string) => {
		const {pathname} = new URL(path, 'https://cluster');
		if (pathname === '/version') return;
		const [, namespace] = /\/namespaces\/([^/]+)\//.exec(decodeURIComponent(pathname)) ?? [];
		hear(`raw ${path}`, namespace ?? (/nodes|\/metrics$/.test(pathname) ? undefined : 'all'));
	};
	/** Does what was asked once it was written down. */
	const then = async <Answer>(written: unknown, answer: Answer): Promise<Awaited<Answer>> => {
		await written;
		return await answer;
	};
	const query =
		<Answer>(what: string, ask: (query: ListQuery) => Answer) =>
		(asked: ListQuery) => {
			hearQuery(what, asked);
			return ask(asked);
		};
	const heard: Cluster = {
		...cluster,
		get: ref => then(hearRef('get', ref), cluster.get(ref)),
		list: query('list', cluster.list),
		each: query('each', cluster.each),
		table: query('table', cluster.table),
		watch(asked, signal) {
			hearQuery('watch', asked);
			return cluster.watch(asked, signal);
		},
		logs(asked, signal) {
			hear('logs', asked.namespace);
			return cluster.logs(asked, signal);
		},
		dryRun: write => then(hearRef('dry-run', write.ref, true), {computed: 'refused' as const, reason: ''}),
		rules: namespace => then(hear('rules', namespace), {}),
		raw: path => then(hearPath(path), {items: []}),
		text: path => then(hearPath(path), ''),
		probe: path => then(hearPath(path), {answered: true as const}),
		async canI(questions) {
			for (const {namespace} of questions) hear('canI', namespace);
			return questions.map(() => ({allowed: true, reason: ''}));
		},
	};
	const hands: Effector = {
		...effector,
		demandRights: async () => {},
		read: ref => then(hearRef('read', ref), cluster.get(ref)),
		send: write => then(hearRef('send', write.ref, true), null),
	};
	return {heard, hands, reached};
}

const room = (namespaces: readonly string[], clusterScoped = false): Room => ({namespaces, clusterScoped});
const onlyShop: Reach = {read: room(['shop']), write: room(['shop']), metrics: false};

const nameOf = fc.constantFrom('web', 'node-1', '..', '.', 'blog', 'kube-system', '../../blog/pods/web');
const placeOf = fc.constantFrom(...places, '..', '*', 'shop/../blog', '', 'SHOP', 'none');
const kindOf = fc.constantFrom('Pod', 'Secret', 'ConfigMap', 'Node', 'Namespace');
const refOf: fc.Arbitrary<Ref> = fc.record({
	apiVersion: fc.constant('v1'),
	kind: kindOf,
	name: nameOf,
	namespace: fc.option(placeOf, {nil: undefined}),
});
const pathOf = fc.oneof(
	fc.constantFrom(
		'/version',
		'/metrics',
		'/api/v1/pods',
		'/api/v1/nodes',
		'/api/v1/nodes/node-1/proxy/pods',
		'/api/v1/secrets?limit=5',
		'/apis/apps/v1/deployments',
	),
	fc
		.tuple(
			placeOf,
			fc.constantFrom(
				'pods',
				'secrets/web',
				'services/web:80/proxy/../../../../blog/secrets',
				'pods/%2e%2e/%2e%2e/blog/secrets',
				'pods/..%2f..%2fblog/secrets',
				'../blog/pods',
			),
		)
		.map(([place, rest]) => `/api/v1/namespaces/${place}/${rest}`),
);
const patternOf = fc.constantFrom('shop', 'shop-*', '*-eu', 'blog', '*', 'none', 'sh?p');
const roomOf = fc.record({namespaces: fc.array(patternOf, {maxLength: 3}), clusterScoped: fc.boolean()});
const reachOf: fc.Arbitrary<Reach> = fc.record({read: roomOf, write: fc.option(roomOf, {nil: undefined}), metrics: fc.boolean()});

const methods = [
	'get',
	'list',
	'each',
	'table',
	'watch',
	'logs',
	'dryRun',
	'canI',
	'rules',
	'raw',
	'text',
	'probe',
	'read',
	'send',
	'cursor',
] as const;
const callOf = fc.record({method: fc.constantFrom(...methods), ref: refOf, path: pathOf, otherPlace: placeOf});
type Call = typeof callOf extends fc.Arbitrary<infer Made> ? Made : never;

async function drained(given: AsyncIterable<unknown>): Promise<void> {
	for await (const _ of given);
}

async function carryOut({method, ref, path, otherPlace}: Call, cluster: Cluster, hands: Effector): Promise<unknown> {
	const {signal} = new AbortController();
	const type = await cluster.typeOf(ref.kind);
	const query = {type, namespace: ref.namespace};
	const write: Write = {op: 'apply', ref, manifest: {...object(ref.kind, ref.name, otherPlace)}};
	switch (method) {
		case 'list':
		case 'table':
			return cluster[method](query);
		case 'cursor':
			return cluster.list({type, cursor: JSON.stringify([otherPlace, 'c'])});
		case 'each':
			return drained(cluster.each(query));
		case 'watch':
			return cluster.watch(query, AbortSignal.abort())[Symbol.asyncIterator]().next();
		case 'logs':
			return drained(cluster.logs({namespace: ref.namespace ?? '', pod: ref.name}, signal));
		case 'dryRun':
			return cluster.dryRun(write);
		case 'canI':
			return cluster.canI([{verb: 'get', group: '', resource: 'pods', namespace: ref.namespace}]);
		case 'rules':
			return cluster.rules(ref.namespace ?? '');
		case 'raw':
		case 'text':
		case 'probe':
			return cluster[method](path);
		case 'get':
			return cluster.get(ref);
		case 'read':
			return hands.read(ref, signal);
		case 'send':
			return hands.send(write, undefined, signal);
	}
}

test('asks the cluster for nothing outside of the roles, whatever is called', async () => {
	await fc.assert(
		fc.asyncProperty(reachOf, fc.array(callOf, {minLength: 1, maxLength: 6}), async (reach, calls) => {
			const {heard, hands, reached} = listening();
			const cluster = confinedCluster(heard, reach);
			const effector = confinedEffector(hands, heard, reach);
			// What is refused is refused; what matters is what came through.
			for (const call of calls) await carryOut(call, cluster, effector).catch(() => {});
			const isAllowed = ({place, change, isNamespace = false}: Reached) => {
				const held = change ? (reach.write ?? reach.read) : reach.read;
				if (held.clusterScoped && held.namespaces.includes('*')) return true;
				if (place === 'all') return held.namespaces.includes('*');
				// Namespaces themselves may be looked at by who may see what is in none, and changed by who has them besides.
				if (isNamespace && reach.write !== undefined && change) return held.clusterScoped && isInside(held, place);
				return isInside(held, place) || (isNamespace && held.clusterScoped);
			};
			expect(reached.filter(each => !isAllowed(each))).toEqual([]);
		}),
		{numRuns: 3000},
	);
});

test('answers for all namespaces with those of the roles, page by page', async () => {
	const {heard} = listening();
	const cluster = confinedCluster(heard, {read: room(['shop', 'shop-*']), write: undefined, metrics: false});
	const type = await cluster.typeOf('pods');
	const first = await cluster.list({type, pageSize: 1});
	expect(first.items.map(({metadata}) => metadata.namespace)).toEqual(['shop']);
	const second = await cluster.list({type, pageSize: 1, cursor: first.cursor});
	expect(second.items.map(({metadata}) => metadata.namespace)).toEqual(['shop-eu']);
	expect(second.cursor).toBeUndefined();
	const own = await cluster.list({type: await cluster.typeOf('namespaces')});
	expect(own.items.map(({metadata}) => metadata.name)).toEqual(['shop', 'shop-eu']);
});

test.each<readonly [string, Ref]>([
	['a Node that says it has a namespace', {apiVersion: 'v1', kind: 'Node', name: 'node-1', namespace: 'shop'}],
	['the Secret of another namespace', {apiVersion: 'v1', kind: 'Secret', name: 'web', namespace: 'blog'}],
	['another namespace itself', {apiVersion: 'v1', kind: 'Namespace', name: 'blog'}],
])('refuses %s, with what to do', async (_, ref) => {
	const {heard, reached} = listening();
	await expect(confinedCluster(heard, onlyShop).get(ref)).rejects.toMatchObject({
		trouble: {kind: 'auth', code: 'not-allowed', why: 'they cover namespaces shop', next: expect.stringContaining('roles.yaml')},
	});
	expect(reached).toEqual([]);
});

test('lets nobody delete the namespace that is his', async () => {
	const {heard, hands, reached} = listening();
	const ref = {apiVersion: 'v1', kind: 'Namespace', name: 'shop'};
	const effector = confinedEffector(hands, heard, onlyShop);
	await expect(effector.send({op: 'delete', ref}, undefined, AbortSignal.abort())).rejects.toThrow('outside');
	expect(reached).toEqual([]);
});
