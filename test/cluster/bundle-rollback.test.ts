import {expect, test} from 'vitest';
import {at} from '../servers/questions.ts';
import {httpRoute} from '../support/http-route.ts';
import {deployment} from './compare/row.ts';
import {addGatewayApi} from './gateway-api.ts';
import {serves, shop} from './in-shop.ts';
import {onePlane} from './one-plane.ts';

const real = onePlane();
const name = 'web';
const core =
	(plural: string) =>
	(one = name) =>
		`/api/v1/namespaces/shop/${plural}${one === '' ? '' : `/${one}`}`;
const [services, secrets] = [core('services'), core('secrets')];
const routes = (one = name) => `/apis/gateway.networking.k8s.io/v1/namespaces/shop/httproutes${one === '' ? '' : `/${one}`}`;
const base64 = (text: string) => Buffer.from(text).toString('base64');

/** All that belongs to a revision besides its pod template. */
const everything = async () => ({
	config: at(await real.read(shop.configMaps(name)), 'data'),
	secret: at(await real.read(secrets()), 'data'),
	scaler: at(await real.read(shop.autoscalers(name)), 'spec'),
	ports: at(await real.read(services()), 'spec', 'ports'),
	route: at(await real.read(routes()), 'spec'),
});

async function started() {
	await addGatewayApi(real.plane());
	await real.create(shop.configMaps(), {apiVersion: 'v1', kind: 'ConfigMap', metadata: {name}, data: {LEVEL: 'info'}});
	await real.create(secrets(''), {apiVersion: 'v1', kind: 'Secret', metadata: {name}, data: {PASSWORD: base64('planted-old')}});
	const {spec, ...rest} = deployment(name, {replicas: 2});
	const containers = [{name: 'main', image: 'x:1', envFrom: [{configMapRef: {name}}, {secretRef: {name}}]}];
	const metadata = {labels: {app: name}, annotations: {'sandbox.mkcoa.dev/start-seconds': '0'}};
	const template = {metadata, spec: {containers, terminationGracePeriodSeconds: 0}};
	await real.create(shop.deployments(), {...rest, spec: {...spec, template}});
	await real.create(services(''), {
		...{apiVersion: 'v1', kind: 'Service', metadata: {name}},
		spec: {selector: {app: name}, ports: [{port: 80, targetPort: 8080}]},
	});
	await real.create(shop.autoscalers(), {
		...{apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: {name}},
		spec: {scaleTargetRef: {apiVersion: 'apps/v1', kind: 'Deployment', name}, minReplicas: 2, maxReplicas: 4},
	});
	await real.create(routes(''), httpRoute(name, [{backendRefs: [{name, port: 80}]}], {}, 'shop'));
	await serves(real, name, 'x:1', 2);
}

test('a rollback brings back template, ConfigMap, Secret, autoscaler, Service and route together, as its plan shows', async () => {
	await started();
	const before = await everything();
	expect(await real.mkcoa(`deploy rolling ${name} --image x:2 --ready-within 30s`)).toMatchObject({code: 0});
	await real.merge(shop.configMaps(name), {data: {LEVEL: 'debug', NEW: 'yes'}});
	await real.remove(secrets());
	await real.merge(shop.autoscalers(name), {spec: {minReplicas: 1, maxReplicas: 9}});
	await real.merge(services(), {spec: {ports: [{port: 81, targetPort: 8081}]}});
	await real.merge(routes(), {spec: {rules: [{backendRefs: [{name, port: 81, weight: 5}]}]}});

	const plan = await real.printed(`deploy rollback ${name} -n shop --dry-run`);
	expect(plan.code).toBe(0);
	for (const kind of [
		'update ConfigMap',
		'create Secret',
		'update HorizontalPodAutoscaler',
		'update Service',
		'update HTTPRoute',
		'update Deployment',
	])
		expect(plan.out).toContain(`${kind} shop/${name}`);
	expect(plan.out).toMatch(/spec\.maxReplicas: 9 → 4/);
	for (const value of ['planted-old', base64('planted-old')]) expect(plan.out + plan.err).not.toContain(value);

	expect(await real.mkcoa(`deploy rollback ${name} --ready-within 30s`)).toMatchObject({
		code: 0,
		outcome: {kind: 'done', output: {result: 'rolled-out'}},
	});
	await serves(real, name, 'x:1', 2);
	expect(await everything()).toEqual(before);
});
