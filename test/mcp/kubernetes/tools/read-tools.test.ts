import {expect, test} from 'vitest';
import {apiResourcesList} from '../../../../src/mcp/kubernetes/tools/api-resources-list.ts';
import {contextsList} from '../../../../src/mcp/kubernetes/tools/contexts-list.ts';
import {eventsList} from '../../../../src/mcp/kubernetes/tools/events-list.ts';
import {namespacesList} from '../../../../src/mcp/kubernetes/tools/namespaces-list.ts';
import {permissionsCheck} from '../../../../src/mcp/kubernetes/tools/permissions-check.ts';
import {resourceUsage} from '../../../../src/mcp/kubernetes/tools/resource-usage.ts';
import {fakeCluster} from '../../../support/fake-cluster.ts';
import {event, objectOf, pod} from '../../../support/shop-objects.ts';
import {toolContext} from '../../../support/tool-context.ts';

const now = Date.UTC(2026, 0, 1);
const view = {width: 100, terminal: true, nowMs: now};
const over = (world: Parameters<typeof fakeCluster>[0]) => toolContext(fakeCluster(world).cluster).context;

test('events_list folds, cleans messages, and puts the newest last', async () => {
	const objects = [
		event('BackOff', {object: 'web-1', last: '2025-12-31T23:59:00Z', count: 3, message: 'evil\u001b[2J\nforged row'}),
		event('Scheduled', {object: 'web-1', last: '2025-12-31T23:00:00Z', type: 'Normal'}),
	];
	const output = await eventsList.run(eventsList.input.parse({}), over({objects}));
	expect(eventsList.text(output, view)).toMatchInlineSnapshot(`
		"LAST   COUNT   TYPE      REASON      NAMESPACE   OBJECT      MESSAGE
		60m        1   Normal    Scheduled   shop        Pod web-1   words
		60s        3   Warning   BackOff     shop        Pod web-1   evil forged row"
	`);
	const young = await eventsList.run(eventsList.input.parse({sinceMinutes: 5, type: 'Warning'}), over({objects}));
	expect(young.events.map(({reason}) => reason)).toEqual(['BackOff']);
});

test('events_list keeps the newest when there are too many', async () => {
	const objects = ['a', 'b', 'c'].map((object, index) => event('X', {object, last: `2025-12-31T23:0${index}:00Z`}));
	const output = await eventsList.run(eventsList.input.parse({limit: 2}), over({objects}));
	expect([output.leftOut, ...output.events.map(({object}) => object)]).toEqual([1, 'Pod b', 'Pod c']);
});

const limited = (name: string, requests: object) =>
	({...pod(name), spec: {containers: [{name: 'web', image: 'w', resources: {requests, limits: {memory: '256Mi'}}}]}}) as ReturnType<
		typeof pod
	>;
const metrics = {
	items: [
		{
			metadata: {name: 'a', namespace: 'shop'},
			containers: [{usage: {cpu: '100m', memory: '100Mi'}}, {usage: {cpu: '150m', memory: '28Mi'}}],
		},
	],
};

test('resource_usage shows use beside requests and limits', async () => {
	const raw = {'/apis/metrics.k8s.io/v1beta1/namespaces/shop/pods': metrics};
	const output = await resourceUsage.run(
		resourceUsage.input.parse({}),
		over({objects: [limited('b', {}), limited('a', {cpu: '500m', memory: '128Mi'})], raw}),
	);
	expect(resourceUsage.text(output, view)).toMatchInlineSnapshot(`
		"NAME   CPU    REQUEST   LIMIT   MEMORY   REQUEST   LIMIT
		a      250m   500m      -       128Mi    128Mi     256Mi
		b      -      -         -       -        -         256Mi"
	`);
});

test('resource_usage says that nobody measures', async () => {
	const output = await resourceUsage.run(resourceUsage.input.parse({}), over({objects: [limited('a', {cpu: 1})]}));
	expect(output).toMatchObject({measured: false, rows: [{name: 'a', used: {}}]});
	expect(resourceUsage.text(output, view)).toContain('Not measured: The cluster serves no metrics.k8s.io');
});

test('resource_usage of nodes shows what they can give', async () => {
	const node = {apiVersion: 'v1', kind: 'Node', metadata: {name: 'n'}, status: {allocatable: {cpu: '4', memory: '8Gi'}}};
	const raw = {'/apis/metrics.k8s.io/v1beta1/nodes': {items: [{metadata: {name: 'n'}, usage: {cpu: '1', memory: '2Gi'}}]}};
	const output = await resourceUsage.run(resourceUsage.input.parse({what: 'nodes'}), over({objects: [node], raw}));
	expect(output.rows).toEqual([
		{name: 'n', used: {cpuCores: 1, memoryBytes: 2 ** 31}, requested: {cpuCores: 4, memoryBytes: 2 ** 33}, limited: {}},
	]);
});

test('contexts_list shows where each context leads, and no credential', async () => {
	const context = {
		name: 'prod',
		current: true,
		cluster: 'c',
		server: 'https://c',
		user: 'u',
		namespace: 'shop',
		signIn: 'token',
		source: '/k',
		token: 'hunter2',
	};
	const output = await contextsList.run({}, over({contexts: [context]}));
	expect(JSON.stringify(output)).not.toContain('hunter2');
	expect(contextsList.text(output, view)).toMatchInlineSnapshot(`
		"CURRENT   NAME   CLUSTER   SERVER      NAMESPACE   SIGN-IN   FILE
		*         prod   c         https://c   shop        token     /k"
	`);
});

test('namespaces_list shows the Pod Security level', async () => {
	const shop = {
		apiVersion: 'v1',
		kind: 'Namespace',
		metadata: {name: 'shop', labels: {'pod-security.kubernetes.io/enforce': 'baseline'}, creationTimestamp: '2025-12-31T00:00:00Z'},
		status: {phase: 'Active'},
	};
	const output = await namespacesList.run(namespacesList.input.parse({}), over({objects: [shop]}));
	expect(namespacesList.text(output, view)).toMatchInlineSnapshot(`
		"NAME   STATUS   POD SECURITY   AGE
		shop   Active   baseline       24h"
	`);
});

test('api_resources_list finds kinds by any of their names, page by page', async () => {
	const output = await apiResourcesList.run(apiResourcesList.input.parse({match: 'apps', limit: 2}), over({}));
	expect(output).toMatchObject({total: 5, cursor: '2', kinds: [{plural: 'deployments'}, {plural: 'replicasets'}]});
});

test('permissions_check answers one question', async () => {
	const output = await permissionsCheck.run(permissionsCheck.input.parse({verb: 'delete', kind: 'pods'}), over({denied: ['delete pods']}));
	expect(permissionsCheck.text(output, view)).toMatchInlineSnapshot(`
		"In namespace shop
		MAY   VERB     RESOURCE   WHY
		no    delete   pods       as the test says"
	`);
});

test('permissions_check asks for every usual verb of a kind', async () => {
	const output = await permissionsCheck.run(permissionsCheck.input.parse({kind: 'deploy'}), over({denied: ['delete deployments']}));
	expect(output.answers.filter(({allowed}) => !allowed).map(({verb}) => verb)).toEqual(['delete']);
});

test('permissions_check lists all rules, and says that the list may be incomplete', async () => {
	const rules = {
		status: {
			incomplete: true,
			resourceRules: [
				{apiGroups: ['apps'], resources: ['deployments', 'deployments/scale'], verbs: ['get']},
				{apiGroups: [''], resources: ['pods'], verbs: ['*']},
			],
		},
	};
	const output = await permissionsCheck.run(permissionsCheck.input.parse({}), over({rules}));
	expect(permissionsCheck.text(output, view)).toMatchInlineSnapshot(`
		"In namespace shop
		RESOURCES                                 NAMES   VERBS
		deployments.apps deployments/scale.apps           get
		pods                                              *
		The server says that this list may be incomplete: ask about one verb and kind to be sure"
	`);
});

test('permissions_check filters rules by verb', async () => {
	const rules = {
		status: {
			incomplete: false,
			resourceRules: [
				{apiGroups: [''], resources: ['pods'], verbs: ['get']},
				{apiGroups: [''], resources: ['services'], verbs: ['*']},
			],
		},
	};
	const output = await permissionsCheck.run(permissionsCheck.input.parse({verb: 'delete'}), over({rules}));
	expect(output.rules.map(({resources}) => resources)).toEqual([['services']]);
});

test('nothing is written by looking', async () => {
	const fake = fakeCluster({objects: [objectOf('v1', 'ConfigMap', 'c', {})]});
	await namespacesList.run(namespacesList.input.parse({}), toolContext(fake.cluster).context);
	expect(fake.calls.filter(call => call.startsWith('send'))).toEqual([]);
});
