import {expect, test} from 'vitest';
import {optimizeResources} from '../../../../src/agents/deploy/tools/optimize-resources.ts';
import {listAt, valueAt} from '../../../../src/core/kube/json-at.ts';
import type {AnyOutcome} from '../../../../src/core/outcome.ts';
import {deployment} from '../../../../src/sandbox/scenarios/workloads.ts';
import {shopRoad} from '../../../support/shop-road.ts';

const {run, sandbox, ports} = await shopRoad();
const sizesOf = (name: string) =>
	valueAt(listAt(sandbox.machine.get('Deployment', 'shop', name) ?? null, 'spec', 'template', 'spec', 'containers')[0], 'resources');
const planOf = (outcome: AnyOutcome) =>
	outcome.kind === 'planned' || outcome.kind === 'done' || outcome.kind === 'nothing-to-do' ? outcome.plan : undefined;
const told = (outcome: AnyOutcome, id: string) => planOf(outcome)?.consequences.find(each => each.id === id)?.text;
const withoutPrometheus = {ports: {...ports, metrics: async () => ({why: 'the cluster has no Service that looks like Prometheus'})}};

test('requests follow a week of use, the pods roll, and the numbers are shown', async () => {
	const {outcome} = await run(optimizeResources, {workload: 'cart', namespace: 'shop'});
	expect(outcome).toMatchObject({kind: 'done', output: {workload: 'Deployment shop/cart', pods: 2}});
	expect(sizesOf('cart')).toMatchObject({limits: {cpu: '500m', memory: '256Mi'}});
	expect(told(outcome, 'observed-use')).toMatch(
		/^Container cart used \d+m CPU \(p95, peak \d+m\) and at most \d+Mi of memory; [\d]+ samples of 2 pods over 7d, from Prometheus monitoring/,
	);
	expect(told(outcome, 'sizing-method')).toMatch(/^Method: memory by its peak/);
	expect(told(outcome, 'pods-restart')).toMatch(/^2 pods restart/);
	expect(told(outcome, 'in-place-resize')).toMatch(/pods\/resize/);
});

test('an autoscaler on the same request is told with its target before and after', async () => {
	const {outcome} = await run(optimizeResources, {workload: 'search', namespace: 'shop'}, {mode: 'plan'});
	expect(told(outcome, 'autoscaler-target-moves')).toMatch(
		/aims at 70 % of the CPU request: that was 70m a pod and becomes \d+m; .* set it to \d+ %$/,
	);
});

test('without Prometheus use is watched for a while, and nothing is lowered by so little', async () => {
	const {outcome} = await run(
		optimizeResources,
		{workload: 'deployment/catalog', namespace: 'shop', sampleFor: '30s'},
		{...withoutPrometheus, mode: 'plan'},
	);
	expect(outcome.kind).toBe('nothing-to-do');
	expect(planOf(outcome)?.summary).toMatch(/fit what it used\. Container catalog used .* from metrics\.k8s\.io/);
	expect(told(outcome, 'sizing-reason')).toMatch(/too little to ask for less/);
});

test('a workload that asks for too little is raised even then, and a killed one above its limit', async () => {
	const words = {namespace: 'shop', name: 'small', image: 'registry.example/shop/small:1.0', replicas: 1, cpu: '1m', memory: '8Mi/1Gi'};
	sandbox.machine.create(
		deployment({...words, annotations: {'sandbox.mkcoa.dev/memory': '200Mi', 'sandbox.mkcoa.dev/cpu': '80m'}}),
		'test',
	);
	const {outcome} = await run(
		optimizeResources,
		{workload: 'small', namespace: 'shop', sampleFor: '2m'},
		{...withoutPrometheus, mode: 'plan'},
	);
	expect(planOf(outcome)?.summary).toMatch(/cpu request 1m → \d+m, memory request 8Mi → 2\d\dMi/);
});

test.each<[object, object, string]>([
	[{workload: 'nobody'}, {}, 'no-such-workload'],
	[{workload: 'cronjob/nightly-report'}, {}, 'not-resizable'],
	[{workload: 'web'}, {ports: {...withoutPrometheus.ports, cluster: {...ports.cluster, raw: async () => undefined}}}, 'not-enough-data'],
])('%j is refused with a way on', async (input, change, code) => {
	const {outcome} = await run(optimizeResources, {namespace: 'shop', ...input}, {...change, mode: 'plan'});
	expect(outcome).toMatchObject({kind: 'failed', error: {code, next: expect.any(String)}});
});
