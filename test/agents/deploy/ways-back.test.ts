import {describe, expect, test} from 'vitest';
import {deploymentBlueGreen} from '../../../src/agents/deploy/tools/deployment-blue-green.ts';
import {deploymentRollback} from '../../../src/agents/deploy/tools/deployment-rollback.ts';
import {deploymentUpdate} from '../../../src/agents/deploy/tools/deployment-update.ts';
import type {JsonObject} from '../../../src/core/json.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';
import {shopRoad} from '../../support/shop-road.ts';

const {run, sandbox} = await shopRoad({speed: 120});
const {machine} = sandbox;
const image = (name: string, tag: string) => `registry.example/shop/${name}:${tag}`;
const live = (kind: string, name: string) => {
	const found = machine.get(kind, 'shop', name);
	if (found === undefined) throw new Error(`there is no ${kind} ${name}`);
	return found;
};
const specOf = (kind: string, name: string): JsonObject => Object(live(kind, name).spec);
const change = (object: KubeObject, part: JsonObject) => machine.update({...object, ...part} as KubeObject, 'colleague');
/** What a rollout of mkcoa keeps in the cluster while it lasts. */
const leftovers = () =>
	['Lease', 'ConfigMap', 'Secret', 'Deployment', 'Service', 'HorizontalPodAutoscaler'].flatMap(kind =>
		machine
			.list(kind, 'shop')
			.flatMap(({metadata}) => (/^mkcoa-rollout|-preview$/.test(metadata.name) ? [`${kind} ${metadata.name}`] : [])),
	);

describe('a StatefulSet', () => {
	test('is updated batch after batch, and taken back when a batch never gets ready, though its broken pod blocks it', async () => {
		const before = specOf('StatefulSet', 'redis');
		const {outcome, trail} = await run(deploymentUpdate, {
			name: 'statefulset/redis',
			image: 'docker.io/library/redis:7.4.2-unready',
			readyWithin: '1m',
		});
		expect(outcome).toMatchObject({kind: 'failed', error: {code: 'rolling-failed'}, left: []});
		expect(trail.entries[0]?.plan.steps.map(({title}) => title).slice(2, 5)).toEqual([
			'Give redis docker.io/library/redis:7.4.2-unready, and replace redis-2',
			'Go on, and replace redis-1',
			'Go on, and replace redis-0',
		]);
		expect(specOf('StatefulSet', 'redis')).toEqual(before);
		expect(live('StatefulSet', 'redis').status).toMatchObject({readyReplicas: 3, updatedReplicas: 3});
		expect(leftovers()).toEqual([]);
	});

	test('goes to the new version with each batch judged, and back by its revision', async () => {
		const {outcome} = await run(deploymentUpdate, {name: 'statefulset/redis', image: 'docker.io/library/redis:7.4.3', interval: '10s'});
		expect(outcome).toMatchObject({kind: 'done', output: {kind: 'StatefulSet', images: ['redis=docker.io/library/redis:7.4.3'], ready: 3}});
		const back = await run(deploymentRollback, {name: 'statefulset/redis'});
		expect(back.outcome).toMatchObject({kind: 'done', output: {images: ['redis=docker.io/library/redis:7.4.1'], ready: 3}});
		expect(leftovers()).toEqual([]);
	});
});

describe('a rollback', () => {
	test('brings the ConfigMap, the Service and the autoscaler back with the template, and says whose change goes', async () => {
		const [config, service, scaler] = [
			live('ConfigMap', 'shop-config').data,
			specOf('Service', 'search'),
			specOf('HorizontalPodAutoscaler', 'search'),
		];
		const template = specOf('Deployment', 'search').template;
		const update = await run(deploymentUpdate, {name: 'search', image: image('search', '5.1.0')});
		expect(update.outcome).toMatchObject({kind: 'done'});
		change(live('ConfigMap', 'shop-config'), {data: {LOG_LEVEL: 'debug'}});
		change(live('Service', 'search'), {spec: {...service, selector: {app: 'elsewhere'}}});
		change(live('HorizontalPodAutoscaler', 'search'), {spec: {...scaler, maxReplicas: 3}});
		const {outcome, trail} = await run(deploymentRollback, {name: 'search'});
		expect(outcome).toMatchObject({kind: 'done'});
		const told = trail.entries[0]?.plan.consequences.filter(({id}) => id === 'changed-since').map(({text}) => text.split(':')[0]);
		expect(told?.[0]).toMatch(/^ConfigMap shop\/shop-config was changed since revision \d+ by colleague, and that goes$/);
		expect(told).toHaveLength(3);
		expect([live('ConfigMap', 'shop-config').data, specOf('Service', 'search'), specOf('HorizontalPodAutoscaler', 'search')]).toEqual([
			config,
			service,
			scaler,
		]);
		expect(specOf('Deployment', 'search').template).toEqual(template);
		expect(leftovers()).toEqual([]);
	});

	test('of a revision without a bundle says that the template alone comes back', async () => {
		const {outcome} = await run(deploymentRollback, {name: 'web'}, {mode: 'plan'});
		if (outcome.kind !== 'planned') throw new Error(outcome.kind);
		expect(outcome.plan.consequences.map(({id}) => id)).toContain('template-alone');
	});
});

describe('a blue-green rollout', () => {
	test('switches to a checked preview at full size, and hands over to the workload itself', async () => {
		const selector = specOf('Service', 'catalog').selector;
		const seen: unknown[] = [];
		const {outcome} = await run(
			deploymentBlueGreen,
			{name: 'catalog', image: image('catalog', '2.9.0'), check: '/health', keep: '20s'},
			{
				emit: event =>
					void (event.kind === 'step' && seen.push([event.title.split(' ').slice(0, 3).join(' '), specOf('Service', 'catalog').selector])),
			},
		);
		expect(outcome).toMatchObject({kind: 'done', output: {images: [`catalog=${image('catalog', '2.9.0')}`]}});
		expect(seen).toContainEqual(['Roll catalog to', {'mkcoa.dev/copy-of': 'catalog', 'mkcoa.dev/track': 'preview'}]);
		expect(specOf('Service', 'catalog').selector).toEqual(selector);
		expect(leftovers()).toEqual([]);
	});

	test('is taken back before the switch when the preview never gets ready', async () => {
		const before = [specOf('Deployment', 'payments'), specOf('Service', 'payments')];
		const {outcome} = await run(deploymentBlueGreen, {name: 'payments', image: image('payments', '1.10.0-crash'), readyWithin: '1m'});
		expect(outcome).toMatchObject({kind: 'failed', error: {code: 'blue-green-failed'}, left: []});
		expect([specOf('Deployment', 'payments'), specOf('Service', 'payments')]).toEqual(before);
		expect(leftovers()).toEqual([]);
	});

	test.each([
		[{name: 'statefulset/redis', image: 'x:2'}, 'not-a-deployment'],
		[{name: 'worker', image: 'x:2'}, 'no-service'],
		[{name: 'web'}, 'what-version'],
		[{name: 'web', image: 'x:2', check: 'health'}, 'bad-input'],
		[{name: 'web', image: 'x:2', check: '/../../secrets'}, 'bad-input'],
	])('refuses %j', async (input, code) => {
		expect((await run(deploymentBlueGreen, input)).outcome).toMatchObject({kind: 'failed', error: {code}});
	});
});
