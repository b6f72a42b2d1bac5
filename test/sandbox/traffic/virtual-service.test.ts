import {describe, expect, test} from 'vitest';
import type {JsonObject} from '../../../src/core/json.ts';
import {virtualServiceDefinition} from '../../../src/sandbox/scenarios/route-definitions.ts';
import {routeTraffic} from '../../../src/sandbox/traffic/route-traffic.ts';
import {httpRoute} from '../../support/http-route.ts';
import {sandboxWorld} from '../../support/sandbox-world.ts';
import {virtualService} from '../../support/virtual-service.ts';
import {app, base, byCode, byService, partWords, running} from './routed-world.ts';

const rates: Readonly<Record<string, number>> = {'app/web': 60, 'app/search': 30};
const parts = (http: readonly JsonObject[], annotations: {[key: string]: string} = {}) =>
	partWords(routeTraffic(virtualService('web', http, annotations), place => rates[place] ?? 0));
const destination = (host: string, weight?: number) => ({destination: {host}, ...(weight === undefined ? {} : {weight})});
const to = (...route: readonly JsonObject[]) => ({route});
const byHeader = {match: [{headers: {'x-canary': {exact: 'always'}}}]};

describe('where the requests of a VirtualService go', () => {
	const hundred = {'sandbox.mkcoa.dev/requests-per-second': '100'};
	const table: readonly (readonly [string, readonly JsonObject[], {[key: string]: string}, readonly (string | number)[]])[] = [
		['one destination gets all', [to(destination('web'))], {}, [60, 'app/web 1']],
		['whatever its weight says', [to(destination('web', 30))], {}, [60, 'app/web 1']],
		['weights share it', [to(destination('web', 90), destination('web-canary', 10))], {}, [60, 'app/web 0.9', 'app/web-canary 0.1']],
		['of several, one without a weight gets none', [to(destination('web', 100), destination('web-canary'))], {}, [60, 'app/web 1']],
		['a full host', [to(destination('web.app.svc.cluster.local'))], {}, [60, 'app/web 1']],
		['a host that is no Service', [to(destination('example.com'))], hundred, [100, 'answer 500 1']],
		[
			'a rule for a header gets 2 %',
			[{...byHeader, ...to(destination('web-canary'))}, to(destination('web'))],
			{},
			[60, 'app/web-canary 0.02', 'app/web 0.98'],
		],
		['what stands behind a rule for everything gets none', [to(destination('web')), to(destination('search'))], {}, [60, 'app/web 1']],
		['a redirect reaches nobody', [{redirect: {uri: '/new'}}], hundred, [100, 'answer 301 1']],
		['an answer of the proxy', [{directResponse: {status: 503}}], hundred, [100, 'answer 503 1']],
		[
			'a mirror',
			[{...to(destination('web')), mirror: {host: 'web-canary'}, mirrorPercentage: {value: 20}}],
			{},
			[60, 'app/web 1', 'copy app/web-canary 0.2'],
		],
		[
			'several mirrors',
			[{...to(destination('web')), mirrors: [{destination: {host: 'web-canary'}, percentage: {value: 50}}, {destination: {host: 'log'}}]}],
			{},
			[60, 'app/web 1', 'copy app/web-canary 0.5', 'copy app/log 1'],
		],
	];
	test.each(table)('%s', (_, http, annotations, expected) => {
		expect(parts(http, annotations)).toEqual(expected);
	});
});

describe('a VirtualService in a living cluster', () => {
	test('weights move the requests of a Service to its canary, and its end gives them back', async () => {
		const world = await running([
			app('web', '1.0'),
			app('web-canary', '1.1', 1),
			virtualService('web', [to(destination('web', 75), destination('web-canary', 25))]),
		]);
		const rates = await byService(world);
		expect((rates.web ?? 0) / (rates['web-canary'] ?? 0)).toBeCloseTo(3, 0);
		expect(Object.keys(await byCode(world))).toContain('200');
		world.machine.remove('VirtualService', 'app', 'web');
		await world.advance(200);
		expect((await byService(world))['web-canary']).toBe(0);
	});

	test('of two routes before one Service the older counts, whatever their kinds and names', async () => {
		const world = await running([
			app('web', '1.0'),
			app('web-canary', '1.1', 1),
			virtualService('web', [to(destination('web', 1), destination('web-canary', 1))]),
		]);
		await world.create(httpRoute('web', [{backendRefs: [{name: 'web'}]}]));
		await world.advance(200);
		const rates = await byService(world);
		expect(Math.abs((rates.web ?? 0) - (rates['web-canary'] ?? 0))).toBeLessThanOrEqual(2);
	});

	test('the definition may come later, and the earlier versions of the kind are read too', async () => {
		const world = await sandboxWorld({objects: [...base, app('web', '1.0'), app('web-canary', '1.1', 1)]});
		await world.create(virtualServiceDefinition);
		await world.create({
			...virtualService('web', [to(destination('web', 1), destination('web-canary', 1))]),
			apiVersion: 'networking.istio.io/v1beta1',
		});
		await world.advance(400);
		expect(Object.keys(await byService(world)).sort()).toEqual(['web', 'web-canary']);
	});
});
