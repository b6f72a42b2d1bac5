import {describe, expect, test, vi} from 'vitest';
import {ingressConfigure} from '../../../../../src/agents/deploy/tools/ingress-configure.ts';
import {serviceCreate} from '../../../../../src/agents/deploy/tools/service-create.ts';
import type {JsonObject} from '../../../../../src/core/json.ts';
import type {KubeObject} from '../../../../../src/core/kube/kube-object.ts';
import {httpRouteDefinition} from '../../../../../src/sandbox/scenarios/route-definitions.ts';
import {httpRoute} from '../../../../support/http-route.ts';
import {shopRoad} from '../../../../support/shop-road.ts';

const {run, sandbox, ports} = await shopRoad();
const {machine} = sandbox;
const live = (kind: string, name: string) => machine.get(kind, 'shop', name);
const create = (object: KubeObject) => machine.create(object, 'test');

describe('service_create', () => {
	test('makes a Service for a workload, and says who is behind it', async () => {
		const {outcome, trail} = await run(serviceCreate, {workload: 'worker', port: ['8080']});
		expect(outcome).toMatchObject({
			kind: 'done',
			output: {service: 'Service shop/worker', ports: '8080', pods: 2, ready: 2},
		});
		expect(live('Service', 'worker')).toMatchObject({spec: {selector: {app: 'worker'}, ports: [{port: 8080, targetPort: 8080}]}});
		expect(trail.entries[0]?.plan.consequences.map(({text}) => text)).toEqual([
			'The pods of worker declare no port, so nobody can tell whether they answer at 8080. Declare it as a containerPort',
		]);
		expect((await run(serviceCreate, {workload: 'worker', port: ['8080']})).outcome.kind).toBe('nothing-to-do');
	});

	test('tells of pods of others that it would find, and of Services that find the same ones', async () => {
		const twin = live('Deployment', 'cart');
		if (twin === undefined) throw new Error('cart is gone');
		const labels = {app: 'twin', team: 'x'};
		const template = {...(twin.spec as JsonObject & {template: JsonObject}).template, metadata: {labels: {...labels, app: 'cart'}}};
		create({
			apiVersion: 'apps/v1',
			kind: 'Deployment',
			metadata: {name: 'twin', namespace: 'shop'},
			spec: {replicas: 0, selector: {matchLabels: {team: 'x'}}, template},
		});
		const {outcome, trail} = await run(serviceCreate, {workload: 'cart', name: 'cart-again', type: 'NodePort'});
		expect(outcome.kind).toBe('done');
		expect(trail.entries[0]?.plan.consequences.map(({id}) => id)).toEqual(['other-pods', 'node-port-opened', 'other-services']);
	});

	test.each([
		['a Service of that name that does something else', {workload: 'cart', port: ['81']}, 'already-there'],
		['a port that no container has', {workload: 'cart', name: 'x', port: ['80:grpc']}, 'no-such-target'],
		['a workload that is not there', {workload: 'nope'}, 'no-such-workload'],
		['what runs no pods', {workload: 'configmap/shop-config'}, 'no-pods'],
	])('refuses %s', async (_, input, code) => {
		expect((await run(serviceCreate, input)).outcome).toMatchObject({kind: 'failed', error: {code, next: expect.any(String)}});
	});
});

describe('ingress_configure', () => {
	test('makes an Ingress where there is no Gateway, and adds to it', async () => {
		const first = await run(ingressConfigure, {service: 'cart', host: 'cart.example', tls: 'shop-tls'});
		expect(first.outcome).toMatchObject({kind: 'done', output: {object: 'Ingress shop/cart', place: 'cart.example/…', pods: 2, ready: 2}});
		const second = await run(ingressConfigure, {service: 'catalog', host: 'cart.example', path: '/goods', route: 'cart', exact: true});
		expect(second.outcome.kind).toBe('done');
		expect(live('Ingress', 'cart')).toMatchObject({
			spec: {
				ingressClassName: 'nginx',
				tls: [{hosts: ['cart.example'], secretName: 'shop-tls'}],
				rules: [
					{
						host: 'cart.example',
						http: {
							paths: [
								{path: '/', backend: {service: {name: 'cart', port: {number: 80}}}},
								{path: '/goods', pathType: 'Exact', backend: {service: {name: 'catalog'}}},
							],
						},
					},
				],
			},
		});
		const again = await run(ingressConfigure, {service: 'catalog', host: 'cart.example', path: '/goods', route: 'cart', exact: true});
		expect(again.outcome.kind).toBe('nothing-to-do');
	});

	test.each([
		['a Service that is not there', {service: 'nope'}, 'no-such-service'],
		['a certificate that is none', {service: 'cart', host: 'x.example', tls: 'database', route: 'x'}, 'no-certificate'],
		['a certificate that is not there', {service: 'cart', host: 'x.example', tls: 'nope', route: 'x'}, 'no-certificate'],
		['a class that is not there', {service: 'cart', class: 'traefik', route: 'x'}, 'no-such-class'],
		['a route without a Gateway', {service: 'cart', via: 'httproute'}, 'no-gateway'],
	])('refuses %s', async (_, input, code) => {
		expect((await run(ingressConfigure, input)).outcome).toMatchObject({kind: 'failed', error: {code, next: expect.any(String)}});
	});

	test('makes an HTTPRoute where there is a Gateway, and waits for its word', async () => {
		const {metadata, spec, ...rest} = httpRouteDefinition;
		const names = {kind: 'Gateway', listKind: 'GatewayList', plural: 'gateways', singular: 'gateway'};
		create(httpRouteDefinition);
		create({...rest, metadata: {...metadata, name: 'gateways.gateway.networking.k8s.io'}, spec: {...(spec as JsonObject), names}});
		const edge = create({
			apiVersion: 'gateway.networking.k8s.io/v1',
			kind: 'Gateway',
			metadata: {name: 'edge', namespace: 'shop'},
			spec: {listeners: [{name: 'http', protocol: 'HTTP', port: 80}]},
		});
		machine.update({...edge, status: {conditions: [{type: 'Accepted', status: 'True'}]}}, 'gateway', 'status');
		// The client looks for kinds that it does not know every two seconds at most.
		await vi.waitFor(() => ports.cluster.typeOf('gateways.gateway.networking.k8s.io'), {timeout: 20_000, interval: 100});
		const answer = (status: string) =>
			machine.watch(
				({type, object}) => {
					if (type !== 'ADDED') return;
					const conditions = [{type: 'Accepted', status, reason: 'NotAllowedByListeners', observedGeneration: 1}];
					machine.update({...object, status: {parents: [{parentRef: {name: 'edge'}, conditions}]}}, 'gateway', 'status');
				},
				['HTTPRoute'],
			);
		const stopped = answer('True');
		const taken = await run(ingressConfigure, {service: 'cart', host: 'cart.example'});
		stopped();
		expect(taken.outcome).toMatchObject({kind: 'done', output: {object: 'HTTPRoute shop/cart', accepted: true}});
		expect(live('HTTPRoute', 'cart')).toMatchObject(
			httpRoute('cart', [{matches: [{path: {type: 'PathPrefix', value: '/'}}], backendRefs: [{name: 'cart', port: 80}]}], {}, 'shop'),
		);
		const refusing = answer('False');
		const refused = await run(ingressConfigure, {service: 'catalog', host: 'catalog.example'});
		refusing();
		expect(refused.outcome).toMatchObject({kind: 'failed', error: {code: 'route-not-accepted', why: 'edge: NotAllowedByListeners'}});
	});
});
