import {expect, test} from 'vitest';
import {at} from '../servers/questions.ts';
import {addGatewayApi} from './gateway-api.ts';
import {deployed} from './in-shop.ts';
import {onePlane} from './one-plane.ts';

const real = onePlane();

test('a Service for a workload is made as it was planned, and is there the second time', async () => {
	await deployed(real, 'web', {replicas: 2});
	expect(await real.mkcoa('deploy service web --port 80:8080')).toMatchObject({
		code: 0,
		outcome: {kind: 'done', output: {service: 'Service shop/web', ports: '80 → 8080', pods: 2, ready: 2}},
	});
	expect(await real.mkcoa('deploy service web --name web-out --port 80:8080 --type LoadBalancer')).toMatchObject({code: 0});
	expect(await real.mkcoa('deploy service web --port 80:8080')).toMatchObject({code: 0, outcome: {kind: 'nothing-to-do'}});
	expect(await real.read('/api/v1/namespaces/shop/services/web')).toMatchObject({
		spec: {selector: {app: 'web'}, ports: [{targetPort: 8080}]},
	});
});

test('an Ingress is made, and gets a path more', async () => {
	const nginx = {
		apiVersion: 'networking.k8s.io/v1',
		kind: 'IngressClass',
		metadata: {name: 'edge'},
		spec: {controller: 'example.com/edge'},
	};
	await real.ask({method: 'POST', path: '/apis/networking.k8s.io/v1/ingressclasses', body: nginx});
	expect(await real.mkcoa('deploy ingress web --host shop.example')).toMatchObject({code: 0, outcome: {kind: 'done'}});
	expect(await real.mkcoa('deploy ingress web --host shop.example --path /api')).toMatchObject({code: 0, outcome: {kind: 'done'}});
	expect(await real.read('/apis/networking.k8s.io/v1/namespaces/shop/ingresses/web')).toMatchObject({
		spec: {ingressClassName: 'edge', rules: [{host: 'shop.example', http: {paths: [{path: '/'}, {path: '/api'}]}}]},
	});
});

test('an HTTPRoute is made for a Gateway, gets a rule more, and undo takes it back', async () => {
	await addGatewayApi(real.plane());
	await real.create('/apis/gateway.networking.k8s.io/v1/namespaces/shop/gateways', {
		apiVersion: 'gateway.networking.k8s.io/v1',
		kind: 'Gateway',
		metadata: {name: 'edge'},
		spec: {gatewayClassName: 'none', listeners: [{name: 'http', port: 80, protocol: 'HTTP'}]},
	});
	expect(await real.mkcoa('deploy ingress web --host shop.example')).toMatchObject({
		code: 0,
		outcome: {kind: 'done', output: {object: 'HTTPRoute shop/web', pods: 2}},
	});
	const added = await real.mkcoa('deploy ingress web --host shop.example --path /api');
	const path = '/apis/gateway.networking.k8s.io/v1/namespaces/shop/httproutes/web';
	const rule = (value: string) => ({matches: [{path: {value}}], backendRefs: [{name: 'web', port: 80}]});
	expect(await real.read(path)).toMatchObject({spec: {parentRefs: [{name: 'edge'}], rules: [rule('/'), rule('/api')]}});
	expect(await real.mkcoa('deploy ingress web --host shop.example --path /api')).toMatchObject({outcome: {kind: 'nothing-to-do'}});
	expect(await real.mkcoa(`undo ${at(added.outcome, 'journal')}`)).toMatchObject({code: 0});
	expect(await real.read(path)).toMatchObject({spec: {rules: [rule('/')]}});
});
