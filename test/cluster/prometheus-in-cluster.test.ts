import {afterAll, beforeAll, expect, test} from 'vitest';
import {troubleOf} from '../../src/core/error.ts';
import {findPrometheus} from '../../src/mcp/monitoring/prometheus/find-prometheus.ts';
import {at} from '../servers/questions.ts';
import {connected} from './connected.ts';
import {deployed, serves, shop} from './in-shop.ts';
import {startPodNetwork} from './pod-network.ts';
import {observedPlane} from './traffic/observed-plane.ts';

const network = await startPodNetwork();
const one = observedPlane({network: network.socket});
afterAll(network.close);

const monitoring = (group: string, plural: string) => `${group}/namespaces/monitoring/${plural}`;

/** A pod behind a Service stands for the Prometheus on loopback, as charts install it. */
beforeAll(async () => {
	network.publish(9090, one.prometheus());
	await one.create('/api/v1/namespaces', {apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'monitoring'}});
	const labels = {app: 'prometheus'};
	await one.create(monitoring('/apis/apps/v1', 'deployments'), {
		...{apiVersion: 'apps/v1', kind: 'Deployment', metadata: {name: 'prometheus'}},
		spec: {
			selector: {matchLabels: labels},
			template: {metadata: {labels}, spec: {containers: [{name: 'main', image: 'quay.io/prometheus/prometheus:v3.16.0'}]}},
		},
	});
	await one.create(monitoring('/api/v1', 'services'), {
		...{apiVersion: 'v1', kind: 'Service', metadata: {name: 'prometheus'}},
		spec: {selector: labels, ports: [{name: 'http', port: 9090}]},
	});
	await one.eventually(
		`${monitoring('/api/v1', 'services')}/prometheus:9090/proxy/api/v1/status/buildinfo`,
		answer => at(answer, 'status') === 'success',
	);
	await deployed(one, 'web', {replicas: 2, image: 'x:1'});
	await one.createService('web', 400);
	await one.measures('sum(rate(http_requests_total{deployment="web"}[5s]))', ([sum]) => (sum?.value ?? 0) > 30);
});

test('doctor finds it behind the API server', async () => {
	expect((await one.printed('doctor')).out).toContain('✓ metrics: Prometheus monitoring/prometheus:9090 through the API server\n');
});

test('it answers through the API server as it does by itself', async () => {
	const {cluster, close} = await connected(one.plane().kubeconfig, 'admin');
	const {metrics} = await findPrometheus(cluster.raw);
	const query =
		'sum by (service) (kube_pod_status_ready{namespace=~"sh.p", condition="true"} offset 0s) or label_replace(vector(1) / 0, "service", "a b&c+d%", "", "")';
	const samples = await metrics?.query(query);
	expect(samples?.map(({labels, value}) => [labels, value])).toEqual([
		[{}, 2],
		[{service: 'a b&c+d%'}, Number.POSITIVE_INFINITY],
	]);
	const trouble = troubleOf(await metrics?.query('sum(').catch(error => error));
	expect(trouble).toMatchObject({code: 'bad-query', quoted: expect.stringContaining('unclosed left parenthesis')});
	await close();
});

test('a bad canary is taken back by what it counts', async () => {
	const {code, outcome} = await one.mkcoa('deploy canary web --image x:2-bad --steps 50,100 --interval 2s --ready-within 20s');
	expect({code, outcome}).toMatchObject({code: 1, outcome: {error: {code: 'canary-failed'}, output: {verdict: 'rolled-back'}}});
	expect(at(outcome, 'output', 'reason')).toMatch(/^error-ratio: \d+\.\d % of the canary's \d+ requests failed/);
	await serves(one, 'web', 'x:1', 2);
	await one.gone(shop.deployments('web-canary'));
});

test('who may not see it is told so, and judges without it', async () => {
	const {code, outcome} = await one.mkcoa('deploy canary web --image x:3 --steps 50,100 --context shop-dev --dry-run');
	expect(code).toBe(0);
	expect(JSON.stringify(at(outcome, 'plan', 'verify'))).toMatch(
		/by restarts and readiness alone.*Error ratio is not judged: looking for Prometheus failed: .*services/,
	);
});
