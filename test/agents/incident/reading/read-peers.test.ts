import {expect, test} from 'vitest';
import {readPeers} from '../../../../src/agents/incident/reading/read-peers.ts';
import type {JsonObject} from '../../../../src/core/json.ts';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import {fakeCluster} from '../../../support/fake-cluster.ts';
import {object} from '../../../support/kube-objects.ts';

const inNamespace = (given: KubeObject, namespace: string): KubeObject => ({...given, metadata: {...given.metadata, namespace}});
const space = (name: string, labels: JsonObject = {}) => object('v1', 'Namespace', name, {metadata: {namespace: undefined, labels}});
const web = (namespace: string) => inNamespace(object('apps/v1', 'Deployment', 'web', {}), namespace);
const told = (namespace: string, value: string) =>
	inNamespace(
		object('apps/v1', 'Deployment', 'web', {
			spec: {template: {spec: {containers: [{name: 'web', env: [{name: 'CART', value}]}]}}},
		}),
		namespace,
	);
const pod = (namespace: string) => inNamespace(object('v1', 'Pod', 'web-1', {metadata: {labels: {app: 'web'}}}), namespace);
const policy = (...from: readonly JsonObject[]) => object('networking.k8s.io/v1', 'NetworkPolicy', 'in', {spec: {ingress: [{from}]}});
const front = {namespaceSelector: {matchLabels: {tier: 'front'}}};
const many = Array.from({length: 6}, (_, index) => `front-${index}`);

type Row = readonly [string, readonly KubeObject[], readonly KubeObject[], readonly string[]];
const rows: readonly Row[] = [
	['no policy', [space('a', {tier: 'front'}), web('a')], [], []],
	['the namespace that a policy names', [space('a', {tier: 'front'}), web('a'), space('b'), web('b')], [policy(front)], ['a']],
	['every namespace: none', [space('a'), web('a')], [policy({namespaceSelector: {}})], []],
	[
		'a namespace that lost its label, by its pods',
		[space('a'), web('a'), pod('a')],
		[policy({...front, podSelector: {matchLabels: {app: 'web'}}})],
		['a'],
	],
	['a label that nobody has, and all pods', [space('a'), web('a'), pod('a')], [policy(front)], []],
	[
		'a label that nobody has, by who is told of a Service there',
		[space('a'), told('a', 'http://cart.shop.svc'), space('b'), told('b', 'http://cart.shopping.svc')],
		[policy(front)],
		['a'],
	],
	['more than a few', many.flatMap(name => [space(name, {tier: 'front'}), web(name)]), [policy(front)], []],
	['its own', [space('shop', {tier: 'front'}), web('shop')], [policy(front)], []],
];

test.each(rows)('reads of %s', async (_, objects, policies, expected) => {
	const namespaces = objects.filter(({kind}) => kind === 'Namespace');
	const read = await readPeers(fakeCluster({objects}).cluster, policies, {
		...{namespace: 'shop', namespaces},
		signal: new AbortController().signal,
	});
	expect(read.objects.map(({metadata}) => metadata.namespace)).toEqual(expected);
	expect(read.unread).toEqual([]);
});
