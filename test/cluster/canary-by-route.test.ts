import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {beforeAll, expect, test} from 'vitest';
import {at} from '../servers/questions.ts';
import {httpRoute} from '../support/http-route.ts';
import {printedOn} from './command-line.ts';
import {addGatewayApi} from './gateway-api.ts';
import {deployed, podsOf, serves, shop} from './in-shop.ts';
import {observedPlane} from './traffic/observed-plane.ts';

const one = observedPlane();
const routes = (name?: string) => `/apis/gateway.networking.k8s.io/v1/namespaces/shop/httproutes${name === undefined ? '' : `/${name}`}`;
const record = (name: string) => shop.configMaps(`mkcoa-rollout-${name}`);
const stands = (name: string) => one.eventually(record(name), object => /until somebody promotes/.test(JSON.stringify(at(object, 'data'))));
/** Another person, whose home knows nothing of the first one's. */
const bob = (words: string) => printedOn(one.plane().kubeconfig, join(one.folder(), 'bob'))(`${words} -n shop --yes`.split(' '));
const canary = (name: string, more: string) =>
	one.printed(`deploy canary ${name} -n shop --interval 2s --ready-within 30s --prometheus ${one.prometheus()} --yes ${more}`);

async function serving(name: string, replicas: number, perSecond?: number) {
	await deployed(one, name, {replicas});
	await one.createService(name, perSecond);
}

beforeAll(async () => {
	await addGatewayApi(one.plane());
	await Promise.all([serving('web', 2, 400), serving('bad', 2, 400), serving('pods', 4, 400)]);
	for (const name of ['web', 'bad']) await one.create(routes(), httpRoute(name, [{backendRefs: [{name, port: 80}]}], {}, 'shop'));
	for (const name of ['web', 'bad']) {
		const query = `sum(rate(istio_requests_total{destination_service_name="${name}"}[5s]))`;
		await one.measures(query, ([sum]) => (sum?.value ?? 0) > 100);
	}
});

test.concurrent('by a route and a header, judged by what the gateway counts, held, and promoted by somebody else', {
	timeout: 180_000,
}, async () => {
	const before = at(await one.read(routes('web')), 'spec');
	const running = canary('web', '--image x:2 --steps 25,100 --pause-at 25 --header x-canary=always --verbose');
	await stands('web');
	expect(at(await one.read(routes('web')), 'spec')).toMatchObject({
		rules: [
			{matches: [{headers: [{name: 'x-canary', value: 'always'}]}], backendRefs: [{name: 'web-canary'}]},
			{
				backendRefs: [
					{name: 'web', weight: 75},
					{name: 'web-canary', weight: 25},
				],
			},
		],
	});
	const status = await bob('deploy status web');
	expect(status.out).toContain('mkcoa deploy promote web -n shop');
	expect(await bob('deploy promote web')).toMatchObject({code: 0});
	const {code, err} = await running;
	expect([code, err]).toEqual([0, expect.any(String)]);
	// A verdict that passed, with all that it rests on.
	expect(err).toMatch(/✓ error-ratio.*\n +canary +0\.\d+ % of \d+ +[\d-]+\n +stable +0\.\d+ % of \d+ +[\d-]+\n/);
	expect(err).toMatch(/ {4}test +sequential test of two proportions.*; higher is worse/);
	expect(err).toMatch(/ {4}query +.*istio_requests_total\{/);
	expect(err).toMatch(/ {4}from +Prometheus http/);
	await serves(one, 'web', 'x:2', 2);
	expect(at(await one.read(routes('web')), 'spec')).toEqual(before);
});

test.concurrent('a worse one is printed with values, samples, test, query, chart, pods and their last events', {
	timeout: 180_000,
}, async () => {
	const running = canary('bad', '--image x:3-bad --steps 50,100 --interval 8s');
	const pod = await one
		.eventually(podsOf('bad-canary'), list => at(list, 'items', 0, 'status', 'phase') === 'Running')
		.catch(() => undefined);
	const name = at(pod, 'items', 0, 'metadata', 'name');
	await one.create('/api/v1/namespaces/shop/events', {
		...{apiVersion: 'v1', kind: 'Event', metadata: {name: 'slow-probe'}, type: 'Warning', reason: 'Unhealthy'},
		...{message: 'Readiness probe failed: 503', involvedObject: {apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name}},
		...{count: 1, firstTimestamp: new Date().toISOString(), lastTimestamp: new Date().toISOString()},
	});
	const {code, out, err} = await running;
	expect([code, out]).toEqual([1, expect.any(String)]);
	expect(err).toMatch(/✗ error-ratio.*\n +canary +\d+\.\d % of \d+ +[\d-]+\n +stable +0\.\d+ % of \d+ +[\d-]+\n/);
	expect(err).toMatch(/ {4}test +sequential test of two proportions, evidence \d+ to 1; higher is worse/);
	expect(err).toMatch(/ {4}query +.*istio_requests_total/);
	expect(err).toMatch(new RegExp(`- ${name}[^]*last lines of main\\n[^]*last events\\n +\\| Unhealthy: Readiness probe failed: 503`));
	await serves(one, 'bad', 'x:1', 2);
});

test.concurrent('by pods and no more on top than --max-surge allows, promoted by somebody else', {timeout: 180_000}, async () => {
	const running = canary('pods', '--image x:2 --steps 50,100 --pause-at 50 --max-surge 1 --json');
	let most = 0;
	const watching = setInterval(async () => {
		const items = at(await one.read(podsOf('pods')), 'items');
		const living = Array.isArray(items) ? items.filter(item => at(item, 'metadata', 'deletionTimestamp') === undefined) : [];
		most = Math.max(most, living.length);
	}, 100);
	await stands('pods');
	clearInterval(watching);
	expect(most).toBeGreaterThan(3);
	expect(most).toBeLessThanOrEqual(5);
	expect(await bob('deploy promote pods')).toMatchObject({code: 0});
	const {code, out} = await running;
	const arm = {samples: expect.any(Number), value: expect.any(Number)};
	const metric = {
		metric: 'error-ratio',
		verdict: 'pass',
		test: expect.any(String),
		query: expect.stringContaining('http_requests_total'),
		canary: arm,
	};
	expect({code, outcome: JSON.parse(out)}).toMatchObject({
		code: 0,
		outcome: {output: {verdict: 'promoted', stages: [{verdict: {verdict: 'pass', evidence: {metrics: [metric, {}]}}}]}},
	});
	await serves(one, 'pods', 'x:2', 4);
});

test('a Kayenta config is tried on the numbers of the stable version before anybody says yes', async () => {
	const code = '5..';
	const customInlineTemplate = `PromQL:sum(rate(http_requests_total{pod=~"\${scope}",code=~"${code}"}[1m])) or vector(0)`;
	const query = {type: 'prometheus', customInlineTemplate};
	const analysis = {canary: {direction: 'increase', nanStrategy: 'replace'}};
	const metrics = [{name: 'errors', query, groups: ['errors'], analysisConfigurations: analysis}];
	const path = join(one.folder(), 'kayenta.json');
	writeFileSync(path, JSON.stringify({name: 'golden', metrics, classifier: {groupWeights: {errors: 100}}}));
	const tried = await canary('web', `--image x:9 --interval 4m --kayenta ${path} --dry-run`);
	expect([tried.code, tried.err]).toEqual([0, expect.any(String)]);
	expect(tried.out).toMatch(/Judge \d+ % of the traffic for 4m by the Kayenta config golden, restarts and readiness/);
});
