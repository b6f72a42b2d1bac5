import {beforeAll, expect, test} from 'vitest';
import {at} from '../servers/questions.ts';
import {steadyPrometheus} from '../support/steady-prometheus.ts';
import {shop} from './in-shop.ts';
import {startMetricsServer} from './metrics-server.ts';
import {onePlane} from './one-plane.ts';

const kube = onePlane();
/** Two pods that use 40m each, at all times: nobody asks for more, until the pods of now do. */
const prometheus = await steadyPrometheus('main');

/** A container that asks for 100m and uses what its annotation says, whatever else runs. */
const busy = (name: string) => {
	const container = {name: 'main', image: 'x:1', resources: {requests: {cpu: '100m', memory: '64Mi'}}};
	const annotations = {'sandbox.mkcoa.dev/cpu': '150m', 'sandbox.mkcoa.dev/memory': '60Mi'};
	return {metadata: {labels: {app: name}, annotations}, spec: {containers: [container]}};
};
const scale = (watchFor: string) => kube.mkcoa(`--prometheus ${prometheus} monitor scale busy --watch-for ${watchFor}`);
const metrics = '/apis/metrics.k8s.io/v1beta1/namespaces/shop/pods?labelSelector=app%3Dbusy';

beforeAll(async () => {
	await kube.create(shop.deployments(), {
		...{apiVersion: 'apps/v1', kind: 'Deployment', metadata: {name: 'busy'}},
		spec: {replicas: 2, selector: {matchLabels: {app: 'busy'}}, template: busy('busy')},
	});
	await kube.eventually(shop.deployments('busy'), found => at(found, 'status', 'readyReplicas') === 2);
});

test('an autoscaler that cannot count is taken back, and the pods stay as many as they were', async () => {
	const {code, outcome} = await scale('30s');
	expect({code, outcome}).toMatchObject({
		code: 1,
		outcome: {
			...{kind: 'failed', left: [], undone: [expect.stringContaining('delete HorizontalPodAutoscaler shop/busy')]},
			error: {code: 'hurts', why: expect.stringContaining('FailedGetResourceMetric')},
			output: {result: 'hurts', before: {replicas: 2, ready: 2}},
		},
	});
	await kube.gone(shop.autoscalers('busy'));
	expect(at(await kube.read(shop.deployments('busy')), 'spec', 'replicas')).toBe(2);
}, 180_000);

test('the real controller acts on what was recommended, and it is kept', async () => {
	await startMetricsServer(kube.plane());
	await kube.eventually(metrics, found => at(found, 'items', 1, 'containers', 0) !== undefined);
	const {code, outcome} = await scale('45s');
	expect({code, outcome}).toMatchObject({code: 0, outcome: {kind: 'done', output: {result: 'kept', before: {replicas: 2, ready: 2}}}});
	const most = at(outcome, 'output', 'maxReplicas');
	expect(most).toBeGreaterThan(2);
	const scaled = await kube.eventually(shop.deployments('busy'), found => at(found, 'status', 'readyReplicas') === most);
	expect(at(scaled, 'spec', 'replicas')).toBe(most);
	const autoscaler = await kube.read(shop.autoscalers('busy'));
	expect(autoscaler).toMatchObject({spec: {minReplicas: at(outcome, 'output', 'minReplicas'), maxReplicas: most}});
	expect(at(autoscaler, 'status', 'conditions')).toContainEqual(expect.objectContaining({type: 'ScalingActive', status: 'True'}));
}, 180_000);

test('the journal takes it back', async () => {
	const {out} = await kube.printed('history --json');
	const latest: unknown = at(JSON.parse(out), 0, 'id');
	expect((await kube.mkcoa(`undo ${latest}`)).code).toBe(0);
	await kube.gone(shop.autoscalers('busy'));
});
