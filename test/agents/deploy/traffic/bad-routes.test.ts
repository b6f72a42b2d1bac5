import {describe, expect, test} from 'vitest';
import type {TrafficOptions} from '../../../../src/agents/deploy/traffic/traffic.ts';
import {trafficOf} from '../../../../src/agents/deploy/traffic/traffic-of.ts';
import {MkcoaError, type Trouble} from '../../../../src/core/error.ts';
import type {JsonObject} from '../../../../src/core/json.ts';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import {object} from '../../../support/kube-objects.ts';
import {gateway, ref, service, to, virtual, web, world} from './routed.ts';

function troubleOf(objects: readonly KubeObject[], options: TrafficOptions = {}): Trouble {
	try {
		trafficOf(world(...objects), web, options);
	} catch (error) {
		if (error instanceof MkcoaError) return error.trouble;
		throw error;
	}
	throw new Error('It was taken');
}

const plain = gateway([{backendRefs: [ref('web')]}]);
const copy = service('cart-canary', {'mkcoa.dev/copy-of': 'cart', 'mkcoa.dev/track': 'canary'});
const refusing = (name: string) => ({
	parentRef: {name},
	conditions: [{type: 'Accepted', status: 'False', reason: 'NoMatchingParent', message: 'no\u001b[31m listener'}],
});
const accepting = {parentRef: {name: 'edge'}, conditions: [{type: 'Accepted', status: 'True'}]};
const rollout = (spec: JsonObject) =>
	object('argoproj.io/v1alpha1', 'Rollout', 'shop', {spec: {strategy: {canary: {trafficRouting: spec}}}});
const foreign = gateway([{backendRefs: [ref('web', 1, {namespace: 'shop'})]}], {metadata: {namespace: 'edge'}});
const grant = (to: JsonObject) =>
	object('gateway.networking.k8s.io/v1beta1', 'ReferenceGrant', 'edge', {
		spec: {from: [{group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'edge'}], to: [{group: '', kind: 'Service', ...to}]},
	});

const rows: readonly {
	readonly what: string;
	readonly objects: readonly KubeObject[];
	readonly options?: TrafficOptions;
	readonly expected: Partial<Trouble>;
}[] = [
	{
		what: 'a kind of route that does not lead there',
		objects: [service(), virtual([{route: [to('cart')]}])],
		options: {wanted: 'virtualservice'},
		expected: {code: 'route-misses-workload', what: 'No VirtualService leads to web', why: 'none sends requests to Service web'},
	},
	{
		what: 'no Service that selects the pods',
		objects: [service('web', {app: 'wbe'}), plain],
		options: {wanted: 'httproute'},
		expected: {code: 'route-misses-workload', why: 'no Service selects its pods, so no route can reach them'},
	},
	{
		what: 'a route whose Service selects other pods',
		objects: [service('web', {app: 'wbe'}), plain],
		options: {route: 'web'},
		expected: {
			code: 'route-misses-workload',
			what: 'HTTPRoute shop/web does not lead to web',
			why: 'Service shop/web selects app=wbe; the pods of web carry app=web',
		},
	},
	{
		what: 'a route whose Service is not there',
		objects: [service(), gateway([{backendRefs: [ref('wbe')]}])],
		options: {route: 'web'},
		expected: {why: 'there is no Service shop/wbe; the pods of web carry app=web'},
	},
	{
		what: 'a route that gives the workload nothing',
		objects: [service(), gateway([{backendRefs: [ref('web', 0), ref('cart')]}])],
		options: {route: 'web'},
		expected: {code: 'route-misses-workload'},
	},
	{
		what: 'a route that is not there',
		objects: [service(), plain],
		options: {route: 'wbe'},
		expected: {code: 'no-such-route', why: 'the routes to web are HTTPRoute shop/web'},
	},
	{
		what: 'a rule that does not lead there',
		objects: [service(), gateway([{backendRefs: [ref('cart')]}, {backendRefs: [ref('web')]}])],
		options: {route: 'web:1'},
		expected: {code: 'no-such-rule', why: 'those that do are 2'},
	},
	{
		what: 'two kinds of routes at once',
		objects: [service(), plain, virtual([{route: [to('web')]}])],
		expected: {code: 'which-traffic', why: 'HTTPRoute shop/web and VirtualService shop/web'},
	},
	{
		what: 'a route that a controller made',
		objects: [
			service(),
			gateway([{backendRefs: [ref('web')]}], {
				metadata: {ownerReferences: [{apiVersion: 'flagger.app/v1beta1', kind: 'Canary', name: 'web', uid: 'u', controller: true}]},
			}),
		],
		expected: {code: 'two-writers', what: 'Canary web writes the weights of HTTPRoute shop/web'},
	},
	...[
		['Argo Rollout by its plug-in', rollout({plugins: {'argoproj-labs/gatewayAPI': {httpRoute: 'web', namespace: 'shop'}}}), plain],
		['Argo Rollout by several', rollout({plugins: {x: {httpRoutes: [{name: 'web'}]}}}), plain],
		['Argo Rollout on Istio', rollout({istio: {virtualServices: [{name: 'web'}]}}), virtual([{route: [to('web')]}])],
	].map(([what, writer, route]) => ({
		what: `a route that is named by an ${String(what)}`,
		objects: [service(), route as KubeObject, writer as KubeObject],
		expected: {code: 'two-writers', why: 'two writers would set them back and forth'},
	})),
	{
		what: 'a route of a Flagger Canary',
		objects: [service(), plain, object('flagger.app/v1beta1', 'Canary', 'shop', {spec: {targetRef: {name: 'web'}}})],
		expected: {code: 'two-writers'},
	},
	{
		what: 'a route of a Kruise Rollout',
		objects: [
			service(),
			plain,
			object('rollouts.kruise.io/v1beta1', 'Rollout', 'shop', {
				spec: {strategy: {canary: {trafficRoutings: [{gateway: {httpRouteName: 'web'}}]}}},
			}),
		],
		expected: {code: 'two-writers', what: 'Rollout shop/shop writes the weights of HTTPRoute shop/web'},
	},
	{
		what: 'weights that an earlier canary left',
		objects: [service(), gateway([{backendRefs: [ref('web', 95), ref('web-canary', 5)]}])],
		expected: {
			code: 'weights-split',
			what: 'HTTPRoute shop/web sends requests to Service shop/web-canary already',
			next: 'See mkcoa deploy status web -n shop; end it with mkcoa deploy abort web -n shop, or take that Service out of the route',
		},
	},
	{
		what: 'the canary of another workload on the same route',
		objects: [service(), copy, gateway([{backendRefs: [ref('web')]}, {backendRefs: [ref('cart', 9), ref('cart-canary', 1)]}])],
		expected: {code: 'two-writers', what: 'Another canary works on HTTPRoute shop/web'},
	},
	{
		what: 'a Service of an earlier canary',
		objects: [service(), plain, service('web-canary', {'mkcoa.dev/copy-of': 'web', 'mkcoa.dev/track': 'canary'})],
		expected: {code: 'name-taken', why: 'an earlier rollout left it, or one is under way'},
	},
	{
		what: 'a Service of another purpose by the name of the canary’s',
		objects: [service(), plain, service('web-canary', {app: 'x'})],
		expected: {code: 'name-taken', next: 'Give Service shop/web-canary another name, or split by pods with --traffic replicas'},
	},
	{
		what: 'a route that no gateway takes',
		objects: [service(), gateway([{backendRefs: [ref('web')]}], {status: {parents: [refusing('edge')]}})],
		options: {wanted: 'httproute'},
		expected: {code: 'route-not-accepted', why: 'edge: NoMatchingParent (no listener)'},
	},
	{
		what: 'a grant that does not cover the canary',
		objects: [service(), foreign, grant({name: 'web'})],
		expected: {code: 'no-grant', next: 'Let a ReferenceGrant in shop cover Service web-canary too'},
	},
	{
		what: 'a header where pods share the requests',
		objects: [service()],
		options: {header: 'x-canary=always'},
		expected: {code: 'needs-route', what: 'Nothing in front of web goes by a header'},
	},
	{
		what: 'a mirror where pods share the requests',
		objects: [service(), plain],
		options: {wanted: 'replicas', mirror: 10},
		expected: {code: 'needs-route'},
	},
	{what: 'a header without a value', objects: [service(), plain], options: {header: 'x-canary'}, expected: {code: 'bad-header'}},
	{what: 'a header with a line break', objects: [service(), plain], options: {header: 'x=a\nb: c'}, expected: {code: 'bad-header'}},
	{
		what: 'a header that the rule decides by',
		objects: [service(), gateway([{matches: [{headers: [{name: 'X-Canary', value: 'no'}]}], backendRefs: [ref('web')]}])],
		options: {header: 'x-canary=always'},
		expected: {code: 'header-in-use', what: 'Rule 1 of HTTPRoute shop/web decides by the header x-canary already'},
	},
	{
		what: 'a mirror where there is one',
		objects: [service(), virtual([{route: [to('web')], mirror: {host: 'cart'}}])],
		options: {mirror: 10},
		expected: {code: 'mirror-in-use', what: 'Rule 1 of VirtualService shop/web has no room for a mirror'},
	},
	{
		what: 'more rules than a route may have',
		objects: [service(), gateway(Array.from({length: 16}, () => ({backendRefs: [ref('web')]})))],
		options: {header: 'x=1'},
		expected: {code: 'route-full', why: 'it may have 16 rules'},
	},
	{
		what: 'more backends than a rule may have',
		objects: [service(), gateway([{backendRefs: [ref('web'), ...Array.from({length: 15}, (_, index) => ref(`s${index}`))]}])],
		expected: {code: 'route-full', why: 'it may have 16 backends in a rule'},
	},
];

test.each(rows)('refuses $what, and says what to do', ({objects, options, expected}) => {
	const trouble = troubleOf(objects, options);
	expect(trouble).toMatchObject({kind: 'usage', ...expected});
	expect(trouble.next).toMatch(/^[A-Z]/);
});

describe('what is told before anybody says yes', () => {
	const notes = (objects: readonly KubeObject[], options: TrafficOptions = {}) =>
		trafficOf(world(...objects), web, options).notes.map(({severity, text}) => `${severity}: ${text}`);

	test('a route that nobody has looked at, and the ways around it', () => {
		const ingress = object('networking.k8s.io/v1', 'Ingress', 'old', {
			spec: {rules: [{http: {paths: [{path: '/', backend: {service: {name: 'web', port: {number: 80}}}}]}}]},
		});
		expect(notes([service(), plain, ingress])).toEqual([
			'info: Requests that do not come by HTTPRoute shop/web, such as direct calls of its Services, stay with the stable version',
			'warning: Ingress old sends all its requests to the stable version',
			'warning: No gateway has said that it takes HTTPRoute shop/web: whether requests come by it is not known',
		]);
	});

	test('one gateway of two that does not take the route', () => {
		const route = gateway([{backendRefs: [ref('web')]}], {status: {parents: [accepting, refusing('inner')]}});
		expect(notes([service(), route])).toContain(
			'warning: One gateway does not take HTTPRoute shop/web: inner: NoMatchingParent (no listener)',
		);
	});

	test('a route that no gateway takes is passed over, unless a person means it', () => {
		const route = gateway([{backendRefs: [ref('web')]}], {status: {parents: [refusing('edge')]}});
		expect(notes([service(), route])).toEqual([
			'warning: HTTPRoute shop/web is not used, since no gateway takes it: edge: NoMatchingParent (no listener)',
		]);
	});

	test('another namespace, with its grant and without', () => {
		expect(notes([service(), foreign, grant({})])).toContain(
			'info: HTTPRoute edge/web is of another namespace; a ReferenceGrant in shop allows it',
		);
		expect(notes([service(), foreign])).toContain(
			'danger: HTTPRoute edge/web is of another namespace, and no ReferenceGrant in shop is known: the canary’s part may be answered with 500'.replace(
				'’',
				"'",
			),
		);
	});

	test('policies that do not hold for the pods of the canary', () => {
		const budget = object('policy/v1', 'PodDisruptionBudget', 'web', {spec: {selector: {matchLabels: {app: 'web'}}}});
		expect(notes([service(), plain, budget]).at(-1)).toMatch(/^info: PodDisruptionBudget shop\/web does not guard the pods of the canary/);
	});

	test('copies, and what could not be looked at', () => {
		const notChecked = [
			'virtualservices.networking.istio.io of other namespaces',
			'poddisruptionbudgets.policy: reading them is not allowed',
			'podmonitors.monitoring.coreos.com: reading them is not allowed',
		];
		const told = trafficOf({...world(service(), plain), notChecked}, web, {mirror: 10}).notes.map(({text}) => text);
		const ways =
			'Not checked: virtualservices.networking.istio.io of other namespaces; so it is not known whether requests come by another way';
		expect(told.slice(0, 2)).toEqual([
			ways,
			'Not checked: poddisruptionbudgets.policy: reading them is not allowed, podmonitors.monitoring.coreos.com: reading them is not allowed; so it is not known whether they hold for the pods of the canary',
		]);
		expect(trafficOf({...world(service()), notChecked}, web).notes.map(({text}) => text)).toEqual([ways]);
		expect(told.at(-1)).toMatch(/^The canary gets a copy of 10 % of the requests first/);
	});
});
