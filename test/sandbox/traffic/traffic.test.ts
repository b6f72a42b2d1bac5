import {expect, test} from 'vitest';
import type {JsonObject} from '../../../src/core/json.ts';
import {namespace, service} from '../../../src/sandbox/scenarios/objects.ts';
import {deployment} from '../../../src/sandbox/scenarios/workloads.ts';
import {loadProfile} from '../../../src/sandbox/traffic/load-profile.ts';
import {type SandboxWorld, sandboxWorld} from '../../support/sandbox-world.ts';

const web = (tag = '1.0', more: JsonObject = {}) =>
	deployment({
		namespace: 'app',
		name: 'web',
		image: `registry.example/team/web:${tag}`,
		replicas: 2,
		port: 8080,
		cpu: '100m/1',
		memory: '128Mi/256Mi',
		...more,
	});
const busy = service({namespace: 'app', name: 'web', requestsPerSecond: 20});
const prometheus = [namespace('monitoring'), service({namespace: 'monitoring', name: 'prometheus', port: 9090})];

async function running(tag = '1.0', seconds = 900) {
	const world = await sandboxWorld({objects: [...prometheus, web(tag), busy]});
	await world.advance(seconds);
	return world;
}

async function ask(
	world: SandboxWorld,
	query: string,
): Promise<readonly {readonly labels: Record<string, string>; readonly value: number}[]> {
	const path = `${world.url}/api/v1/namespaces/monitoring/services/prometheus:9090/proxy/api/v1/query?${new URLSearchParams({query})}`;
	const response = await fetch(path, {headers: {authorization: 'Bearer admin'}});
	const {data} = (await response.json()) as {data: {result: {metric: Record<string, string>; value: [number, string]}[]}};
	return data.result.map(({metric, value}) => ({labels: metric, value: Number(value[1])}));
}
const one = async (world: SandboxWorld, query: string) => (await ask(world, query))[0]?.value ?? Number.NaN;

test('a load never falls, and its mean over a day is the one asked for', () => {
	const load = loadProfile(50, 'any');
	const start = Date.UTC(2026, 0, 1);
	expect((load.total(start + 86_400_000) - load.total(start)) / 86_400).toBeCloseTo(50, 0);
	for (let minute = 0; minute < 1440; minute++) expect(load.rate(start + minute * 60_000)).toBeGreaterThan(0);
	expect(load.rate(start + 14 * 3_600_000)).toBeGreaterThan(load.rate(start + 2 * 3_600_000) * 1.5);
});

test('requests of a service are spread evenly over its ready pods', async () => {
	const world = await running();
	const rates = await ask(world, 'sum by (pod) (rate(http_requests_total{service="web"}[5m]))');
	expect(rates).toHaveLength(2);
	for (const {value} of rates) expect(value).toBeGreaterThan(8);
	expect(Math.max(...rates.map(({value}) => value)) / Math.min(...rates.map(({value}) => value))).toBeLessThan(1.1);
});

test('an ordinary version hardly fails, a bad one in one of eight', async () => {
	const ratio = 'sum(rate(http_requests_total{code=~"5.."}[10m])) / sum(rate(http_requests_total[10m]))';
	expect(await one(await running(), ratio)).toBeLessThan(0.005);
	const bad = await one(await running('1.1-bad'), ratio);
	expect(bad).toBeGreaterThan(0.1);
	expect(bad).toBeLessThan(0.14);
});

test('a slow version shows in the latency quantiles', async () => {
	const quantile = 'histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket[5m])))';
	expect(await one(await running(), quantile)).toBeLessThan(0.15);
	expect(await one(await running('1.1-latency'), quantile)).toBeGreaterThan(1.5);
});

test('the parts of a histogram agree', async () => {
	const world = await running();
	const count = await one(world, 'sum(http_request_duration_seconds_count)');
	expect(await one(world, 'sum(http_request_duration_seconds_bucket{le="+Inf"})')).toBe(count);
	expect(await one(world, 'sum(http_request_duration_seconds_sum)')).toBeGreaterThan(count * 0.02);
});

test('a pod that is not ready gets no requests', async () => {
	const world = await running('1.1-unready');
	expect(await ask(world, 'http_requests_total')).toEqual([]);
	expect(await one(world, 'sum(kube_pod_status_ready{condition="true"})')).toBe(0);
});

test('when one of two pods goes, the other gets all requests', async () => {
	const world = await running();
	await world.change('Deployment', 'web', found => ({...found, spec: {...found.spec, replicas: 1}}));
	await world.advance(400);
	const rates = await ask(world, 'rate(http_requests_total{code="200"}[5m])');
	expect(rates).toHaveLength(1);
	expect(rates[0]?.value).toBeGreaterThan(17);
});

test('the past does not change when the present does', async () => {
	const world = await running();
	const at = (world.clock.now() - 300_000) / 1000;
	const query = async () => {
		const path = `${world.url}/api/v1/namespaces/monitoring/services/prometheus/proxy/api/v1/query_range`;
		const body = new URLSearchParams({query: 'sum(http_requests_total)', start: String(at - 120), end: String(at), step: '60'});
		return (await fetch(path, {method: 'POST', body, headers: {authorization: 'Bearer admin'}})).text();
	};
	const before = await query();
	await world.change('Deployment', 'web', found => ({...found, spec: {...found.spec, replicas: 1}}));
	await world.advance(120);
	expect(await query()).toBe(before);
	expect(before).toContain('"resultType":"matrix"');
});

test('a counter begins anew when its container does', async () => {
	const world = await running('1.0-oom', 120);
	expect(await one(world, 'max(kube_pod_container_status_restarts_total)')).toBeGreaterThanOrEqual(2);
	expect(await one(world, 'max(resets(container_cpu_usage_seconds_total[2m]))')).toBeGreaterThanOrEqual(1);
});

test('metrics.k8s.io says what pods and nodes use, and is found in discovery', async () => {
	const world = await running();
	const get = async (path: string) => (await fetch(`${world.url}${path}`, {headers: {authorization: 'Bearer admin'}})).json();
	const pods = (await get('/apis/metrics.k8s.io/v1beta1/namespaces/app/pods?labelSelector=app%3Dweb')) as {
		items: {containers: {usage: {cpu: string}}[]}[];
	};
	expect(pods.items).toHaveLength(2);
	expect(Number.parseInt(pods.items[0]?.containers[0]?.usage.cpu ?? '', 10)).toBeGreaterThan(20_000_000);
	expect(await get('/apis/metrics.k8s.io/v1beta1/nodes')).toMatchObject({kind: 'NodeMetricsList', items: [{}, {}, {}]});
	expect(await get('/apis/metrics.k8s.io/v1beta1')).toMatchObject({resources: [{name: 'nodes'}, {name: 'pods'}]});
	expect(await get('/apis/metrics.k8s.io/v1beta1/namespaces/app/pods/absent')).toMatchObject({code: 404, reason: 'NotFound'});
});

test('without its Service, Prometheus cannot be reached', async () => {
	const world = await sandboxWorld({objects: [web(), busy]});
	const path = '/api/v1/namespaces/monitoring/services/prometheus:9090/proxy/api/v1/query?query=up';
	expect((await fetch(`${world.url}${path}`, {headers: {authorization: 'Bearer admin'}})).status).toBe(404);
});
