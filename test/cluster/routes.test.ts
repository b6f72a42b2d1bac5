import {beforeAll, describe, expect, test} from 'vitest';
import {separateCopy} from '../../src/agents/deploy/traffic/copy/separate-copy.ts';
import {findRoutes} from '../../src/agents/deploy/traffic/routes/find-routes.ts';
import {objectsBefore} from '../../src/agents/deploy/traffic/routes/route-objects.ts';
import type {Traffic, TrafficOptions} from '../../src/agents/deploy/traffic/traffic.ts';
import {trafficOf} from '../../src/agents/deploy/traffic/traffic-of.ts';
import {objectAt} from '../../src/core/kube/json-at.ts';
import type {KubeObject, Ref} from '../../src/core/kube/kube-object.ts';
import type {Write} from '../../src/core/plan.ts';
import {at} from '../servers/questions.ts';
import {httpRoute} from '../support/http-route.ts';
import {virtualService} from '../support/virtual-service.ts';
import {clientOf} from './client-of.ts';
import {addGatewayApi} from './gateway-api.ts';
import {deployed, isRolledOut, shop} from './in-shop.ts';
import {addIstio} from './istio.ts';
import {onePlane} from './one-plane.ts';

const one = onePlane();
const {signal} = new AbortController();
const collections = {
	HTTPRoute: '/apis/gateway.networking.k8s.io/v1/namespaces/shop/httproutes',
	GRPCRoute: '/apis/gateway.networking.k8s.io/v1/namespaces/shop/grpcroutes',
	VirtualService: '/apis/networking.istio.io/v1/namespaces/shop/virtualservices',
};
const backend = (weight?: number) => ({name: 'web', port: 80, ...(weight === undefined ? {} : {weight})});
const path = {path: {type: 'PathPrefix', value: '/api'}};

beforeAll(async () => {
	await Promise.all([addGatewayApi(one.plane()), addIstio(one.plane())]);
	await deployed(one, 'web', {replicas: 1});
	await one.create('/api/v1/namespaces/shop/services', {
		apiVersion: 'v1',
		kind: 'Service',
		metadata: {name: 'web'},
		spec: {selector: {app: 'web'}, ports: [{port: 80, targetPort: 8080}]},
	});
	await one.create('/apis/networking.istio.io/v1/namespaces/shop/destinationrules', {
		apiVersion: 'networking.istio.io/v1',
		kind: 'DestinationRule',
		metadata: {name: 'web'},
		spec: {host: 'web', trafficPolicy: {loadBalancer: {simple: 'LEAST_REQUEST'}}},
	});
	await one.create('/apis/gateway.networking.k8s.io/v1/namespaces/shop/backendtlspolicies', {
		apiVersion: 'gateway.networking.k8s.io/v1',
		kind: 'BackendTLSPolicy',
		metadata: {name: 'web'},
		spec: {
			targetRefs: [{group: '', kind: 'Service', name: 'web'}],
			validation: {hostname: 'web.internal', wellKnownCACertificates: 'System'},
		},
	});
});

type Hands = {
	readonly plan: (options: TrafficOptions, before?: readonly KubeObject[]) => Promise<Traffic>;
	readonly send: (writes: readonly Write[]) => Promise<void>;
	readonly spec: (ref: Ref) => Promise<unknown>;
};

async function hands(use: (hands: Hands) => Promise<void>) {
	const {cluster, effector, close} = await clientOf(one.plane().kubeconfig, 'admin');
	const web = await cluster.get({apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web'});
	if (web === undefined) throw new Error('there is no Deployment web');
	try {
		await use({
			async plan(options, before) {
				const found = await findRoutes(cluster, web);
				expect(found.notChecked).toEqual([]);
				return trafficOf(before === undefined ? found : objectsBefore(found, web, before), web, options);
			},
			async send(writes) {
				for (const write of writes) await effector.send(write, await cluster.get(write.ref), signal);
			},
			spec: async ref => (await cluster.get(ref))?.spec,
		});
	} finally {
		await close();
	}
}

const routes: readonly {
	readonly kind: keyof typeof collections;
	readonly route: KubeObject;
	readonly options: TrafficOptions;
	readonly most: object;
}[] = [
	{
		kind: 'HTTPRoute',
		route: httpRoute('web', [{name: 'api', matches: [path], backendRefs: [backend()]}, {backendRefs: [backend(3)]}], {}, 'shop'),
		options: {wanted: 'httproute'},
		most: {rules: [{backendRefs: [{weight: 75}, {name: 'web-canary', weight: 25}]}, {backendRefs: [{weight: 75}, {weight: 25}]}]},
	},
	{
		kind: 'GRPCRoute',
		route: {...httpRoute('web', [{backendRefs: [backend()]}], {}, 'shop'), kind: 'GRPCRoute'},
		options: {wanted: 'httproute', header: 'x-canary=always'},
		most: {
			rules: [
				{matches: [{headers: [{name: 'x-canary'}]}], backendRefs: [{name: 'web-canary'}]},
				{backendRefs: [{weight: 75}, {weight: 25}]},
			],
		},
	},
	{
		kind: 'VirtualService',
		route: virtualService('web', [{name: 'all', match: [{uri: {prefix: '/'}}], route: [{destination: {host: 'web'}}]}], {}, 'shop'),
		options: {wanted: 'virtualservice'},
		most: {http: [{route: [{weight: 75}, {destination: {host: 'web-canary'}, weight: 25}]}]},
	},
];
const extras: readonly TrafficOptions[] = [{}, {header: 'cookie:canary=yes'}, {mirror: 30}];

describe.each(routes)('$kind', ({kind, route, options, most}) => {
	test.each(extras)('takes every weight, header and mirror, and gets back to what it was: %j', async extra => {
		await one.create(collections[kind], route);
		await hands(async ({plan, send, spec}) => {
			const ref: Ref = {apiVersion: route.apiVersion, kind, namespace: 'shop', name: 'web'};
			const before = await spec(ref);
			const traffic = await plan({...options, ...extra});
			expect(traffic.prepare.map(write => write.ref.kind)).toEqual([
				'Service',
				kind === 'VirtualService' ? 'DestinationRule' : 'BackendTLSPolicy',
			]);
			await send(traffic.prepare);
			await send(traffic.toWeight(0));
			await send(traffic.toWeight(25));
			const shared = await spec(ref);
			if (Object.keys(extra).length === 0) expect(shared).toMatchObject(most);
			// Done again, and from another machine, it is the same.
			const again = await plan({...options, ...extra}, traffic.before);
			await send(again.toWeight(25));
			expect(await spec(ref)).toEqual(shared);
			await send(again.restore);
			await send(again.restore);
			expect(await spec(ref)).toEqual(before);
			await send(again.cleanup);
		});
		await one.remove(`${collections[kind]}/web`);
	});
});

test('the pods of a copy are its own, and its Service finds them alone', async () => {
	const {cluster, effector, close} = await clientOf(one.plane().kubeconfig, 'admin');
	const web = await cluster.get({apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web'});
	if (web === undefined) throw new Error('there is no Deployment web');
	const {objects} = await findRoutes(cluster, web);
	const {manifest} = separateCopy(web, objects, {suffix: 'canary', template: objectAt(web, 'spec', 'template'), replicas: 2});
	const ref = {apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web-canary'};
	await effector.send({op: 'create', ref, manifest}, undefined, signal);
	await one.eventually(shop.deployments('web-canary'), object => isRolledOut(object, 2));
	expect(await one.read(shop.deployments('web'))).toMatchObject({status: {replicas: 1}});
	const slices = at(
		await one.read('/apis/discovery.k8s.io/v1/namespaces/shop/endpointslices?labelSelector=kubernetes.io/service-name%3Dweb'),
		'items',
	);
	expect(slices).toMatchObject([{endpoints: [{}]}]);
	await close();
});
