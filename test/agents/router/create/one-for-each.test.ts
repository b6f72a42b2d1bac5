import {expect, test} from 'vitest';
import {guards, intents, wholes} from '../../../../src/agents/router/intents.ts';
import {route} from '../../../../src/agents/router/route/route.ts';
import {bakery} from './bakery.ts';
import {manifestsOf} from './made.ts';

const asked = (request: string) => route(request, bakery, {guards, wholes, intents, nowMs: 0});

const namespace = (name: string, labels?: object) => ({kind: 'Namespace', metadata: labels === undefined ? {name} : {name, labels}});
const configMap = (namespace: string, name: string, data: object) => ({kind: 'ConfigMap', metadata: {name, namespace}, data});
const quota = (namespace: string, name: string, hard: object) => ({kind: 'ResourceQuota', metadata: {name, namespace}, spec: {hard}});
const budget = (name: string, spec: object) => ({
	kind: 'PodDisruptionBudget',
	metadata: {name, namespace: 'shop'},
	spec: {selector: {matchLabels: {app: name}}, ...spec},
});
const scaler = (name: string, min: number, max: number) => ({
	kind: 'HorizontalPodAutoscaler',
	metadata: {name, namespace: 'shop'},
	spec: expect.objectContaining({minReplicas: min, maxReplicas: max}),
});

const rows: readonly (readonly [request: string, ...objects: readonly object[]])[] = [
	['Make the namespaces rye-a and rye-b. Only rye-b carries the label grain=rye.', namespace('rye-a'), namespace('rye-b', {grain: 'rye'})],
	['Could the fair get a namespace rye-a, tagged grain=rye?', namespace('rye-a', {grain: 'rye'})],
	['Namespace wanted: rye-a, bearing grain=rye', namespace('rye-a', {grain: 'rye'})],
	['네임스페이스 rye-a 파줘, grain=rye 라벨이랑 fair=yes 라벨 달아서', namespace('rye-a', {grain: 'rye', fair: 'yes'})],
	[
		'네임스페이스 rye-a 파줘, note=x 어노테이션이랑 grain=rye 라벨 달아서',
		{kind: 'Namespace', metadata: {name: 'rye-a', labels: {grain: 'rye'}, annotations: {note: 'x'}}},
	],
	['a namespace rye-a please, marked grain=rye and fair=yes', namespace('rye-a', {grain: 'rye', fair: 'yes'})],
	['Namespaces rye-a and rye-b, flagged fair=yes', namespace('rye-a', {fair: 'yes'}), namespace('rye-b', {fair: 'yes'})],
	['네임스페이스 rye-a랑 rye-b 만들어줘. rye-a만 grain=rye 라벨', namespace('rye-a', {grain: 'rye'}), namespace('rye-b')],
	[
		'three namespaces for the summerfair, rye-a, rye-b and rye-c, label all of them fair=yes',
		namespace('rye-a', {fair: 'yes'}),
		namespace('rye-b', {fair: 'yes'}),
		namespace('rye-c', {fair: 'yes'}),
	],
	[
		'Two config maps for shop: door-n with SIDE=north, door-s with SIDE=south',
		configMap('shop', 'door-n', {SIDE: 'north'}),
		configMap('shop', 'door-s', {SIDE: 'south'}),
	],
	['Create a config map, door-n, in oven with SIDE=north', configMap('oven', 'door-n', {SIDE: 'north'})],
	[
		'Create configmaps door-n (SIDE=north) and door-s (SIDE=south) in oven',
		configMap('oven', 'door-n', {SIDE: 'north'}),
		configMap('oven', 'door-s', {SIDE: 'south'}),
	],
	[
		'컨피그맵 두 개를 oven에 만들어줘: door-n은 SIDE=north, door-s는 SIDE=south',
		configMap('oven', 'door-n', {SIDE: 'north'}),
		configMap('oven', 'door-s', {SIDE: 'south'}),
	],
	[
		'shop과 oven 양쪽에 컨피그맵 duty-list를 만들고 둘 다 first=ann 으로 해줘. oven 쪽에는 second=bo 도 넣어줘.',
		configMap('shop', 'duty-list', {first: 'ann'}),
		configMap('oven', 'duty-list', {first: 'ann', second: 'bo'}),
	],
	[
		'shop and oven each receive a ResourceQuota named team-cap, 12 pods in shop against 20 in oven.',
		quota('shop', 'team-cap', {pods: '12'}),
		quota('oven', 'team-cap', {pods: '20'}),
	],
	[
		'Make a quota team-cap in shop and in oven, not in default because that is empty: 9 services',
		quota('shop', 'team-cap', {services: '9'}),
		quota('oven', 'team-cap', {services: '9'}),
	],
	['Give bread and cake a PDB each, one pod may be down', budget('bread', {maxUnavailable: 1}), budget('cake', {maxUnavailable: 1})],
	[
		'Autoscale bread and cake at 60% cpu from 2 pods on. The maximum is 9 for bread but only 5 for cake.',
		scaler('bread', 2, 9),
		scaler('cake', 2, 5),
	],
];

test.each(rows.map(([request, ...objects]) => ({request, objects})))('$request', async ({request, objects}) => {
	expect(manifestsOf(await asked(request))).toEqual(objects.map(object => expect.objectContaining(object)));
});

test.each([
	'Autoscale bread and cake between 2 and 5 pods; cake may go to 9 on feast days',
	'bread랑 cake 각각 PDB 만들어줘. 빵은 최소 3개, 케이크는 최소 4개 살아 있게',
	'Create namespace rye-a with a config map in it, FLOUR=rye, for the 25 apprentices',
])('asks about what none of them gets: %s', async request => {
	expect(await asked(request)).toEqual([expect.objectContaining({kind: 'question'})]);
});
