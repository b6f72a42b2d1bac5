import {describe, expect, test} from 'vitest';
import type {TrafficOptions} from '../../../../src/agents/deploy/traffic/traffic.ts';
import {trafficOf} from '../../../../src/agents/deploy/traffic/traffic-of.ts';
import type {JsonObject} from '../../../../src/core/json.ts';
import {valueAt} from '../../../../src/core/kube/json-at.ts';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import {object} from '../../../support/kube-objects.ts';
import {service, to, virtual, web, world, written} from './routed.ts';

const rulesAt = (route: KubeObject, percent: number, options: TrafficOptions = {}, ...more: readonly KubeObject[]) =>
	valueAt(written(route, trafficOf(world(service(), route, ...more), web, options).toWeight(percent)), 'spec', 'http');

describe('a weight on a VirtualService', () => {
	const full = 'web.shop.svc.cluster.local';
	const rows: readonly (readonly [string, readonly JsonObject[], number, readonly JsonObject[]])[] = [
		['a short host without weight', [to('web')], 5, [to('web', 95), to('web-canary', 5)]],
		['a full host', [to(full)], 5, [to(full, 95), to('web-canary.shop.svc.cluster.local', 5)]],
		[
			'a port',
			[to('web', 100, {port: {number: 80}})],
			50,
			[to('web', 50, {port: {number: 80}}), to('web-canary', 50, {port: {number: 80}})],
		],
		[
			'another destination keeps its part of the hundred',
			[to('web', 90), to('shop', 10)],
			5,
			[to('web', 85), to('web-canary', 5), to('shop', 10)],
		],
		['a small part is still one', [to('web', 10), to('shop', 90)], 5, [to('web', 9), to('web-canary', 1), to('shop', 90)]],
		['and not all', [to('web', 10), to('shop', 90)], 99, [to('web', 1), to('web-canary', 9), to('shop', 90)]],
		['shares of another sum', [to('web', 1), to('shop', 1)], 25, [to('web', 75), to('web-canary', 25), to('shop', 100)]],
		[
			'headers of a destination',
			[{...to('web'), headers: {request: {set: {x: '1'}}}}],
			50,
			[
				{...to('web', 50), headers: {request: {set: {x: '1'}}}},
				{...to('web-canary', 50), headers: {request: {set: {x: '1'}}}},
			],
		],
		[
			'a subset is left, for the canary has a host of its own',
			[to('web', 100, {subset: 'v1'})],
			20,
			[to('web', 80, {subset: 'v1'}), to('web-canary', 20)],
		],
	];
	test.each(rows)('%s', (_, route, percent, expected) => {
		expect(rulesAt(virtual([{route}]), percent)).toEqual([{route: expected}]);
	});

	test.each(['web.shop', 'web.other.svc.cluster.local', '*', 'example.com'])('the host %s means something else', host => {
		expect(trafficOf(world(service(), virtual([{route: [to(host)]}])), web).kind).toBe('replicas');
	});

	test('a short host is one of the namespace of its VirtualService', () => {
		const away = virtual([{route: [to('web')]}], {metadata: {namespace: 'edge'}});
		expect(trafficOf(world(service(), away), web).kind).toBe('replicas');
	});
});

test('of the subsets of one Service only the workload’s own is shared', () => {
	const rule = object('networking.istio.io/v1beta1', 'DestinationRule', 'web', {
		spec: {
			host: 'web',
			trafficPolicy: {loadBalancer: {simple: 'LEAST_REQUEST'}},
			subsets: [
				{name: 'mine', labels: {app: 'web'}, trafficPolicy: {tls: {mode: 'SIMPLE'}}},
				{name: 'old', labels: {version: 'old'}},
			],
		},
	});
	const route = virtual([{route: [to('web', 90, {subset: 'mine'}), to('web', 10, {subset: 'old'})]}]);
	expect(rulesAt(route, 50, {}, rule)).toEqual([
		{route: [to('web', 45, {subset: 'mine'}), to('web-canary', 45), to('web', 10, {subset: 'old'})]},
	]);
	const {notes, prepare, cleanup} = trafficOf(world(service(), route, rule), web);
	expect(notes.map(({text}) => text)).toContain(
		'DestinationRule shop/web has subsets: the canary is reached by a Service of its own, not by one of them',
	);
	expect(prepare[1]).toMatchObject({
		op: 'create',
		manifest: {
			kind: 'DestinationRule',
			metadata: {name: 'web-canary', labels: {'mkcoa.dev/copy-of': 'web'}},
			spec: {host: 'web-canary', trafficPolicy: {loadBalancer: {simple: 'LEAST_REQUEST'}, tls: {mode: 'SIMPLE'}}},
		},
	});
	expect(cleanup.map(({ref}) => `${ref.kind} ${ref.name}`)).toEqual(['Service web-canary', 'DestinationRule web-canary']);
});

test('named and unnamed routes are written where they lead there; others, redirects and tcp stay', () => {
	const other = {name: 'shop', match: [{uri: {prefix: '/shop'}}], route: [to('shop')]};
	const redirect = {match: [{uri: {exact: '/old'}}], redirect: {uri: '/new'}};
	const http = [redirect, {name: 'api', match: [{uri: {prefix: '/api'}}], route: [to('web')]}, other, {route: [to('web')]}];
	const route = {...virtual(http), apiVersion: 'networking.istio.io/v1beta1'};
	const {words, toWeight} = trafficOf(world(service(), route), web);
	expect(words).toBe('VirtualService shop/web, rules 2, 4');
	expect(toWeight(10)).toEqual([
		{
			op: 'patch',
			ref: {apiVersion: 'networking.istio.io/v1beta1', kind: 'VirtualService', namespace: 'shop', name: 'web'},
			type: 'json',
			patch: [
				{op: 'test', path: '/metadata/uid', value: 'uid-web'},
				{op: 'test', path: '/spec/http/1/name', value: 'api'},
				{op: 'test', path: '/spec/http/1/match', value: [{uri: {prefix: '/api'}}]},
				{op: 'replace', path: '/spec/http/1/route', value: [to('web', 90), to('web-canary', 10)]},
				{op: 'replace', path: '/spec/http/3/route', value: [to('web', 90), to('web-canary', 10)]},
			],
		},
	]);
});

test('a header is asked for above, since the first route that matches wins', () => {
	const route = virtual([{name: 'all', match: [{uri: {prefix: '/'}}], route: [to('web', 90), to('shop', 10)], timeout: '3s'}]);
	expect(rulesAt(route, 0, {header: 'X-Canary=always'})).toEqual([
		{name: 'all-canary', match: [{uri: {prefix: '/'}, headers: {'x-canary': {exact: 'always'}}}], route: [to('web-canary')], timeout: '3s'},
		{name: 'all', match: [{uri: {prefix: '/'}}], route: [to('web', 90), to('web-canary', 0), to('shop', 10)], timeout: '3s'},
	]);
	expect(rulesAt(virtual([{route: [to('web')]}]), 0, {header: 'cookie:canary=yes'})).toMatchObject([
		{match: [{headers: {cookie: {regex: '^(.*;\\s*)?canary=yes(\\s*;.*)?$'}}}]},
		{route: [to('web', 100), to('web-canary', 0)]},
	]);
});

test('a mirror is set as long as the canary serves nobody, beside others where there is a list of them', () => {
	const route = virtual([{route: [to('web')]}]);
	expect(rulesAt(route, 0, {mirror: 20})).toMatchObject([{mirror: {host: 'web-canary'}, mirrorPercentage: {value: 20}}]);
	expect(rulesAt(route, 5, {mirror: 20})).toEqual([{route: [to('web', 95), to('web-canary', 5)]}]);
	const others = virtual([{route: [to('web')], mirrors: [{destination: {host: 'log'}}]}]);
	expect(rulesAt(others, 0, {mirror: 20})).toMatchObject([
		{mirrors: [{destination: {host: 'log'}}, {destination: {host: 'web-canary'}, percentage: {value: 20}}]},
	]);
});
