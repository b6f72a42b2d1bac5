import {afterAll, beforeAll, expect, test} from 'vitest';
import {chooseMetrics} from '../../../src/agents/deploy/metrics/choosing/choose-metrics.ts';
import type {ChosenMetric} from '../../../src/agents/deploy/metrics/choosing/chosen-metric.ts';
import {pooled} from '../../../src/agents/deploy/metrics/pooled.ts';
import {samplerOf} from '../../../src/agents/deploy/metrics/sampler-of.ts';
import {podsOf} from '../../../src/agents/deploy/rollout/pod-health.ts';
import {liveDeployment} from '../../../src/agents/deploy/workload.ts';
import type {Interval} from '../../../src/analysis/canary/metric.ts';
import {systemClock} from '../../../src/core/clock.ts';
import {outsideSender} from '../../../src/main/outside-sender.ts';
import {prometheusAt} from '../../../src/mcp/monitoring/prometheus/prometheus-at.ts';
import {httpRoute} from '../../support/http-route.ts';
import {type Connected, connected} from '../connected.ts';
import {addGatewayApi} from '../gateway-api.ts';
import {deployed, serves, shop} from '../in-shop.ts';
import {observedPlane} from './observed-plane.ts';

const one = observedPlane();
let client: Connected;
beforeAll(async () => {
	client = await connected(one.plane().kubeconfig, 'admin');
});
afterAll(() => client?.close());

const ports = () => ({
	cluster: client.cluster,
	metrics: () =>
		prometheusAt(one.prometheus(), {
			sender: server => outsideSender(server, {}),
			learn: () => {},
			clock: systemClock(),
			signal: new AbortController().signal,
		}),
});
const podsNow = async (name: string) => podsOf(client.cluster, await liveDeployment(client.cluster, 'shop', name));
const arm = async (name: string) => ({workload: name, pods: await podsNow(name), service: name});

/** A Deployment with a limit, of so many pods behind a Service of its own. */
async function serving(name: string, image: string, replicas: number, perSecond?: number) {
	await deployed(one, name, {replicas, image});
	const container = {name: 'main', resources: {limits: {cpu: '2', memory: '2Gi'}}};
	await one.merge(shop.deployments(name), {spec: {template: {spec: {containers: [{...container, image}]}}}});
	await serves(one, name, image, replicas);
	await one.createService(name, perSecond);
}

/** Looks at both versions until the canary has so many requests. @returns the intervals of each metric */
async function watched(chosen: readonly ChosenMetric[], least: number) {
	const sample = samplerOf(ports(), {namespace: 'shop', chosen});
	const seen = new Map<string, Interval[]>(chosen.map(({metric}) => [metric.name, []]));
	const [first] = chosen;
	await expect
		.poll(
			async () => {
				const sampled = await sample({canary: await arm('web-canary'), stable: await arm('web')});
				for (const {metric, interval} of sampled) if (interval !== undefined) seen.get(metric)?.push(interval);
				return first === undefined ? 0 : pooled(first.metric, seen.get(first.metric.name) ?? [], 'canary').samples;
			},
			{timeout: 60_000, interval: 500},
		)
		.toBeGreaterThan(least);
	const both = (name: string) => {
		const metric = chosen.find(each => each.metric.name === name)?.metric;
		if (metric === undefined) throw new Error(`${name} was not chosen`);
		return (['canary', 'stable'] as const).map(side => pooled(metric, seen.get(name) ?? [], side));
	};
	return both;
}

test('by pods: errors and latencies of the canary stand out, CPU and counts are read beside them', async () => {
	await serving('web', 'x:1', 2, 200);
	await deployed(one, 'web-canary', {replicas: 1, image: 'x:2-bad-latency'});
	await one.createService('web-canary', 100);
	await one.measures('sum(rate(http_requests_total{namespace="shop",deployment="web-canary"}[5s]))', ([sum]) => (sum?.value ?? 0) > 30);
	const {chosen} = await chooseMetrics(ports(), {name: 'web', namespace: 'shop', pods: await podsNow('web')}, [
		'error-ratio,latency-p50',
		'memory=max by (pod) (container_memory_working_set_bytes{namespace="{{namespace}}",pod=~"{{pods}}"});worse=higher',
	]);
	const both = await watched(chosen, 200);
	const [badErrors, goodErrors] = both('error-ratio');
	expect(badErrors?.value).toBeGreaterThan(0.05);
	expect(goodErrors?.value).toBeLessThan(0.02);
	const [slow, quick] = both('latency-p50');
	expect(slow?.value).toBeGreaterThan(3 * (quick?.value ?? 1));
	expect(both('memory').every(({samples}) => samples > 0)).toBe(true);
});

test('saturation by the kubelets’ series, where the cluster has no metrics server', async () => {
	const {chosen} = await chooseMetrics(ports(), {name: 'web', namespace: 'shop', pods: await podsNow('web')}, ['saturation']);
	expect(chosen).toMatchObject([{reading: {from: 'containers'}}]);
	const sample = samplerOf(ports(), {namespace: 'shop', chosen});
	const web = await arm('web');
	await expect
		.poll(async () => (await sample({canary: web, stable: web}))[0], {timeout: 30_000, interval: 500})
		.toMatchObject({interval: {kind: 'gauge', canary: [expect.any(Number), expect.any(Number)]}});
});

test('pods that Prometheus has not scraped yet are judged as those before them', async () => {
	const [pod, ...others] = await podsNow('web');
	if (pod === undefined) throw new Error('web has no pod');
	const choose = (pods: typeof others) =>
		chooseMetrics(ports(), {name: 'web', namespace: 'shop', pods}, [
			'error-ratio,latency-p99,saturation',
			'memory=max by (pod) (container_memory_working_set_bytes{namespace="{{namespace}}",pod=~"{{pods}}"});worse=higher',
		]);
	const ofTemplate = (hash: string) => {
		const {metadata} = pod;
		const labels = {...metadata.labels, 'pod-template-hash': hash};
		return {...pod, metadata: {...metadata, name: `web-${hash}-zzzzz`, generateName: `web-${hash}-`, labels}};
	};
	const scraped = await choose([pod, ...others]);
	expect(scraped.chosen).toHaveLength(4);
	for (const hash of [pod.metadata.labels?.['pod-template-hash'] ?? '', 'bcdfg24567'])
		expect(await choose([ofTemplate(hash)])).toEqual(scraped);
});

test('by a route: what the gateway sends to each Service, and answers itself where no pod stands', async () => {
	await addGatewayApi(one.plane());
	const backendRefs = ['web', 'web-canary'].map(name => ({name, port: 80, weight: 50}));
	await one.create('/apis/gateway.networking.k8s.io/v1/namespaces/shop/httproutes', httpRoute('web', [{backendRefs}], {}, 'shop'));
	await one.measures('sum(rate(istio_requests_total{destination_service_name="web-canary"}[5s]))', ([sum]) => (sum?.value ?? 0) > 20);
	const {chosen} = await chooseMetrics(ports(), {name: 'web', namespace: 'shop', pods: await podsNow('web'), service: 'web'}, [
		'error-ratio',
	]);
	expect(chosen).toMatchObject([{reading: {place: {by: 'service'}, counter: 'istio_requests_total'}}]);
	const [canary, stable] = (await watched(chosen, 200))('error-ratio');
	expect(canary?.value).toBeGreaterThan(0.05);
	expect(stable?.value).toBeLessThan(0.02);
});
