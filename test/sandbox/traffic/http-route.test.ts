import {describe, expect, test} from 'vitest';
import type {JsonObject} from '../../../src/core/json.ts';
import {httpRouteDefinition} from '../../../src/sandbox/scenarios/route-definitions.ts';
import {routeTraffic} from '../../../src/sandbox/traffic/route-traffic.ts';
import {httpRoute} from '../../support/http-route.ts';
import {sandboxWorld} from '../../support/sandbox-world.ts';
import {app, base, byCode, byService, partWords, ratesBy, running} from './routed-world.ts';

const rates: Readonly<Record<string, number>> = {'app/web': 60, 'app/search': 30};
const parts = (rules: readonly JsonObject[], annotations: {[key: string]: string} = {}) =>
	partWords(routeTraffic(httpRoute('web', rules, annotations), place => rates[place] ?? 0));
const to = (...backendRefs: readonly JsonObject[]) => ({backendRefs});
const web = (weight?: number) => ({name: 'web', ...(weight === undefined ? {} : {weight})});
const canary = (weight?: number) => ({name: 'web-canary', ...(weight === undefined ? {} : {weight})});
const byHeader = {matches: [{headers: [{name: 'x-canary', value: 'always'}]}]};
const mirror = (more: JsonObject = {}) => ({type: 'RequestMirror', requestMirror: {backendRef: {name: 'web-canary'}, ...more}});

describe('where the requests of a route go', () => {
	const hundred = {'sandbox.mkcoa.dev/requests-per-second': '100'};
	const table: readonly (readonly [string, readonly JsonObject[], {[key: string]: string}, readonly (string | number)[]])[] = [
		['one Service gets all of what it had', [to(web())], {}, [60, 'app/web 1']],
		['weights share it', [to(web(90), canary(10))], {}, [60, 'app/web 0.9', 'app/web-canary 0.1']],
		['a weight that is left out is one', [to(web(), canary(3))], {}, [60, 'app/web 0.25', 'app/web-canary 0.75']],
		['weight 0 gets none', [to(web(1), canary(0))], {}, [60, 'app/web 1']],
		['without weights at all the gateway answers', [to(web(0), canary(0))], hundred, [100, 'answer 500 1']],
		['a rate of its own wins over those of its Services', [to(web(1), canary(1))], hundred, [100, 'app/web 0.5', 'app/web-canary 0.5']],
		['rules share a rate of its own evenly', [to(web()), to({name: 'search'})], hundred, [100, 'app/web 0.5', 'app/search 0.5']],
		['each rule brings the requests of its Service', [to(web()), to({name: 'search'})], {}, [90, 'app/web 0.667', 'app/search 0.333']],
		['two rules for one Service share its requests', [to(web()), to(web())], {}, [60, 'app/web 0.5', 'app/web 0.5']],
		['a rule for a header gets 2 %', [{...byHeader, ...to(canary())}, to(web())], {}, [60, 'app/web-canary 0.02', 'app/web 0.98']],
		['a route for a header alone brings nothing of its Service', [{...byHeader, ...to(web())}], {}, [0]],
		['with a rate of its own all its requests have the header', [{...byHeader, ...to(web())}], hundred, [100, 'app/web 1']],
		['a Service without a rate is in front of nothing', [to(canary())], {}, [0]],
		['other kinds cannot be reached', [to(web(1), {kind: 'Bucket', group: 'x', name: 'b'})], {}, [60, 'app/web 0.5', 'answer 500 0.5']],
		['another namespace is named', [to({name: 'web', namespace: 'other'})], hundred, [100, 'other/web 1']],
		['a redirect reaches nobody', [{filters: [{type: 'RequestRedirect', requestRedirect: {}}]}], hundred, [100, 'answer 302 1']],
		['a mirror gets copies', [{...to(web()), filters: [mirror()]}], {}, [60, 'app/web 1', 'copy app/web-canary 1']],
		['a mirror of some', [{...to(web()), filters: [mirror({percent: 20})]}], {}, [60, 'app/web 1', 'copy app/web-canary 0.2']],
		[
			'a mirror of one backend',
			[to({...web(1), filters: [mirror({fraction: {numerator: 1, denominator: 4}})]}, {name: 'search', weight: 1})],
			{},
			[60, 'app/web 0.5', 'copy app/web-canary 0.125', 'app/search 0.5'],
		],
		['no rules, no requests', [], hundred, [100]],
	];
	test.each(table)('%s', (_, rules, annotations, expected) => {
		expect(parts(rules, annotations)).toEqual(expected);
	});
});

describe('a route in a living cluster', () => {
	test('weights move the requests of a Service to its canary, and their sum stays', async () => {
		const world = await running([app('web', '1.0'), app('web-canary', '1.1', 1), httpRoute('web', [to(web(75), canary(25))])]);
		const rates = await byService(world);
		expect((rates.web ?? 0) / (rates['web-canary'] ?? 0)).toBeCloseTo(3, 0);
		world.machine.update(httpRoute('web', [to(web(0), canary(1))]), 'test');
		await world.advance(200);
		const moved = await byService(world);
		expect(moved.web).toBe(0);
		// The load itself has gone on with its day in these minutes.
		expect((moved['web-canary'] ?? 0) / ((rates.web ?? 0) + (rates['web-canary'] ?? 0))).toBeCloseTo(1, 1);
	});

	test('without its route a Service gets its requests directly again', async () => {
		const world = await running([app('web', '1.0'), app('web-canary', '1.1', 1), httpRoute('web', [to(web(1), canary(1))])]);
		const before = await byService(world);
		world.machine.remove('HTTPRoute', 'app', 'web');
		await world.advance(200);
		const after = await byService(world);
		expect(after['web-canary']).toBe(0);
		expect(after.web).toBeGreaterThan((before.web ?? 0) * 1.9);
	});

	test('where no endpoint is ready the gateway says 503, and no pod counts it', async () => {
		const world = await running([app('web', '1.0'), app('web-canary', '1.1-unready', 1), httpRoute('web', [to(web(50), canary(50))])]);
		const codes = await byCode(world);
		expect(codes['503']).toBeGreaterThan(20);
		expect((codes['503'] ?? 0) / ((codes['200'] ?? 0) + (codes['404'] ?? 0))).toBeCloseTo(1, 1);
		expect(Object.keys(await byService(world))).toEqual(['web']);
		const flags = 'sum by (response_flags) (istio_requests_total{response_code="503",destination_service_name="web-canary"})';
		expect(Object.keys(await ratesBy(world, 'response_flags', flags))).toEqual(['UH']);
	});

	test('a Service that does not exist costs its part of the requests: 500', async () => {
		const world = await running([app('web', '1.0'), httpRoute('web', [to(web(3), {name: 'absent', weight: 1})])]);
		const codes = await byCode(world);
		expect((codes['500'] ?? 0) / Object.values(codes).reduce((sum, rate) => sum + rate, 0)).toBeCloseTo(0.25, 1);
	});

	test('copies reach a mirror, and what it answers is not what users see', async () => {
		const world = await running([
			app('web', '1.0'),
			app('web-canary', '1.1-bad', 1),
			httpRoute('web', [{...to(web()), filters: [mirror()]}]),
		]);
		const rates = await byService(world);
		expect(rates['web-canary']).toBe(rates.web);
		expect(await byCode(world)).toMatchObject({'500': 0});
	});

	test('the definition and the route may come later, by hand', async () => {
		const world = await sandboxWorld({objects: [...base, app('web', '1.0'), app('web-canary', '1.1', 1)]});
		await world.advance(200);
		expect(Object.keys(await byService(world))).toEqual(['web']);
		await world.create(httpRouteDefinition);
		await world.create(httpRoute('web', [to(web(1), canary(1))]));
		await world.advance(200);
		expect(Object.keys(await byService(world)).sort()).toEqual(['web', 'web-canary']);
	});
});
