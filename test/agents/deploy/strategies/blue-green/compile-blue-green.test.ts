import {describe, expect, test} from 'vitest';
import {compileBlueGreen, type Wishes} from '../../../../../src/agents/deploy/strategies/blue-green/compile-blue-green.ts';
import {previewSuffix, switchByRoute, switchBySelector} from '../../../../../src/agents/deploy/strategies/blue-green/switch.ts';
import {newVersion} from '../../../../../src/agents/deploy/strategies/rolling/new-version.ts';
import {separateCopy} from '../../../../../src/agents/deploy/traffic/copy/separate-copy.ts';
import {isJsonObject, type Json} from '../../../../../src/core/json.ts';
import {type Ref, refOf} from '../../../../../src/core/kube/kube-object.ts';
import {fitsMap} from '../../../../../src/core/kube/selector.ts';
import type {Write} from '../../../../../src/core/plan.ts';
import {deployment, object} from '../../../../support/kube-objects.ts';
import {leftBy, type World, worldOf} from '../../../../support/written-world.ts';

const web = deployment({replicas: 4});
const service = object('v1', 'Service', 'web', {spec: {selector: {app: 'web'}, ports: [{name: 'http', port: 80}]}});
const scaler = object('autoscaling/v2', 'HorizontalPodAutoscaler', 'web', {
	spec: {minReplicas: 2, maxReplicas: 9, scaleTargetRef: {apiVersion: 'apps/v1', kind: 'Deployment', name: 'web'}},
});
const budget = object('policy/v1', 'PodDisruptionBudget', 'web', {spec: {minAvailable: 3, selector: {matchLabels: {app: 'web'}}}});
const version = newVersion(web, {image: 'web:2'});
const copy = separateCopy(web, [service], {suffix: previewSuffix, template: version.template, replicas: 4});
const usual: Wishes = {pauseAtPreview: false, keepMs: 600_000, keepText: '10m', autoscalerAfter: '90s', withinMs: 60_000};
const scriptOf = (change: Partial<Parameters<typeof compileBlueGreen>[0]> = {}) =>
	compileBlueGreen({
		workload: web,
		version,
		copy,
		traffic: switchBySelector(web, [service], copy),
		scalers: [scaler],
		budgets: [budget],
		wishes: usual,
		...change,
	});

const start = worldOf([web, service, scaler, budget]);
const at = (world: World, kind: string, name: string) =>
	[...world.values()].find(each => each.kind === kind && each.metadata.name === name);
const field = (value: Json | undefined, ...path: readonly string[]): Json | undefined =>
	path.reduce<Json | undefined>((inner, key) => (isJsonObject(inner) ? inner[key] : undefined), value);

/** The Deployments whose pods the Service sends requests to, with their image. */
function serving(world: World): readonly string[] {
	const selector = field(at(world, 'Service', 'web'), 'spec', 'selector');
	return [...world.values()]
		.filter(({kind, spec}) => kind === 'Deployment' && fitsMap(selector, field(spec, 'template', 'metadata', 'labels')))
		.map(
			each =>
				`${each.metadata.name} ${JSON.stringify(field(each.spec, 'replicas'))} ${/"image":"[^"]*:([^"]*)"/.exec(JSON.stringify(each.spec))?.[1]}`,
		);
}

describe('a blue-green rollout by the selector of a Service', () => {
	const {acts, wayBack} = scriptOf();

	test('tells each act', () => {
		expect(acts.map(({title, wait}) => [title, wait?.kind ?? ''])).toEqual([
			['Keep the autoscaler of web from taking pods away while others serve', ''],
			['Start web-preview with 4 pods of the new version, reached by Service web-preview', 'ready'],
			['See that web-preview has as many pods as the autoscaler gave web', 'ready'],
			['Send all traffic to web-preview by Service web, and keep web at full size for 10m', 'keep'],
			['Roll web to the new version while it has no traffic', 'ready'],
			['Send all traffic to web again by Service web', 'keep'],
			['Keep web-preview for 90s more, until the autoscaler of web has seen the requests', 'keep'],
			['Remove web-preview and what was made for it', ''],
			['Let the autoscaler of web decide again: minReplicas of HorizontalPodAutoscaler web as before', ''],
		]);
	});

	test('waits 10 s without a restart for a preview whose containers nothing asks whether they serve', () => {
		const steadyOf = (script: typeof acts) => script.map(({wait}) => (wait?.kind === 'ready' ? wait.steadyMs : undefined));
		expect(steadyOf(acts)[1]).toBe(10_000);
		const template = {spec: {containers: [{name: 'web', image: 'web:2', readinessProbe: {tcpSocket: {port: 80}}}]}};
		expect(steadyOf(scriptOf({version: {...version, template}}).acts)[1]).toBeUndefined();
	});

	test('after every act one full set of pods serves', () => {
		expect(acts.map((_, index) => serving(leftBy(acts.slice(0, index + 1), start)))).toEqual([
			['web 4 1.0'],
			['web 4 1.0'],
			['web 4 1.0'],
			['web-preview 4 2'],
			['web-preview 4 2'],
			['web 4 2'],
			['web 4 2'],
			['web 4 2'],
			['web 4 2'],
		]);
	});

	test('leaves the new version and nothing else', () => {
		const end = leftBy(acts, start);
		expect([...end.keys()].toSorted()).toEqual([...start.keys()].toSorted());
		expect(field(at(end, 'HorizontalPodAutoscaler', 'web'), 'spec')).toEqual(scaler.spec);
		expect(at(end, 'Service', 'web')).toEqual(service);
		expect(at(end, 'Deployment', 'web')).toEqual({...web, spec: {...Object(web.spec), template: version.template}});
	});

	test('goes back from every act to what was before, and only over acts that were reached', () => {
		for (const [reached] of acts.entries()) {
			const back = wayBack.filter(({after = 0}) => after <= reached);
			const end = leftBy(back, leftBy(acts.slice(0, reached + 1), start));
			expect({reached, end: [...end]}).toEqual({reached, end: [...start]});
		}
		const begins = acts.map((_, reached) => wayBack.find(({after = 0}) => after <= reached)?.title);
		expect(begins).toEqual([
			'Remove web-preview and what was made for it',
			'Remove web-preview and what was made for it',
			'Remove web-preview and what was made for it',
			'See that web has as many pods as the autoscaler gave web-preview',
			'Give web its former pod template again',
			// The workload serves again: the preview does while the former pods come back.
			...Array<string>(4).fill('See that web-preview has as many pods as the autoscaler gave web, where it still stands'),
		]);
	});

	test('the preview has an autoscaler and a budget of its own, and the stable pods stay as many as they are', () => {
		const made = leftBy(acts.slice(0, 2), start);
		expect(field(at(made, 'HorizontalPodAutoscaler', 'web'), 'spec', 'minReplicas')).toBe(4);
		expect(field(at(made, 'HorizontalPodAutoscaler', 'web-preview'), 'spec')).toMatchObject({
			minReplicas: 4,
			maxReplicas: 9,
			scaleTargetRef: {name: 'web-preview'},
		});
		expect(field(at(made, 'PodDisruptionBudget', 'web-preview'), 'spec')).toEqual({
			minAvailable: 3,
			selector: {matchLabels: copy.selector},
		});
	});

	test('every write done twice leaves the same', () => {
		for (const act of [...acts, ...wayBack]) {
			const once = leftBy([act], leftBy(acts.slice(0, 3), start));
			expect([...leftBy([act], once)]).toEqual([...once]);
		}
	});
});

test('checks, a judgement and a person come between the preview and the switch', () => {
	const wishes = {
		...usual,
		check: {path: '/health', port: 'http'},
		judgedBy: '30s by error ratio',
		pauseAtPreview: true,
		keepMs: 1000,
		keepText: '1s',
	};
	const {acts} = scriptOf({wishes, scalers: [], budgets: []});
	expect(acts.map(({wait}) => wait?.kind)).toEqual(['ready', 'check', 'judge', 'hold', 'keep', 'ready', 'keep', undefined]);
	const preview: Ref = {apiVersion: 'v1', kind: 'Service', namespace: 'shop', name: 'web-preview'};
	expect(acts[1]?.wait).toEqual({kind: 'check', service: preview, port: 'http', path: '/health', withinMs: 60_000});
	expect([acts[4]?.wait, acts[6]?.wait]).toEqual([
		{kind: 'keep', ms: 1000, leastMs: 1000},
		{kind: 'keep', ms: 1000, fixed: true},
	]);
});

test('with a route in front its backend is switched, and the Services stay', () => {
	const [stable, canary] = [refOf(service), {...refOf(service), name: 'web-preview'}];
	const route: Ref = {apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', namespace: 'shop', name: 'web'};
	const weight = (percent: number): Write => ({op: 'patch', ref: route, type: 'merge', patch: {spec: {percent}}});
	const traffic = switchByRoute({
		kind: 'httproute',
		words: 'HTTPRoute shop/web, rule 1',
		prepare: [],
		toWeight: percent => [weight(percent)],
		restore: [weight(0)],
		cleanup: [],
		before: [],
		services: [{stable, canary}],
		notes: [],
	});
	if (traffic === undefined) throw new Error('no switch');
	const {acts} = scriptOf({traffic, scalers: [], budgets: []});
	expect(acts[1]).toMatchObject({title: expect.stringContaining('by HTTPRoute shop/web, rule 1'), writes: [weight(100)]});
	expect(acts[3]?.writes).toEqual([weight(0)]);
});

test('requests that pods alone share have no switch', () => {
	const none = {
		kind: 'replicas',
		words: '',
		prepare: [],
		toWeight: () => [],
		restore: [],
		cleanup: [],
		before: [],
		services: [],
		notes: [],
	} as const;
	expect(switchByRoute(none)).toBeUndefined();
});
