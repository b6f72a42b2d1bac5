import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {beforeAll, describe, expect, test} from 'vitest';
import {at} from '../servers/questions.ts';
import {httpRoute} from '../support/http-route.ts';
import {deployment} from './compare/row.ts';
import {addGatewayApi} from './gateway-api.ts';
import {deployed, isRolledOut, shop} from './in-shop.ts';
import {observedPlane} from './traffic/observed-plane.ts';

const one = observedPlane();
const routes = '/apis/gateway.networking.k8s.io/v1/namespaces/shop/httproutes';
const tight = '/apis/apps/v1/namespaces/tight/deployments';

async function fullNamespace() {
	await one.create('/api/v1/namespaces', {apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'tight'}});
	const quota = {apiVersion: 'v1', kind: 'ResourceQuota', metadata: {name: 'pods'}, spec: {hard: {pods: '2'}}};
	await one.create('/api/v1/namespaces/tight/resourcequotas', quota);
	await one.create(tight, deployment('full', {replicas: 2}));
	await one.create('/api/v1/namespaces/tight/services', {
		...{apiVersion: 'v1', kind: 'Service', metadata: {name: 'full'}},
		spec: {selector: {app: 'full'}, ports: [{port: 80}]},
	});
	await one.eventually(`${tight}/full`, object => isRolledOut(object, 2));
	await one.eventually('/api/v1/namespaces/tight/resourcequotas/pods', object => at(object, 'status', 'used', 'pods') === '2');
}

async function scaledWorkload() {
	await deployed(one, 'grown', {replicas: 2});
	await one.create(shop.autoscalers(), {
		...{apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: {name: 'grown'}},
		spec: {scaleTargetRef: {apiVersion: 'apps/v1', kind: 'Deployment', name: 'grown'}, minReplicas: 2, maxReplicas: 6},
	});
}

beforeAll(async () => {
	await addGatewayApi(one.plane());
	await Promise.all([
		...['web', 'lonely', 'moving'].map(name => deployed(one, name, {replicas: 2})),
		scaledWorkload(),
		fullNamespace(),
		one.createService('web', 50),
		one.createService('other'),
		one.createService('lonely', undefined, {app: 'nobody'}),
	]);
	await one.create(routes, httpRoute('other', [{backendRefs: [{name: 'other', port: 80}]}], {}, 'shop'));
	await one.measures('sum(http_requests_total{deployment="web"})', ([sum]) => (sum?.value ?? 0) > 20);
	writeFileSync(join(one.folder(), 'kayenta.json'), JSON.stringify({name: 'short', metrics: [], classifier: {groupWeights: {}}}));
	// Ready a minute after its start.
	const {template} = deployment('moving', {image: 'x:2-slow'}).spec;
	await one.merge(shop.deployments('moving'), {spec: {template}});
	await one.eventually(shop.deployments('moving'), object => at(object, 'status', 'updatedReplicas') === 1);
});

/** Somebody who says yes to everything. */
async function answered(words: string, namespace = 'shop') {
	const {code, out} = await one.printed(`${words} -n ${namespace} --json --yes --prometheus ${one.prometheus()}`);
	return {code, outcome: JSON.parse(out)};
}
const canary = (name: string, ...more: readonly string[]) => ['deploy canary', name, '--image x:9', ...more].join(' ');

describe('a rollout that cannot go well is refused before the server hears of it:', () => {
	test.each([
		['weights that do not rise', canary('web', '--steps 50,25'), 'shop', 'usage', /higher than the one before it/],
		['a weight over 100', canary('web', '--steps 50,120'), 'shop', 'usage', /a percentage from 1 to 100/],
		['no route to the workload', canary('web', '--traffic httproute'), 'shop', 'route-misses-workload', /leads to web/],
		[
			'a route to other pods',
			canary('web', '--route other'),
			'shop',
			'route-misses-workload',
			/HTTPRoute shop\/other does not lead to web: Service shop\/other selects app=other; the pods of web carry app=web/,
		],
		['a metric without series', canary('lonely', '--metrics latency-p99'), 'shop', 'metric-without-series', /lonely cannot be judged/],
		[
			'a query without series',
			canary('web', '--metrics lag=queue_lag{pod=~"{{pods}}"};worse=higher'),
			'shop',
			'metric-without-series',
			/web cannot be judged by lag.*answers nothing/,
		],
		['more pods than quota', canary('full'), 'tight', 'quota-too-small', /canary of full does not fit.*2 pods more.*0 is left/],
		['a preview without quota', 'deploy blue-green full --image x:9', 'tight', 'quota-too-small', /preview of full does not fit/],
		['nothing to switch', 'deploy blue-green lonely --image x:9', 'shop', 'no-service', /no Service selects its pods/],
		['a surge beside an autoscaler', canary('grown', '--max-surge 0'), 'shop', 'surge-too-small', /an autoscaler owns the stable pods/],
		[
			'a rolling update of what is rolling',
			'deploy rolling moving --image x:9',
			'shop',
			'rolling-already',
			/moving is in the middle of a rollout/,
		],
		['a canary of what is rolling', canary('moving'), 'shop', 'rolling-already', /moving is in the middle of a rollout/],
		['a Kayenta config without metrics', canary('web', '--kayenta FOLDER/kayenta.json'), 'shop', 'bad-kayenta-config', /metric/],
	])('%s', async (_, words, namespace, errorCode, why) => {
		const since = one.written().length;
		const {code, outcome} = await answered(words.replace('FOLDER', one.folder()), namespace);
		const {error} = outcome;
		expect({code, outcome}).toMatchObject({code: 1, outcome: {kind: 'failed', error: {code: errorCode}}});
		expect(`${error.what}: ${error.why}`).toMatch(why);
		expect(error.next).toEqual(expect.any(String));
		expect(one.written().slice(since)).toEqual([]);
	});
});

test.each([
	['a Service that selects nothing', 'lonely', 'service-selects-nothing', 'danger', /Service lonely selects no pod of lonely/],
	['an autoscaler that owns the pods', 'grown', 'autoscaler-owns-replicas', 'warning', /owns the pods of grown: they stay/],
])('%s stands in the plan, and a plan is no write', async (_, name, id, severity, text) => {
	const since = one.written().length;
	const {code, outcome} = await answered(canary(name, '--dry-run'));
	expect(code).toBe(0);
	expect(outcome.plan.consequences).toContainEqual(expect.objectContaining({id, severity, text: expect.stringMatching(text)}));
	expect(one.written().slice(since)).toEqual([]);
});

// The first scrape of a new pod is waited for, which takes more than a minute.
test('a metric of which the canary has no series is said, and never passes', {timeout: 180_000}, async () => {
	const metric = 'odd=sum by (pod) (http_requests_total{deployment="web",pod=~"{{pods}}"});worse=higher';
	const words = canary('web', '--steps 50 --interval 1s --metrics').split(' ');
	const {code, out, err} = await one.printed([...words, metric, '-n', 'shop', '--yes', '--prometheus', one.prometheus()]);
	expect([code, out]).toEqual([1, expect.any(String)]);
	expect(err).toMatch(/^- .*Prometheus \S+ answers nothing for the canary\n {2}- odd\n {4}canary +- of 0\n {4}stable +- of 0/m);
	expect(err).toMatch(/^ {4}test +\S.*\n {4}query +sum by \(pod\) \(http_requests_total.*\n {4}from +Prometheus /m);
	expect(err).toMatch(/The canary of web was taken back/);
	expect(await one.eventually(shop.deployments('web'), object => isRolledOut(object, 2))).toMatchObject({
		spec: {template: {spec: {containers: [{image: 'x:1'}]}}},
	});
});
