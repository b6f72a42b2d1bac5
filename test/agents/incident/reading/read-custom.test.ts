import {describe, expect, test} from 'vitest';
import {readEnding} from '../../../../src/agents/incident/reading/read-custom.ts';
import {MkcoaError} from '../../../../src/core/error.ts';
import type {JsonObject} from '../../../../src/core/json.ts';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import type {ListQuery} from '../../../../src/mcp/kubernetes/port.ts';
import {deployment, object} from '../../../support/kube-objects.ts';

const versions = [
	{name: 'v1', served: true, storage: true},
	{name: 'v2', served: true, storage: false},
];
const definition = (kind: string, spec: JsonObject = {}, group = 'acme.test') =>
	object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', `${kind.toLowerCase()}s.${group}`, {
		metadata: {namespace: undefined},
		spec: {group, scope: 'Namespaced', names: {kind, plural: `${kind.toLowerCase()}s`}, versions, ...spec},
	});
const ending = (name: string): KubeObject => ({
	apiVersion: 'meta.k8s.io/v1',
	kind: 'PartialObjectMetadata',
	metadata: {name, namespace: 'shop', deletionTimestamp: '2026-11-27T09:00:00Z'},
});
const living = (name: string): KubeObject => ({apiVersion: 'acme.test/v1', kind: 'Lake', metadata: {name, namespace: 'shop'}});

/** Answers every list with the same objects, or refuses it. */
function served(answer: (query: ListQuery) => readonly KubeObject[] | MkcoaError, cursor?: string) {
	const asked: ListQuery[] = [];
	let open = 0;
	let most = 0;
	return {
		asked,
		most: () => most,
		cluster: {
			async list(query: ListQuery) {
				asked.push(query);
				open += 1;
				most = Math.max(most, open);
				await Promise.resolve();
				open -= 1;
				const items = answer(query);
				if (items instanceof MkcoaError) throw items;
				return {items, resourceVersion: '1', ...(cursor === undefined ? {} : {cursor})};
			},
		},
	};
}
const {signal} = new AbortController();
const read = ({cluster}: Pick<ReturnType<typeof served>, 'cluster'>, objects: readonly KubeObject[], namespace?: string) =>
	readEnding(cluster, objects, {namespace, signal, known: ['HTTPRoute']});
const trouble = (code: string) => new MkcoaError({kind: 'auth', code, what: 'no'});

test('of a kind that the cluster was given, what is to go comes with its kind, by one page of metadata in the stored version', async () => {
	const server = served(() => [living('a'), ending('b')]);
	expect(await read(server, [definition('Lake')], 'shop')).toEqual({
		objects: [{...ending('b'), apiVersion: 'acme.test/v1', kind: 'Lake'}],
		unread: [],
	});
	expect(server.asked).toEqual([
		expect.objectContaining({
			type: expect.objectContaining({apiVersion: 'acme.test/v1', plural: 'lakes', namespaced: true}),
			namespace: 'shop',
			pageSize: 500,
			onlyMetadata: true,
		}),
	]);
});

test.each<[string, readonly KubeObject[], string | undefined, readonly string[]]>([
	['without a namespace of its own', [definition('Lake', {scope: 'Cluster'})], undefined, ['acme.test/v1']],
	['without a namespace of its own, of one', [definition('Lake', {scope: 'Cluster'})], 'shop', []],
	[
		'whose stored version is not served',
		[definition('Lake', {versions: [{name: 'v1', storage: true, served: false}, versions[1] ?? {}]})],
		undefined,
		['acme.test/v2'],
	],
	['that is not served', [definition('Lake', {versions: []})], undefined, []],
	['that is read with the rest', [definition('HTTPRoute', {}, 'gateway.networking.k8s.io')], undefined, []],
	['of the name of one that is read with the rest', [definition('HTTPRoute')], undefined, ['acme.test/v1']],
	[
		'whose group something is called like comes last',
		[definition('Alp', {}, 'acme.test'), definition('Lake', {}, 'lakes.test'), deployment({}, 'acme-operator')],
		undefined,
		['lakes.test/v1', 'acme.test/v1'],
	],
])('a kind %s', async (_, objects, namespace, expected) => {
	const server = served(() => []);
	await read(server, objects, namespace);
	expect(server.asked.map(({type}) => type.apiVersion)).toEqual(expected);
});

describe('what was not looked at', () => {
	test('is told of the kinds beyond the first, which are asked for a few at a time', async () => {
		const server = served(() => []);
		const {unread} = await read(
			server,
			Array.from({length: 300}, (_, index) => definition(`Kind${index}`)),
		);
		expect([server.asked.length, server.most()]).toEqual([60, 8]);
		expect(unread).toEqual([
			{kind: 'Custom resources', why: '240 more kinds were not looked through for what is to be deleted', namespace: undefined},
		]);
	});

	test('is told of kinds that may not be listed, in one line', async () => {
		const server = served(() => trouble('not-allowed'));
		const {objects, unread} = await read(server, [definition('Lake'), definition('Alp')], 'shop');
		expect(objects).toEqual([]);
		expect(unread).toEqual([
			{kind: 'Custom resources', why: '2 kinds could not be listed: it needs the right to list them', namespace: 'shop'},
		]);
	});

	test('is told of what lies beyond the first page', async () => {
		const {unread} = await read(
			served(() => [ending('b')], 'next'),
			[definition('Lake')],
		);
		expect(unread.map(({why}) => why)).toEqual(['of 1 kind there are more than 500']);
	});

	test('is nothing where a kind has gone meanwhile', async () => {
		expect(
			await read(
				served(() => trouble('unknown-kind')),
				[definition('Lake')],
			),
		).toEqual({objects: [], unread: []});
	});
});
