import {expect, test} from 'vitest';
import {createFirmly, createObjects} from '../../../../src/agents/router/create/create-objects.ts';
import {route} from '../../../../src/agents/router/route/route.ts';
import {readManifests} from '../../../../src/mcp/kubernetes/plan/read-manifests.ts';
import {bakery} from './bakery.ts';

const understood = async (request: string) => route(request, bakery, {guards: [], intents: [createFirmly, createObjects], nowMs: 0});

const callsOf = async (request: string) => (await understood(request)).flatMap(one => (one.kind === 'calls' ? one.calls : []));

const madeBy = async (request: string) =>
	(await callsOf(request)).flatMap(({input}) =>
		typeof input.manifest === 'string' ? readManifests(input.manifest).map(({object}) => object) : [],
	);

test.each<readonly [request: string, data: {readonly [key: string]: string}]>([
	['ConfigMap kneading in oven: speed 3, heat low', {speed: '3', heat: 'low'}],
	[
		'I need a configmap kneading in oven holding speed 3, dwell 0.5 and heat low. Make it immutable.',
		{speed: '3', dwell: '0.5', heat: 'low'},
	],
	['cm kneading (oven): speed: 3, dwell: 5s', {speed: '3', dwell: '5s'}],
	['oven에 컨피그맵 kneading: speed는 3, heat는 low', {speed: '3', heat: 'low'}],
	['configmap kneading / oven / SPEED=3 / HEAT=low', {SPEED: '3', HEAT: 'low'}],
	['Create a configmap kneading in oven, key steps.txt, two lines: `mix: dough` and `rest`.', {'steps.txt': 'mix: dough\nrest'}],
	['oven에 kneading이라는 컨피그맵 만들어줘. 키 steps.txt 하나에 mix, rest를 한 줄에 하나씩.', {'steps.txt': 'mix\nrest'}],
	['A copy of recipes for oven, named kneading, except that bread is rye', {bread: 'rye'}],
	['shop의 recipes 컨피그맵을 kneading이라는 이름으로 oven에 똑같이 복사해줘', {bread: 'flour'}],
])('a ConfigMap holds what a request says in any writing: %s', async (request, data) => {
	expect(await madeBy(request)).toEqual([
		expect.objectContaining({kind: 'ConfigMap', metadata: {name: 'kneading', namespace: 'oven'}, data}),
	]);
});

test('labels are no data, and data no labels', async () => {
	const [made] = await madeBy('shop에 컨피그맵 menu 부탁해요. 라벨은 team=till, 내용은 soup=leek 하고 cake=plum 두 개예요.');
	expect(made).toEqual(
		expect.objectContaining({metadata: {name: 'menu', namespace: 'shop', labels: {team: 'till'}}, data: {soup: 'leek', cake: 'plum'}}),
	);
});

test.each<readonly [request: string, input: {readonly [field: string]: unknown}]>([
	[
		'Secret till-mail in shop, basic-auth type: username from BAKERY_USER, password from BAKERY_PASSWORD',
		{fromEnv: ['username=BAKERY_USER', 'password=BAKERY_PASSWORD'], type: 'basic-auth'},
	],
	[
		'Take BAKERY_TOKEN from the environment and store it in shop as a secret named till-mail, key auth_token, label team=till, immutable.',
		{fromEnv: ['auth_token=BAKERY_TOKEN'], labels: ['team=till'], immutable: true},
	],
	['Generate a secret till-mail in shop with two random 20 character values under sign and seal.', {random: ['sign=20', 'seal=20']}],
	['shop에 till-mail 시크릿 만들어줘. current와 next 두 키에 각각 48자 랜덤 값으로.', {random: ['current=48', 'next=48']}],
	[
		'shop에 till-mail 시크릿, username은 환경변수 BAKERY_USER, password는 BAKERY_PASSWORD',
		{fromEnv: ['username=BAKERY_USER', 'password=BAKERY_PASSWORD']},
	],
])('a Secret takes its values unseen: %s', async (request, input) => {
	expect(await callsOf(request)).toEqual([
		{tool: 'secret_manage', input: expect.objectContaining({name: 'till-mail', namespace: 'shop', ...input})},
	]);
});

test('a Secret is copied into a namespace that the same request makes, beside what else is made there', async () => {
	const calls = await callsOf(
		'Create namespace attic, copy the pull secret pull from shop into it, and start a pod peek there (busybox:1.37)',
	);
	expect(calls.map(({tool}) => tool)).toEqual(['resource_apply', 'secret_manage']);
	expect(calls[1]?.input).toEqual({name: 'pull', namespace: 'attic', copyOf: 'shop/pull', namespaceToCome: true});
	expect(readManifests(String(calls[0]?.input.manifest)).map(({object}) => object)).toMatchObject([
		{kind: 'Namespace', metadata: {name: 'attic'}},
		{kind: 'Pod', metadata: {name: 'peek', namespace: 'attic'}},
	]);
});

test.each<readonly [request: string, metadata: {readonly [field: string]: unknown}]>([
	['Make a namespace attic and annotate it with contact=ana@example.com.', {annotations: {contact: 'ana@example.com'}}],
	[
		'Namespace attic, please. Label team=till; annotation contact=ana@example.com.',
		{labels: {team: 'till'}, annotations: {contact: 'ana@example.com'}},
	],
	[
		'a namespace attic where Pod Security enforces baseline and warns at restricted.',
		{labels: {'pod-security.kubernetes.io/enforce': 'baseline', 'pod-security.kubernetes.io/warn': 'restricted'}},
	],
])('a namespace has the labels and annotations that are said: %s', async (request, metadata) => {
	expect(await madeBy(request)).toEqual([expect.objectContaining({kind: 'Namespace', metadata: {name: 'attic', ...metadata}})]);
});

test.each<readonly [request: string, names: readonly string[]]>([
	[
		'Set up namespace attic with label team=till, in it a config map attic-map with A=1, and a service account attic-bot.',
		['/attic', 'attic/attic-map', 'attic/attic-bot'],
	],
	[
		'New tenant attic: namespace attic labelled team=till, in it a quota caps (20 pods) and a network policy deny-in that blocks all ingress by default.',
		['/attic', 'attic/caps', 'attic/deny-in'],
	],
	['Make a namespace attic and in it a quota caps of 20 pods.', ['/attic', 'attic/caps']],
	['attic 네임스페이스랑 서비스어카운트 attic-bot, 컨피그맵 attic-map(A=1) 만들어줘', ['/attic', 'attic/attic-bot', 'attic/attic-map']],
])('what is made beside a new namespace is made in it: %s', async (request, names) => {
	const made = await madeBy(request);
	expect(made.map(object => `${String(Object(object.metadata).namespace ?? '')}/${String(Object(object.metadata).name)}`)).toEqual(names);
});
