import {describe, expect, test} from 'vitest';
import {chooseClass} from '../../../../../src/agents/deploy/objects/exposure/choose-class.ts';
import {chooseGateway} from '../../../../../src/agents/deploy/objects/exposure/choose-gateway.ts';
import {servicePort} from '../../../../../src/agents/deploy/objects/exposure/exposed-service.ts';
import type {Exposure} from '../../../../../src/agents/deploy/objects/exposure/exposure.ts';
import {ingressMeets, routeMeets, takenOver} from '../../../../../src/agents/deploy/objects/exposure/exposure-notes.ts';
import {exposureWrite} from '../../../../../src/agents/deploy/objects/exposure/exposure-write.ts';
import {httpRouteFor} from '../../../../../src/agents/deploy/objects/exposure/http-route-for.ts';
import {ingressFor} from '../../../../../src/agents/deploy/objects/exposure/ingress-for.ts';
import {fitsHost} from '../../../../../src/agents/deploy/objects/exposure/listener-fit.ts';
import type {JsonObject} from '../../../../../src/core/json.ts';
import {valueAt} from '../../../../../src/core/kube/json-at.ts';
import type {KubeObject} from '../../../../../src/core/kube/kube-object.ts';
import {object} from '../../../../support/kube-objects.ts';

const exposure: Exposure = {
	namespace: 'shop',
	name: 'web',
	service: 'web',
	port: 80,
	host: 'shop.example',
	path: '/',
	exact: false,
	tls: undefined,
};
const gateway = (listeners: readonly JsonObject[], name = 'edge', namespace = 'shop') =>
	object('gateway.networking.k8s.io/v1', 'Gateway', name, {metadata: {namespace}, spec: {listeners}});
const edge = gateway([{protocol: 'HTTP', port: 80}]);
const refuses = (code: string) => expect.objectContaining({trouble: expect.objectContaining({code, next: expect.any(String)})});

test.each([
	['a.example', 'a.example', true],
	['*.example', 'a.example', true],
	['*.example', 'a.b.example', true],
	['*.example', 'example', false],
	['a.example', '*.example', true],
	['a.example', 'b.example', false],
	[undefined, 'b.example', true],
	['a.example', undefined, true],
])('%s and %s: %s', (one, other, expected) => {
	expect(fitsHost(one, other)).toBe(expected);
});

describe('the Gateway of a host', () => {
	const open = {protocol: 'HTTPS', port: 443, hostname: '*.example', allowedRoutes: {namespaces: {from: 'All'}}};
	const choose = (gateways: readonly KubeObject[], named?: string, host: string | undefined = 'shop.example') =>
		chooseGateway(gateways, {namespace: 'shop', host, named}).metadata.name;

	test('is the only one that takes it', () => {
		const tcp = gateway([{protocol: 'TCP', port: 1}], 'tcp');
		const other = gateway([{protocol: 'HTTP', port: 80, hostname: 'other.example'}], 'other');
		const closed = gateway([{protocol: 'HTTP', port: 80}], 'closed', 'infra');
		const grpc = gateway([{...open, allowedRoutes: {namespaces: {from: 'All'}, kinds: [{kind: 'GRPCRoute'}]}}], 'grpc', 'infra');
		expect(choose([tcp, other, closed, grpc, gateway([open], 'right', 'infra')])).toBe('right');
	});

	test.each([
		['where there is none', [], undefined, 'no-gateway'],
		['by a name that is not there', [edge], 'other', 'no-such-gateway'],
		['where two would do', [edge, gateway([open], 'right', 'infra')], undefined, 'which-gateway'],
		['that listens for another host', [gateway([{protocol: 'HTTP', port: 80, hostname: 'other.example'}])], 'edge', 'gateway-refuses'],
	])('is not chosen %s', (_, gateways, named, code) => {
		expect(() => choose(gateways, named)).toThrow(refuses(code));
	});
});

test('the class is the named one, the default or the only one', () => {
	const ingressClass = (name: string, isDefault = false) =>
		object('networking.k8s.io/v1', 'IngressClass', name, {
			metadata: isDefault ? {annotations: {'ingressclass.kubernetes.io/is-default-class': 'true'}} : {},
		});
	const name = (classes: readonly KubeObject[], named?: string) => chooseClass(classes, named).metadata.name;
	expect(name([ingressClass('a')])).toBe('a');
	expect(name([ingressClass('a'), ingressClass('b', true)])).toBe('b');
	expect(name([ingressClass('a'), ingressClass('b', true)], 'a')).toBe('a');
	expect(() => name([ingressClass('a'), ingressClass('b')])).toThrow(refuses('which-class'));
	expect(() => name([ingressClass('a')], 'b')).toThrow(refuses('no-such-class'));
	expect(() => name([])).toThrow(refuses('no-ingress-class'));
});

test('the port is the only one, or one by its number or name', () => {
	const service = (...ports: readonly JsonObject[]) => object('v1', 'Service', 'web', {spec: {ports}});
	const two = service({name: 'http', port: 80}, {name: 'metrics', port: 9090});
	expect([servicePort(service({port: 80}), undefined), servicePort(two, 'metrics'), servicePort(two, '80')]).toEqual([80, 9090, 80]);
	expect(() => servicePort(two, undefined)).toThrow(refuses('which-port'));
	expect(() => servicePort(two, '81')).toThrow(refuses('no-such-port'));
});

const root = {path: {type: 'PathPrefix', value: '/'}};
const backend = (name: string) => ({name, port: 80});
const route = (rules: readonly JsonObject[], spec: JsonObject = {}, name = 'web') =>
	object('gateway.networking.k8s.io/v1', 'HTTPRoute', name, {
		metadata: {uid: 'u'},
		spec: {parentRefs: [{name: 'edge'}], hostnames: ['shop.example'], rules, ...spec},
	});

describe('an HTTPRoute', () => {
	const rulesFor = (live: KubeObject | undefined, change: Partial<Exposure> = {}) =>
		valueAt(httpRouteFor({...exposure, ...change}, edge, live), 'spec', 'rules');
	const whole = {matches: [root], backendRefs: [backend('web')]};
	const api = {matches: [{path: {type: 'Exact', value: '/api'}}], backendRefs: [backend('api')]};

	test('that is new has one rule, and names a Gateway of another namespace', () => {
		expect(httpRouteFor(exposure, gateway([], 'edge', 'infra'), undefined)).toEqual({
			apiVersion: 'gateway.networking.k8s.io/v1',
			kind: 'HTTPRoute',
			metadata: {name: 'web', namespace: 'shop'},
			spec: {parentRefs: [{name: 'edge', namespace: 'infra'}], hostnames: ['shop.example'], rules: [whole]},
		});
	});

	test('that is there gets a rule more, another backend, or nothing', () => {
		expect(rulesFor(route([api]))).toEqual([api, whole]);
		expect(rulesFor(route([api, {...whole, backendRefs: [backend('old')], timeouts: {request: '3s'}}]))).toEqual([
			api,
			{...whole, timeouts: {request: '3s'}},
		]);
		const same = route([{...whole, backendRefs: [{...backend('web'), weight: 1}]}]);
		expect(exposureWrite(httpRouteFor(exposure, edge, same), same)).toBeUndefined();
		expect(rulesFor(route([{backendRefs: [backend('old')]}]))).toEqual([{backendRefs: [backend('web')]}]);
	});

	test.each([
		['other hosts', route([], {hostnames: ['other.example']}), {}],
		['no host of its own', route([]), {host: undefined}],
		['another Gateway', route([], {parentRefs: [{name: 'inner'}]}), {}],
		['a rule for several paths', route([{matches: [root, {path: {type: 'Exact', value: '/x'}}], backendRefs: [backend('web')]}]), {}],
		['a rule that shares its requests', route([{matches: [root], backendRefs: [backend('web'), backend('web-canary')]}]), {}],
	])('with %s is refused', (_, live, change) => {
		expect(() => rulesFor(live, change)).toThrow(refuses('route-of-others'));
	});

	test('is told of another one for the same place, and of what it takes over', () => {
		const own = route([whole]);
		const rival = route([whole], {hostnames: ['*.example']}, 'rival');
		const away = route([whole], {hostnames: ['other.example']}, 'away');
		expect(routeMeets(exposure, edge, [own, rival, away], own).map(({text}) => text)).toEqual([
			'HTTPRoute shop/rival answers shop.example/… at this Gateway too: the older of the two wins',
		]);
		const before = route([{...whole, backendRefs: [backend('old')]}]);
		expect(takenOver(exposure, before, own).map(({text}) => text)).toEqual([
			'Requests for shop.example/… go to Service web instead of old',
		]);
	});
});

describe('an Ingress', () => {
	const path = (name: string, text: string) => ({path: text, pathType: 'Prefix', backend: {service: {name, port: {number: 80}}}});
	const ingress = (paths: readonly JsonObject[], spec: JsonObject = {}, name = 'web') =>
		object('networking.k8s.io/v1', 'Ingress', name, {
			metadata: {uid: 'u'},
			spec: {ingressClassName: 'nginx', rules: [{host: 'shop.example', http: {paths}}], ...spec},
		});

	test('that is new names its class and its certificate', () => {
		expect(ingressFor({...exposure, tls: 'cert'}, 'nginx', undefined).spec).toEqual({
			ingressClassName: 'nginx',
			tls: [{hosts: ['shop.example'], secretName: 'cert'}],
			rules: [{host: 'shop.example', http: {paths: [path('web', '/')]}}],
		});
	});

	test('that is there gets a path more, another backend, another host, or nothing', () => {
		const paths = (live: KubeObject, change: Partial<Exposure> = {}) =>
			valueAt(ingressFor({...exposure, ...change}, undefined, live), 'spec', 'rules');
		const one = (list: readonly JsonObject[]) => [{host: 'shop.example', http: {paths: list}}];
		expect(paths(ingress([path('api', '/api')]))).toEqual(one([path('api', '/api'), path('web', '/')]));
		expect(paths(ingress([path('old', '/')]))).toEqual(one([path('web', '/')]));
		expect(paths(ingress([path('api', '/')]), {host: undefined})).toEqual([
			...one([path('api', '/')]),
			{http: {paths: [path('web', '/')]}},
		]);
		const same = ingress([path('web', '/')]);
		expect(exposureWrite(ingressFor(exposure, undefined, same), same)).toBeUndefined();
	});

	test('of another class is refused', () => {
		expect(() => ingressFor(exposure, 'traefik', ingress([]))).toThrow(refuses('route-of-others'));
	});

	test('is told of another one for the same place, of a retired controller, and that nothing is encrypted', () => {
		const nginx = object('networking.k8s.io/v1', 'IngressClass', 'nginx', {spec: {controller: 'k8s.io/ingress-nginx'}});
		const own = ingress([path('web', '/')]);
		const texts = ingressMeets(exposure, nginx, [own, ingress([path('old', '/')], {}, 'old')], own).map(({id}) => id);
		expect(texts).toEqual(['retired-controller', 'same-place', 'plain-http']);
	});

	test('is changed only where nobody changed it meanwhile', () => {
		const live = ingress([path('old', '/')]);
		expect(exposureWrite(ingressFor(exposure, undefined, live), live)).toMatchObject({
			op: 'patch',
			patch: [
				{op: 'test', path: '/metadata/uid', value: 'u'},
				{op: 'test', path: '/spec/rules', value: valueAt(live, 'spec', 'rules')},
				{op: 'add', path: '/spec/rules'},
			],
		});
	});
});
