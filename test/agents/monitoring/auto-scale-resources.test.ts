import {describe, expect, test} from 'vitest';
import {scalingSchema, scalingText} from '../../../src/agents/monitoring/scaling/scaling-output.ts';
import {autoScaleResources} from '../../../src/agents/monitoring/tools/auto-scale-resources.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';
import type {AnyOutcome} from '../../../src/core/outcome.ts';
import {applyPlan} from '../../../src/core/road/run-tool.ts';
import {textWidth} from '../../../src/core/text/text-width.ts';
import type {Effector} from '../../../src/core/tool.ts';
import type {Ports} from '../../../src/main/ports.ts';
import type {Cluster} from '../../../src/mcp/kubernetes/port.ts';
import type {Metrics} from '../../../src/mcp/monitoring/port.ts';
import {loadNowMs, loadServer} from '../../support/load-server.ts';
import {memoryRoad} from '../../support/memory-road.ts';
import {metricsPorts} from '../../support/metrics-ports.ts';
import {shopRoad} from '../../support/shop-road.ts';

const {run, ports, sandbox, effector, clock} = await shopRoad({scenario: 'shop', speed: 240});
const {machine} = sandbox;

const dayMs = 86_400_000;
const daily = (mean: number) => (atMs: number) => mean * (1 + 0.8 * Math.sin((2 * Math.PI * atMs) / dayMs));
const server = (container: string, mean: number, pods: number, bytes?: number) =>
	loadServer({
		cores: {[container]: daily(mean)},
		...(bytes === undefined ? {} : {bytes: {[container]: () => pods * bytes}}),
		pods: () => pods,
	});

/** `plan` alone where nothing is to be carried out. */
const of = async (input: object, metrics: Metrics, {mode, cluster}: {mode?: 'plan'; cluster?: Cluster} = {}) => {
	const seen = {...metricsPorts(ports, {metrics}), ...(cluster === undefined ? {} : {cluster})} satisfies Ports;
	const asked = {namespace: 'shop', since: '3d', watchFor: '30s', ...input};
	return (await run(autoScaleResources, asked, {ports: seen, ...(mode === undefined ? {} : {mode})})).outcome;
};
const planned = (outcome: AnyOutcome) => {
	if (!('plan' in outcome) || outcome.plan === undefined) throw new Error(JSON.stringify(outcome, null, 1));
	return outcome.plan;
};
const told = (outcome: AnyOutcome) => scalingSchema.parse('output' in outcome ? outcome.output : outcome);
const texts = (outcome: AnyOutcome, id: string) => planned(outcome).consequences.flatMap(each => (each.id === id ? [each.text] : []));

const cpuAt = (averageUtilization: number) => ({
	type: 'Resource',
	resource: {name: 'cpu', target: {type: 'Utilization', averageUtilization}},
});
const hpa = (name: string, spec: object, metadata: object = {}) =>
	machine.create(
		{
			...{apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: {name, namespace: 'shop', ...metadata}},
			spec: {scaleTargetRef: {apiVersion: 'apps/v1', kind: 'Deployment', name}, ...spec},
		},
		'test',
	);
const specOf = (name: string): unknown => machine.get('HorizontalPodAutoscaler', 'shop', name)?.spec;
const replicasOf = (name: string): unknown => Reflect.get(Object(machine.get('Deployment', 'shop', name)?.spec), 'replicas');

/** The cluster in which an autoscaler says that it cannot count, from the moment on that it is there. */
const blind: Cluster = {
	...ports.cluster,
	async get(ref) {
		const object = await ports.cluster.get(ref);
		if (ref.kind !== 'HorizontalPodAutoscaler' || object === undefined) return object;
		const condition = {type: 'ScalingActive', status: 'False', reason: 'FailedGetResourceMetric', message: 'no metrics returned'};
		const seen: KubeObject = {...object, status: {conditions: [condition]}};
		return seen;
	},
};

// No LimitRange gives containers a request there.
machine.create({apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'plain'}}, 'test');

/** Two pods that ask for nothing. */
async function bare(name: string): Promise<void> {
	const container = {name: 'main', image: 'registry.example/shop/gift:1.0'};
	machine.create(
		{
			...{apiVersion: 'apps/v1', kind: 'Deployment', metadata: {name, namespace: 'plain'}},
			spec: {
				...{replicas: 2, selector: {matchLabels: {app: name}}},
				template: {metadata: {labels: {app: name}}, spec: {containers: [container]}},
			},
		},
		'test',
	);
	const isReady = () => Reflect.get(Object(machine.get('Deployment', 'plain', name)?.status), 'readyReplicas');
	await expect.poll(isReady, {timeout: 20_000}).toBe(2);
}

describe('auto_scale_resources', () => {
	test('makes an autoscaler where there is none, and watches what comes of it', async () => {
		const outcome = await of({target: 'catalog'}, server('catalog', 0.4, 3, 2 ** 26));
		expect(outcome).toMatchObject({kind: 'done', output: {result: 'kept', autoscaler: 'HorizontalPodAutoscaler shop/catalog'}});
		const {minReplicas, maxReplicas, targetPercent, watchedSeconds, before} = told(outcome);
		expect(specOf('catalog')).toMatchObject({minReplicas, maxReplicas, metrics: [cpuAt(targetPercent)]});
		// 0.4 cores now, 0.72 at most, of pods that ask for 100m.
		expect(minReplicas * targetPercent).toBeGreaterThanOrEqual(400);
		expect(maxReplicas * targetPercent).toBeGreaterThanOrEqual(720);
		expect(watchedSeconds).toBeGreaterThanOrEqual(30);
		expect(before).toMatchObject({replicas: 3, ready: 3});
		expect(planned(outcome)).toMatchObject({undo: {possible: true}, changes: [{operation: 'create', computed: 'server'}]});
		expect(texts(outcome, 'evidence').join('\n')).toMatch(/865 samples over 3\.0 days, 100 % covered; \d+ settings were replayed/);
		expect(texts(outcome, 'pods-on-average')[0]).toMatch(
			/^Over the past it would have run [\d.]+ pods on average and \d+ at most; ran: 3\./,
		);
	}, 40_000);

	test('changes only what differs, and leaves what else it scales by', async () => {
		const queue = {type: 'External', external: {metric: {name: 'queue'}, target: {type: 'AverageValue', averageValue: '30'}}};
		hpa('accounts', {
			minReplicas: 1,
			maxReplicas: 2,
			metrics: [queue, cpuAt(80)],
			behavior: {scaleDown: {stabilizationWindowSeconds: 600}},
		});
		const outcome = await of({target: 'accounts'}, server('accounts', 0.4, 2), {mode: 'plan'});
		expect(outcome.kind).toBe('planned');
		const [step] = planned(outcome).steps;
		expect(step?.writes).toMatchObject([{op: 'patch', type: 'merge'}]);
		const patch = Object(step?.writes[0] && 'patch' in step.writes[0] ? step.writes[0].patch : {}).spec;
		expect(patch.metrics?.[0] ?? queue).toEqual(queue);
		expect(patch.maxReplicas).toBeGreaterThan(2);
		expect(patch).not.toHaveProperty('behavior');
		expect(texts(outcome, 'other-metrics-stay')).toEqual([expect.stringContaining('It also scales by queue from outside')]);
		machine.remove('HorizontalPodAutoscaler', 'shop', 'accounts');
	});

	test('an autoscaler that cannot act is deleted again, and the pods are as many as before', async () => {
		const before = replicasOf('recommendations');
		const outcome = await of({target: 'recommendations', watchFor: '3m'}, server('recommendations', 0.4, 2), {cluster: blind});
		expect(outcome).toMatchObject({
			kind: 'failed',
			error: {code: 'hurts', why: expect.stringContaining('FailedGetResourceMetric'), next: expect.stringContaining('It was put back')},
			undone: [expect.stringContaining('delete HorizontalPodAutoscaler shop/recommendations')],
			left: [],
			output: {result: 'hurts'},
		});
		expect(specOf('recommendations')).toBeUndefined();
		expect(replicasOf('recommendations')).toBeGreaterThanOrEqual(Number(before));
	}, 40_000);

	test('settings that hurt are set back to what they were', async () => {
		hpa('shipping', {minReplicas: 2, maxReplicas: 3, metrics: [cpuAt(80)]});
		const before = specOf('shipping');
		const steps: string[] = [];
		const acting: Cluster = {
			...blind,
			// It acted before the change.
			get: ref => (steps.length === 0 ? ports.cluster.get(ref) : blind.get(ref)),
		};
		const written = {...metricsPorts(ports, {metrics: server('shipping', 0.6, 2)}), cluster: acting};
		const {outcome} = await run(
			autoScaleResources,
			{target: 'shipping', namespace: 'shop', since: '3d', watchFor: '3m'},
			{ports: written, emit: event => void (event.kind === 'step' && steps.push(event.title))},
		);
		expect(outcome).toMatchObject({kind: 'failed', error: {code: 'hurts'}, left: []});
		expect(specOf('shipping')).toEqual(before);
		expect(steps.at(-1)).toContain('If it got worse: set HorizontalPodAutoscaler shop/shipping back');
	}, 40_000);

	test('what somebody else sets meanwhile is theirs, and stays', async () => {
		hpa('payments', {minReplicas: 2, maxReplicas: 3, metrics: [cpuAt(80)]});
		let looks = 0;
		const meddled: Cluster = {
			...ports.cluster,
			async get(ref) {
				const isWritten = Reflect.get(Object(specOf('payments')), 'maxReplicas') !== 3;
				const object = machine.get('HorizontalPodAutoscaler', 'shop', 'payments');
				if (ref.kind === 'HorizontalPodAutoscaler' && isWritten && object !== undefined && looks++ === 0)
					machine.update({...object, spec: {...Object(object.spec), maxReplicas: 99}}, 'argocd-controller');
				return ports.cluster.get(ref);
			},
		};
		const outcome = await of({target: 'payments', watchFor: '2m'}, server('payments', 0.6, 2), {cluster: meddled});
		expect(outcome).toMatchObject({
			kind: 'failed',
			error: {code: 'changed-by-others', why: expect.stringContaining('changed maxReplicas of HorizontalPodAutoscaler shop/payments')},
			undone: [],
			left: ['HorizontalPodAutoscaler shop/payments as it was written'],
		});
		expect(specOf('payments')).toMatchObject({maxReplicas: 99});
	}, 40_000);

	test('what does is left as it is, with the evidence', async () => {
		hpa('cart', {minReplicas: 3, maxReplicas: 12, metrics: [cpuAt(70)]});
		// A floor that is raised ahead of a peak is not taken away by the next look at the past.
		expect(await of({target: 'cart', watchFor: '10s'}, server('cart', 0.2, 3))).toMatchObject({kind: 'done', output: {minReplicas: 4}});
		const again = await of({target: 'cart'}, server('cart', 0.2, 3));
		expect(again.kind).toBe('nothing-to-do');
		expect(planned(again).summary).toMatch(/is set well\. 865 samples over 3\.0 days, 100 % covered; \d+ settings were replayed/);
	}, 40_000);

	test('pods without a CPU request are given one first', async () => {
		await bare('bare');
		const asked = {target: 'bare', namespace: 'plain'};
		const outcome = await of(asked, server('main', 0.3, 2, 2 ** 27), {mode: 'plan'});
		const {steps, changes} = planned(outcome);
		expect(steps.map(({title}) => title)[0]).toMatch(/^Resize Deployment plain\/bare: main: cpu request none → \d+m$/);
		expect(changes.map(({ref}) => ref.kind)).toEqual(['Deployment', 'HorizontalPodAutoscaler']);
		expect(texts(outcome, 'memory-request')).toEqual([expect.stringContaining('--requests')]);
		const all = await of({...asked, requests: true}, server('main', 0.3, 2, 2 ** 27), {mode: 'plan'});
		expect(planned(all).steps[0]?.title).toMatch(/memory request none → \d+Mi/);
	}, 40_000);

	test.each(['before', 'after'] as const)(
		'killed %s the autoscaler was written, mkcoa resume goes on from there',
		async fate => {
			const name = `killed-${fate}`;
			await bare(name);
			const sent: string[] = [];
			const dying: Effector = {
				...effector,
				async send(write, live, signal) {
					const isLast = write.ref.kind === 'HorizontalPodAutoscaler';
					if (isLast && fate === 'before') throw new Error('killed');
					sent.push(write.ref.kind);
					const answer = await effector.send(write, live, signal);
					if (isLast) throw new Error('killed');
					return answer;
				},
			};
			const seen = metricsPorts(ports, {metrics: server('main', 0.3, 2)});
			const asked = {target: name, namespace: 'plain', since: '3d', watchFor: '10s'};
			const {trail, outcome} = await run(autoScaleResources, asked, {ports: seen, effector: dying});
			expect(outcome.kind).toBe('failed');
			const [entry] = trail.entries;
			if (entry === undefined) throw new Error('nothing was journaled');
			// Who is killed writes down no end.
			const effects = (trail.effects.get(entry.id) ?? []).map(({error: _, ...effect}) =>
				effect.state === 'done' ? effect : {...effect, state: 'intended' as const},
			);
			const {road, trail: second} = memoryRoad<Ports>(seen, effector, {clock, target: ports.cluster.target});
			second.entries.push({...entry, outcome: 'failed'});
			second.effects.set(entry.id, [...effects]);
			const earlier = {plan: entry.plan, digest: entry.digest, sealed: {}};
			const resumed = await applyPlan(autoScaleResources, {...earlier, resume: {journal: entry.id, effects}}, road);
			expect(resumed).toMatchObject({kind: 'done', output: {result: 'kept'}});
			expect(machine.get('HorizontalPodAutoscaler', 'plain', name)?.spec).toMatchObject({scaleTargetRef: {name}});
			expect(sent).toEqual(fate === 'before' ? ['Deployment'] : ['Deployment', 'HorizontalPodAutoscaler']);
			expect(second.effects.get(entry.id)?.map(({state}) => state)).toEqual(['done', 'done']);
		},
		60_000,
	);

	test.each([
		['too little history', {target: 'search', since: '5h'}, 'not-enough-data', 'too little history'],
		['an autoscaler of KEDA', {target: 'web'}, 'owned-autoscaler', 'ScaledObject web'],
		['another metric alone', {target: 'worker'}, 'not-scaled-by-cpu', 'queue'],
		['nobody', {target: 'nobody'}, 'not-found', 'nobody'],
	])('refuses %s', async (_, input, code, words) => {
		const queue = {type: 'External', external: {metric: {name: 'queue'}, target: {type: 'AverageValue', averageValue: '30'}}};
		const controller = {apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject', name: 'web', uid: 'u', controller: true};
		if (code === 'owned-autoscaler') hpa('web', {minReplicas: 2, maxReplicas: 4, metrics: [cpuAt(60)]}, {ownerReferences: [controller]});
		if (code === 'not-scaled-by-cpu') hpa('worker', {minReplicas: 2, maxReplicas: 4, metrics: [queue]});
		const outcome = await of(input, server(input.target, 0.3, 3));
		expect(outcome).toMatchObject({kind: 'failed', error: {code, next: expect.any(String)}});
		expect(JSON.stringify(outcome)).toContain(words);
	});

	test('fits terminals of 80 and 40 columns', () => {
		const look = {replicas: 3, ready: 3, requestsPerSecond: 40, errorRatio: 0.001, latency: 0.2};
		const answer = {
			...{
				workload: 'Deployment shop/web',
				autoscaler: 'HorizontalPodAutoscaler shop/web',
				minReplicas: 3,
				maxReplicas: 9,
				targetPercent: 70,
			},
			...{result: 'kept' as const, watchedSeconds: 600, before: look, after: {...look, stuck: 'FailedGetResourceMetric: no metrics'}},
			notWatched: ['latency: nobody measures it'],
		};
		for (const width of [80, 40])
			for (const line of scalingText(answer, {width, terminal: true, nowMs: loadNowMs}).split('\n'))
				expect(textWidth(line)).toBeLessThanOrEqual(width);
	});
});
