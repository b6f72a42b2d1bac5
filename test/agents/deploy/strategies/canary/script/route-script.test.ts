import {describe, expect, test} from 'vitest';
import type {Act} from '../../../../../../src/agents/deploy/staged/act.ts';
import {routeScript} from '../../../../../../src/agents/deploy/strategies/canary/script/route-script.ts';
import {newVersion} from '../../../../../../src/agents/deploy/strategies/rolling/new-version.ts';
import type {Traffic} from '../../../../../../src/agents/deploy/traffic/traffic.ts';
import {stagesOf} from '../../../../../../src/analysis/canary/stages.ts';
import {refOf} from '../../../../../../src/core/kube/kube-object.ts';
import {object} from '../../../../../support/kube-objects.ts';
import {webDeployment} from '../../../../../support/web-deployment.ts';

const scaler = object('autoscaling/v2', 'HorizontalPodAutoscaler', 'web', {
	spec: {minReplicas: 2, maxReplicas: 9, scaleTargetRef: {apiVersion: 'apps/v1', kind: 'Deployment', name: 'web'}},
});
const traffic: Traffic = {
	kind: 'httproute',
	words: 'HTTPRoute shop/web, rule 1',
	prepare: [],
	toWeight: () => [],
	restore: [],
	cleanup: [],
	before: [],
	services: [],
	notes: [],
};

const script = (whole: boolean, scaled = true, baseline = false, mirrored = false) =>
	routeScript({
		stable: webDeployment({replicas: 4}),
		version: newVersion(webDeployment(), {image: 'registry.example/shop/web:1.5.0'}),
		stages: stagesOf(4, [25], true),
		replicas: 4,
		keepStable: true,
		interval: '60s',
		judgedBy: 'readiness',
		readyWithinMs: 300_000,
		pauseAt: [],
		baseline,
		traffic,
		services: [],
		scaler: scaled ? scaler : undefined,
		autoscalerAfter: '90s',
		whole,
		mirrored,
	});

const alongOf = ({wait}: Act) => (wait?.kind === 'ready' ? wait.along : undefined);
const along = {of: {apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web-canary'}, scalers: [refOf(scaler)]};

test.each([
	['runs for 10 s before it gets its first requests', false, 10_000],
	['that is judged by copies of requests before is not waited for', true, undefined],
])('a canary without a readiness probe %s', (_, mirrored, steadyMs) => {
	const {acts} = script(false, false, false, mirrored);
	const first = acts.find(({title}) => title.startsWith('Start web-canary'));
	expect(first?.wait?.kind === 'ready' && first.wait.steadyMs).toBe(steadyMs);
});

test('while the canary serves all, the workload gets as many pods as its autoscaler gave the canary before requests come back', () => {
	const {acts, wayBack} = script(true);
	expect(acts.filter(act => alongOf(act) !== undefined).map(act => [act.title, alongOf(act)])).toEqual([
		['Promote: web gets registry.example/shop/web:1.5.0 while it serves nobody', along],
	]);
	const [rolledBack, seen, sent] = wayBack.filter(({standIn}) => standIn === undefined);
	expect([rolledBack, seen].map(act => act && alongOf(act))).toEqual([along, along]);
	expect(sent?.title).toMatch(/^Send all requests to web/);
	// From the moment on at which nothing is sent to the workload any more.
	expect(acts[seen?.after ?? -1]?.title).toMatch(/^Send 100 % of the requests to web-canary/);
});

test('on a way back from where the workload has requests again the canary serves first, as large as the workload is by then', () => {
	const {acts, wayBack} = script(true);
	const copied = {of: refOf(webDeployment()), scalers: [{...refOf(scaler), name: 'web-canary'}]};
	const covering = wayBack.filter(({standIn}) => standIn !== undefined);
	expect(covering.map(act => [act.title, alongOf(act), acts[act.after ?? -1]?.title])).toEqual([
		['See that web-canary has as many pods as the autoscaler gave web, where it still stands', copied, 'Send 50 % of the requests to web'],
		[
			'While web goes back, send all requests to web-canary, where it still stands: HTTPRoute shop/web, rule 1',
			undefined,
			'Send 50 % of the requests to web',
		],
	]);
	expect(wayBack.slice(0, covering.length)).toEqual(covering);
	// A canary of a part of the requests has not the size for all of them.
	expect(script(false).wayBack.filter(({standIn}) => standIn !== undefined)).toEqual([]);
});

test.each([
	['without an autoscaler', script(true, false)],
	['where the workload goes on serving', script(false)],
])('%s there is nobody to keep up with', (_, {acts, wayBack}) => {
	expect([...acts, ...wayBack].filter(act => alongOf(act) !== undefined)).toEqual([]);
});

describe('when the requests are back', () => {
	const tail = (acts: readonly Act[]) => acts.slice(acts.findLastIndex(({title}) => title.startsWith('Send all requests to web')) + 1);
	const ends = [
		['Keep web-canary for 90s more, until the autoscaler of web has seen the requests', {kind: 'keep', ms: 90_000, fixed: true}],
		['Remove web-canary', undefined],
		['Let the autoscaler of web decide again: minReplicas of HorizontalPodAutoscaler web as before', undefined],
	];

	test.each([
		['with a step of 100', script(true)],
		['without one', script(false)],
	])('the canary stands, and the autoscaler takes no pods away, until it has seen them: %s', (_, {acts, wayBack}) => {
		expect(tail(acts).map(({title, wait}) => [title, wait])).toEqual(ends);
		expect(tail(wayBack).map(({title, wait}) => [title, wait])).toEqual(ends);
		// Who turns back before anything was sent has nothing to wait for.
		expect(acts[tail(wayBack)[0]?.after ?? -1]?.title).toMatch(/^Send 25 % of the requests to web-canary/);
	});

	test('nobody waits for an autoscaler that is not there', () => {
		const {acts, wayBack} = script(true, false);
		expect([...tail(acts), ...tail(wayBack)].map(({title}) => title)).toEqual(['Remove web-canary', 'Remove web-canary']);
	});
});

test('what the cluster looks like names the pods of a baseline apart', () => {
	const stands = script(true, false, true).acts.map(({ifDies}) => ifDies);
	expect([...new Set(stands)].slice(0, 6)).toEqual([
		'web-canary serves nobody, web the rest with all its pods',
		'web-canary serves nobody, web the rest with all its pods and 1 of web-baseline',
		'web-canary serves 25 % with 1 pod, web the rest with all its pods and 1 of web-baseline',
		'web-canary serves 25 %, web the rest with all its pods and 1 of web-baseline',
		'web-canary serves 25 %, web the rest with all its pods and 4 of web-baseline',
		'web-canary serves everything with 4 pods, web stands beside it with all its pods',
	]);
});
