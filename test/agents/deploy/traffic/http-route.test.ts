import {describe, expect, test} from 'vitest';
import type {Traffic, TrafficOptions} from '../../../../src/agents/deploy/traffic/traffic.ts';
import {trafficOf} from '../../../../src/agents/deploy/traffic/traffic-of.ts';
import type {JsonObject} from '../../../../src/core/json.ts';
import {valueAt} from '../../../../src/core/kube/json-at.ts';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import {object} from '../../../support/kube-objects.ts';
import {gateway, ref, service, web, world, written} from './routed.ts';

const traffic = (route: KubeObject, options: TrafficOptions = {}): Traffic => trafficOf(world(service(), route), web, options);
const rulesAt = (route: KubeObject, percent: number, options: TrafficOptions = {}) =>
	valueAt(written(route, traffic(route, options).toWeight(percent)), 'spec', 'rules');

const matches = [{path: {type: 'PathPrefix', value: '/'}}];
const rewrite = {filters: [{type: 'RequestHeaderModifier', requestHeaderModifier: {set: [{name: 'x', value: '1'}]}}]};

describe('a weight on an HTTPRoute', () => {
	const rows: readonly (readonly [string, readonly JsonObject[], number, readonly JsonObject[]])[] = [
		['a Service alone', [ref('web')], 5, [ref('web', 95), ref('web-canary', 5)]],
		['nothing yet', [ref('web')], 0, [ref('web', 100), ref('web-canary', 0)]],
		['everything', [ref('web', 7)], 100, [ref('web', 0), ref('web-canary', 100)]],
		['another backend keeps its half', [ref('web'), ref('shop')], 10, [ref('web', 90), ref('web-canary', 10), ref('shop', 100)]],
		['and its tenth', [ref('shop', 10), ref('web', 90)], 50, [ref('shop', 100), ref('web', 450), ref('web-canary', 450)]],
		['a backend without weight gets none', [ref('web', 1), ref('shop', 0)], 25, [ref('web', 75), ref('web-canary', 25), ref('shop', 0)]],
		[
			'filters of a backend hold for the canary too',
			[ref('web', 1, rewrite)],
			50,
			[ref('web', 50, rewrite), ref('web-canary', 50, rewrite)],
		],
		[
			'a Service on two ports',
			[ref('web', 1), {name: 'web', port: 81, weight: 3}],
			20,
			[ref('web', 80), ref('web-canary', 20), {name: 'web', port: 81, weight: 240}, {name: 'web-canary', port: 81, weight: 60}],
		],
		[
			'weights near their limit',
			[ref('web', 1_000_000), ref('shop', 999_999)],
			10,
			[ref('web', 900_001), ref('web-canary', 100_000), ref('shop', 1_000_000)],
		],
	];
	test.each(rows)('%s', (_, backendRefs, percent, expected) => {
		expect(rulesAt(gateway([{matches, backendRefs}]), percent)).toEqual([{matches, backendRefs: expected}]);
	});
});

test('the patch sets one list, and refuses another route or another rule', () => {
	const [write] = traffic(gateway([{matches, name: 'all', backendRefs: [ref('web')]}])).toWeight(5);
	expect(write).toEqual({
		op: 'patch',
		ref: {apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', namespace: 'shop', name: 'web'},
		type: 'json',
		patch: [
			{op: 'test', path: '/metadata/uid', value: 'uid-web'},
			{op: 'test', path: '/spec/rules/0/name', value: 'all'},
			{op: 'test', path: '/spec/rules/0/matches', value: matches},
			{op: 'replace', path: '/spec/rules/0/backendRefs', value: [ref('web', 95), ref('web-canary', 5)]},
		],
	});
});

test('every rule and every route that leads to the workload is written, and no other', () => {
	const first = gateway([{backendRefs: [ref('web')]}, {backendRefs: [ref('shop')]}, {backendRefs: [ref('shop'), ref('web', 3)]}]);
	const second = gateway([{backendRefs: [ref('web')]}], {}, 'web-internal');
	const grpc = {...gateway([{backendRefs: [ref('web')]}], {}, 'web-grpc'), kind: 'GRPCRoute'};
	const other = gateway([{backendRefs: [ref('shop')]}], {}, 'shop');
	const {words, toWeight, kind} = trafficOf(world(service(), other, second, grpc, first), web);
	expect(kind).toBe('httproute');
	expect(words).toBe('GRPCRoute shop/web-grpc, rule 1; HTTPRoute shop/web, rules 1, 3; HTTPRoute shop/web-internal, rule 1');
	expect(toWeight(50).map(({ref: {name}}) => name)).toEqual(['web-grpc', 'web', 'web-internal']);
	expect(valueAt(written(first, toWeight(50)), 'spec', 'rules')).toEqual([
		{backendRefs: [ref('web', 50), ref('web-canary', 50)]},
		{backendRefs: [ref('shop')]},
		{backendRefs: [ref('shop', 100), ref('web', 150), ref('web-canary', 150)]},
	]);
});

test('one route of several, or one rule, is written where a person says so', () => {
	const rules = [{backendRefs: [ref('web')]}, {name: 'api', backendRefs: [ref('web')]}];
	const objects = world(service(), gateway(rules), gateway(rules, {}, 'inner'), gateway(rules, {metadata: {namespace: 'edge'}}, 'inner'));
	const words = (route: string) => trafficOf(objects, web, {route}).words;
	expect(words('inner')).toBe('HTTPRoute shop/inner, rules 1, 2');
	expect(words('web:2')).toBe('HTTPRoute shop/web, rule 2');
	expect(words('shop/web:api')).toBe('HTTPRoute shop/web, rule 2');
});

test('a header sends its requests to the canary by a rule above, and the rest goes by weight', () => {
	const route = gateway([{name: 'all', matches, backendRefs: [ref('web', 3), ref('shop')]}, {backendRefs: [ref('shop')]}]);
	expect(rulesAt(route, 20, {header: 'X-Canary=always'})).toEqual([
		{
			name: 'all-canary',
			matches: [{...matches[0], headers: [{type: 'Exact', name: 'X-Canary', value: 'always'}]}],
			backendRefs: [ref('web-canary')],
		},
		{name: 'all', matches, backendRefs: [ref('web', 240), ref('web-canary', 60), ref('shop', 100)]},
		{backendRefs: [ref('shop')]},
	]);
	const cookie = rulesAt(gateway([{backendRefs: [ref('web')]}]), 0, {header: 'cookie:canary=a.b'});
	expect(valueAt({cookie}, 'cookie')).toMatchObject([
		{matches: [{headers: [{type: 'RegularExpression', name: 'Cookie', value: '^(.*;\\s*)?canary=a\\.b(\\s*;.*)?$'}]}]},
		{backendRefs: [ref('web', 100), ref('web-canary', 0)]},
	]);
});

test('a mirror gets copies as long as the canary serves nobody', () => {
	const route = gateway([{matches, backendRefs: [ref('web', undefined, rewrite)], ...rewrite}]);
	const [own] = rewrite.filters;
	const mirror = {type: 'RequestMirror', requestMirror: {backendRef: ref('web-canary'), percent: 30}};
	expect(rulesAt(route, 0, {mirror: 30})).toMatchObject([{filters: [own, mirror], backendRefs: [ref('web', 100), ref('web-canary', 0)]}]);
	expect(rulesAt(route, 10, {mirror: 30})).toMatchObject([{filters: [own], backendRefs: [ref('web', 90), ref('web-canary', 10)]}]);
	expect(rulesAt(gateway([{backendRefs: [ref('web')]}]), 0, {mirror: 100})).toMatchObject([
		{filters: [{type: 'RequestMirror', requestMirror: {backendRef: ref('web-canary')}}]},
	]);
});

test('the canary has a Service of its own with the same ports, and it goes at the end', () => {
	const busy = service(
		'web',
		{app: 'web'},
		{type: 'LoadBalancer', clusterIP: '10.0.0.1', ports: [{port: 80, targetPort: 'http', nodePort: 30_080}]},
	);
	const metadata = {...busy.metadata, labels: {app: 'web', 'app.kubernetes.io/instance': 'shop'}, annotations: {dns: 'web.example.com'}};
	const {prepare, cleanup} = trafficOf(world({...busy, metadata}, gateway([{backendRefs: [ref('web')]}])), web);
	const own = {apiVersion: 'v1', kind: 'Service', namespace: 'shop', name: 'web-canary'};
	const selector = {'mkcoa.dev/copy-of': 'web', 'mkcoa.dev/track': 'canary'};
	expect(prepare).toEqual([
		{
			op: 'create',
			ref: own,
			manifest: {
				apiVersion: 'v1',
				kind: 'Service',
				metadata: {name: 'web-canary', namespace: 'shop', labels: {app: 'web', ...selector, 'app.kubernetes.io/managed-by': 'mkcoa'}},
				spec: {type: 'ClusterIP', ports: [{port: 80, targetPort: 'http'}], selector},
			},
		},
	]);
	expect(cleanup).toEqual([{op: 'delete', ref: own}]);
});

test('pods that speak TLS are talked to in the same way behind the canary’s Service', () => {
	const policy = object('gateway.networking.k8s.io/v1', 'BackendTLSPolicy', 'secure', {
		spec: {
			targetRefs: [
				{group: '', kind: 'Service', name: 'web'},
				{group: '', kind: 'Service', name: 'shop'},
			],
			validation: {hostname: 'web.internal'},
		},
	});
	const {prepare} = trafficOf(world(service(), policy, gateway([{backendRefs: [ref('web')]}])), web);
	expect(prepare[1]).toMatchObject({
		op: 'create',
		ref: {kind: 'BackendTLSPolicy', name: 'secure-canary'},
		manifest: {spec: {targetRefs: [{group: '', kind: 'Service', name: 'web-canary'}], validation: {hostname: 'web.internal'}}},
	});
	expect(prepare).toHaveLength(2);
});

test('pods share the requests where no route leads to the workload, or a person wants it', () => {
	expect(trafficOf(world(service()), web)).toMatchObject({kind: 'replicas', prepare: [], restore: [], cleanup: []});
	expect(traffic(gateway([{backendRefs: [ref('web')]}]), {wanted: 'replicas'}).toWeight(50)).toEqual([]);
});
