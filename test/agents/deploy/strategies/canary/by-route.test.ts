import {describe, expect, test, vi} from 'vitest';
import {deploymentAbort} from '../../../../../src/agents/deploy/tools/deployment-abort.ts';
import {deploymentCanary} from '../../../../../src/agents/deploy/tools/deployment-canary.ts';
import type {Event} from '../../../../../src/core/event.ts';
import {listAt, numberAt, textAt} from '../../../../../src/core/kube/json-at.ts';
import {httpRouteDefinition} from '../../../../../src/sandbox/scenarios/route-definitions.ts';
import {httpRoute} from '../../../../support/http-route.ts';
import {shopRoad} from '../../../../support/shop-road.ts';

const {run, sandbox} = await shopRoad();
const {machine} = sandbox;
machine.create(httpRouteDefinition, 'test');
machine.create(httpRoute('web', [{backendRefs: [{name: 'web', port: 80}]}], {}, 'shop'), 'test');
const image = (tag: string) => `registry.example/shop/web:${tag}`;
const weights = () =>
	listAt(machine.get('HTTPRoute', 'shop', 'web')?.spec, 'rules')
		.flatMap(rule => listAt(rule, 'backendRefs'))
		.map(ref => `${textAt(ref, 'name')} ${numberAt(ref, 'weight') ?? 1}`);
const standing = () => ({
	image: textAt(listAt(machine.get('Deployment', 'shop', 'web')?.spec, 'template', 'spec', 'containers')[0], 'image'),
	replicas: numberAt(machine.get('Deployment', 'shop', 'web'), 'spec', 'replicas'),
	beside: ['Deployment', 'Service', 'HorizontalPodAutoscaler', 'Lease', 'Secret', 'ConfigMap'].flatMap(kind =>
		machine
			.list(kind, 'shop')
			.flatMap(({metadata}) => (/^web-canary|^mkcoa-rollout/.test(metadata.name) ? [`${kind} ${metadata.name}`] : [])),
	),
	weights: weights(),
});

// The numbers of a shop that just opened come with the first scrapes, those of its pods before those of its gateway.
await vi.waitFor(async () => {
	const {outcome} = await run(deploymentCanary, {name: 'web', image: image('1.5.0')}, {mode: 'plan'});
	expect(outcome.kind === 'planned' && outcome.plan.verify[0]).toMatch(/error ratio/);
	expect(JSON.stringify(outcome)).toContain('istio_requests_total');
}, 10_000);

describe('a canary whose share a route decides', () => {
	test('gets its weights step by step, and leaves the route as it was', async () => {
		const before = standing();
		const seen: string[] = [];
		const emit = (event: Event) => void (event.kind === 'step' && event.title.startsWith('Judge') && seen.push(weights().join()));
		const {outcome} = await run(deploymentCanary, {name: 'web', image: image('1.5.0'), steps: '25,50,100', interval: '20s'}, {emit});
		expect(outcome, JSON.stringify(outcome)).toMatchObject({kind: 'done', output: {verdict: 'promoted'}});
		const evidence = {
			metrics: [{metric: 'error-ratio', query: expect.stringContaining('istio_requests_total{'), canary: {}, stable: {}}, {}],
		};
		const verdict = {verdict: 'pass', evidence};
		expect(outcome).toMatchObject({output: {stages: [{verdict}, {verdict}, {verdict}]}});
		expect(seen).toMatchInlineSnapshot(`
			[
			  "web 75,web-canary 25",
			  "web 50,web-canary 50",
			  "web 0,web-canary 100",
			]
		`);
		expect(standing()).toEqual({...before, image: image('1.5.0')});
	});

	test('says once in its plan what several steps have in common, and shows no change that changes nothing', async () => {
		const {outcome} = await run(deploymentCanary, {name: 'web', image: image('1.7.0'), steps: '10,25,50,100'}, {mode: 'plan'});
		if (outcome.kind !== 'planned') throw new Error(JSON.stringify(outcome));
		const {consequences, changes, steps} = outcome.plan;
		const texts = consequences.map(({text}) => text);
		expect(texts).toEqual([...new Set(texts)]);
		expect(
			changes.filter(({operation, fields, computed}) => operation === 'update' && computed !== 'local' && fields.length === 0),
		).toEqual([]);
		expect(steps.filter(({on}) => on !== 'failure').map(({title}) => title)).toContain(
			'Send all requests to web: HTTPRoute shop/web, rule 1 as before',
		);
		// What each update changes after the one before, not the whole rule again.
		const weightsToldAfterFirst = changes
			.filter(({ref}) => ref.kind === 'HTTPRoute')
			.slice(1)
			.map(({why, fields}) => [why, ...fields.map(({before, after}) => `${before} → ${after}`)]);
		const after = 'after the update of it above';
		expect(weightsToldAfterFirst).toEqual([
			[after, '90 → 75', '10 → 25'],
			[after, '75 → 50', '25 → 50'],
			[after, '50 → 0', '50 → 100'],
			[after, '0 → 50', '100 → 50'],
		]);
	});

	test('is compared with a fresh baseline, which has no share of the route of its own, by what its pods count', async () => {
		const before = standing();
		const {outcome} = await run(deploymentCanary, {name: 'web', image: image('1.8.0'), steps: '50', interval: '20s', baseline: true});
		expect(outcome, JSON.stringify(outcome)).toMatchObject({kind: 'done', output: {verdict: 'promoted'}});
		expect(standing()).toEqual({...before, image: image('1.8.0')});
	});

	test('judges copies of requests by what its pods count, because the gateway does not count copies', async () => {
		const before = standing();
		const stages: string[] = [];
		const emit = (event: Event) => void (event.kind === 'step' && event.title.startsWith('Judge') && stages.push(event.title));
		const {outcome} = await run(deploymentCanary, {name: 'web', image: image('1.9.0'), steps: '50', interval: '20s', mirror: 100}, {emit});
		expect(outcome, JSON.stringify(outcome)).toMatchObject({kind: 'done', output: {verdict: 'promoted'}});
		expect(stages[0]).toMatch(/^Judge what it makes of the copies for 20s by error ratio/);
		expect(standing()).toEqual({...before, image: image('1.9.0')});
	});

	test('that is worse goes, and all is as before', async () => {
		const before = standing();
		const {outcome} = await run(deploymentCanary, {name: 'web', image: image('1.6.0-bad'), steps: '25,50', interval: '60s'});
		expect(outcome).toMatchObject({kind: 'failed', error: {code: 'canary-failed'}, left: [], output: {verdict: 'rolled-back'}});
		expect(standing()).toEqual(before);
	});
});

describe('a canary that is taken back when the workload serves the new version', () => {
	const readyOf = (name: string) => numberAt(machine.get('Deployment', 'shop', name), 'status', 'readyReplicas') ?? 0;
	/** The fewest ready pods that anybody with a share of the requests had. */
	const leastServing = () => Math.min(...weights().flatMap(text => (text.endsWith(' 0') ? [] : [readyOf(text.split(' ')[0] ?? '')])));

	test.each(['Send 50 % of the requests to web', 'Send all requests to web: HTTPRoute shop/web, rule 1 as before'])(
		'from "%s" on never sends requests to nobody, though the strategy recreates all pods at once',
		async title => {
			const web = machine.get('Deployment', 'shop', 'web');
			if (web === undefined) throw new Error('There is no web');
			machine.update({...web, spec: {...Object(web.spec), strategy: {type: 'Recreate'}}}, 'test');
			const before = standing();
			const interrupt = new AbortController();
			const emit = (event: Event) => {
				if (event.kind !== 'step' || event.title !== title) return;
				const stop = machine.watch(() => {
					stop();
					interrupt.abort(new Error('interrupted'));
				}, ['HTTPRoute']);
			};
			const asked = {name: 'web', image: image('1.5.1'), steps: '50,100', interval: '20s'};
			const {outcome} = await run(deploymentCanary, asked, {emit, signal: interrupt.signal});
			expect(outcome, JSON.stringify(outcome)).toMatchObject({kind: 'failed', error: {code: 'cancelled'}});
			const fewest: number[] = [];
			const stop = machine.watch(() => void fewest.push(leastServing()), ['Deployment', 'HTTPRoute']);
			const {outcome: end} = await run(deploymentAbort, {name: 'web', namespace: 'shop'}, {holderDied: () => true});
			stop();
			expect(end, JSON.stringify(end)).toMatchObject({kind: 'done', output: {result: 'taken-back'}});
			expect(Math.min(...fewest)).toBeGreaterThan(0);
			expect(standing()).toEqual(before);
		},
	);
});
