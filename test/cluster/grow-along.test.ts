import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {beforeAll, expect, test} from 'vitest';
import {at} from '../servers/questions.ts';
import {httpRoute} from '../support/http-route.ts';
import {addGatewayApi} from './gateway-api.ts';
import {isRolledOut, shop} from './in-shop.ts';
import {startMetricsServer} from './metrics-server.ts';
import {onePlane} from './one-plane.ts';

const real = onePlane();
const services = shop.configMaps().replace('configmaps', 'services');
const route = '/apis/gateway.networking.k8s.io/v1/namespaces/shop/httproutes';

/** Asks for 100m, and uses what its annotation says. */
const hungry = (name: string, image: string, cpu: string) => ({
	...{apiVersion: 'apps/v1', kind: 'Deployment', metadata: {name}},
	spec: {
		replicas: 1,
		selector: {matchLabels: {app: name}},
		template: {
			metadata: {labels: {app: name}, annotations: {'sandbox.mkcoa.dev/cpu': cpu, 'sandbox.mkcoa.dev/start-seconds': '0'}},
			spec: {containers: [{name: 'main', image, resources: {requests: {cpu: '100m', memory: '64Mi'}}}], terminationGracePeriodSeconds: 0},
		},
	},
});

/** One pod that has little to do, behind a Service, with an autoscaler which adds pods until each uses half of what it asked for. */
async function scaled(name: string) {
	await real.create(shop.deployments(), hungry(name, 'x:1', '10m'));
	await real.create(services, {
		...{apiVersion: 'v1', kind: 'Service', metadata: {name}},
		spec: {selector: {app: name}, ports: [{port: 80, targetPort: 8080}]},
	});
	await real.create(shop.autoscalers(), {
		...{apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: {name}},
		spec: {
			...{scaleTargetRef: {apiVersion: 'apps/v1', kind: 'Deployment', name}, minReplicas: 1, maxReplicas: 3},
			metrics: [{type: 'Resource', resource: {name: 'cpu', target: {type: 'Utilization', averageUtilization: 50}}}],
		},
	});
	await real.eventually(shop.deployments(name), object => isRolledOut(object, 1));
	// The new version works as hard as three pods should.
	writeFileSync(join(real.folder(), `${name}.json`), JSON.stringify(hungry(name, 'x:2', '150m')));
}

beforeAll(async () => {
	await Promise.all([addGatewayApi(real.plane()), startMetricsServer(real.plane()), scaled('routed'), scaled('switched')]);
	await real.create(route, httpRoute('routed', [{backendRefs: [{name: 'routed', port: 80}]}], {}, 'shop'));
});

const numberAt = (object: unknown, ...path: (string | number)[]) => Number(at(object, ...path) ?? 0);

/** Whenever the workload got requests: how many of its pods were ready, and how many the copy had before it gave them back. */
function watched(name: string, copy: string, hasTraffic: () => Promise<boolean>) {
	const seen: {readonly ready: number; readonly given: number}[] = [];
	let given = 0;
	let busy = false;
	const look = async () => {
		if (busy) return;
		busy = true;
		const served = await hasTraffic();
		const [own, other] = await Promise.all([name, copy].map(each => real.read(shop.deployments(each))));
		if (!served) given = Math.max(given, numberAt(other, 'spec', 'replicas'));
		else if (given > 0) seen.push({ready: numberAt(own, 'status', 'readyReplicas'), given});
		busy = false;
	};
	const timer = setInterval(look, 100);
	return () => {
		clearInterval(timer);
		return seen;
	};
}

const hasScaled = (name: string) => real.eventually(shop.deployments(name), object => numberAt(object, 'status', 'readyReplicas') === 3);
const restored = async (name: string) => {
	expect(await real.read(shop.autoscalers(name))).toMatchObject({spec: {minReplicas: 1, maxReplicas: 3}});
	expect((await real.ask({path: shop.autoscalers(`${name}-canary`)})).status).toBe(404);
	expect((await real.ask({path: shop.autoscalers(`${name}-preview`)})).status).toBe(404);
	const live = await real.eventually(shop.deployments(name), object => isRolledOut(object, 3));
	expect(at(live, 'spec', 'template', 'spec', 'containers', 0, 'image')).toBe('x:2');
};

test.concurrent('a canary of all requests is scaled by the autoscaler, and the workload is as large before they come back', {
	timeout: 180_000,
}, async () => {
	const weight = async () => {
		const refs = at(await real.read(`${route}/routed`), 'spec', 'rules', 0, 'backendRefs');
		const own = Array.isArray(refs) ? refs.find(ref => at(ref, 'name') === 'routed') : undefined;
		return own !== undefined && at(own, 'weight') !== 0;
	};
	const stop = watched('routed', 'routed-canary', weight);
	const file = join(real.folder(), 'routed.json');
	const running = real.mkcoa(
		`deploy canary routed -f ${file} --steps 50,100 --pause-at 50 --interval 3s --metrics readiness,restarts --autoscaler-after 1s`,
	);
	await hasScaled('routed-canary');
	expect(await real.mkcoa('deploy promote routed')).toMatchObject({code: 0});
	expect(await running).toMatchObject({code: 0, outcome: {kind: 'done', output: {verdict: 'promoted'}}});
	const seen = stop();
	expect(seen.length).toBeGreaterThan(0);
	for (const {ready, given} of seen) expect([given, ready]).toEqual([3, 3]);
	await restored('routed');
});

test.concurrent('a preview is scaled while it serves, and the workload is as large before the Service comes back to it', {
	timeout: 180_000,
}, async () => {
	const selects = async () => at(await real.read(`${services}/switched`), 'spec', 'selector', 'app') === 'switched';
	const stop = watched('switched', 'switched-preview', selects);
	const file = join(real.folder(), 'switched.json');
	const running = real.mkcoa(`deploy blue-green switched -f ${file} --keep 10m --autoscaler-after 1s`);
	await real.eventually(`${services}/switched`, object => at(object, 'spec', 'selector', 'app') !== 'switched');
	await hasScaled('switched-preview');
	expect(await real.mkcoa('deploy promote switched')).toMatchObject({code: 0});
	expect(await running).toMatchObject({code: 0, outcome: {kind: 'done'}});
	const seen = stop();
	expect(seen.length).toBeGreaterThan(0);
	for (const {ready, given} of seen) expect([given, ready]).toEqual([3, 3]);
	await restored('switched');
});
