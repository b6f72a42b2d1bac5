import {expect, test} from 'vitest';
import {troubleOf} from '../../../../src/core/error.ts';
import {datadog, datadogAddress} from '../../../../src/mcp/monitoring/vendors/datadog.ts';
import {wireToScript} from '../../../support/monitoring-wire.ts';
import {respond} from '../../../support/scripted-server.ts';

const failure = async (asking: Promise<unknown>) => troubleOf(await asking.catch(error => error));
const time = {fromMs: 1500, toMs: 61_500};
const keys = {apiKey: 'api-1', applicationKey: 'app-1'};
const query = 'avg:kubernetes.cpu.usage.total{kube_namespace:shop} by {pod_name}';

/** Datadog: it knows one pair of keys, and answers 403 to any other. */
async function answering(body: unknown, status = 200, given = keys) {
	const {wire, seen, url} = await wireToScript(
		({headers, path}, response) => {
			if (headers['dd-api-key'] !== keys.apiKey || headers['dd-application-key'] !== keys.applicationKey)
				return respond(response, {errors: ['Forbidden']}, 403);
			return path === '/api/v1/query' ? respond(response, body, status) : respond(response, {errors: ['Not found']}, 404);
		},
		{headers: {}},
	);
	return {port: datadog(wire, url, given), seen};
}

test('asks through the official client, and reads a series for each set of tags', async () => {
	const series = [
		{
			...{metric: 'kubernetes.cpu.usage.total', tag_set: ['pod_name:web-1', 'image:shop/web:1.2', 'canary'], scope: 'pod_name:web-1'},
			pointlist: [
				[1000, 0.5],
				[31_000, null],
				[61_000, 0.7],
			],
		},
	];
	const {port, seen} = await answering({status: 'ok', res_type: 'time_series', from_date: 1000, to_date: 62_000, query, series});
	expect(await port.range(query, time)).toEqual({
		...{warnings: [], infos: [], partial: false},
		value: [
			{
				labels: {__name__: 'kubernetes.cpu.usage.total', pod_name: 'web-1', image: 'shop/web:1.2', canary: ''},
				points: [
					{atMs: 1000, value: 0.5},
					{atMs: 61_000, value: 0.7},
				],
			},
		],
	});
	expect(seen[0]?.query).toEqual({from: '1', to: '62', query});
});

test('a query that it does not take is told in its words', async () => {
	const refused = await answering({errors: ['Error parsing query: unable to parse avg:']}, 400);
	expect(await failure(refused.port.range('avg:', time))).toMatchObject({
		code: 'bad-query',
		quoted: expect.stringContaining('unable to parse'),
	});
	const failed = await answering({status: 'error', error: 'query timed out'});
	expect(await failure(failed.port.range(query, time))).toMatchObject({code: 'bad-query', quoted: 'query timed out'});
});

test('keys that it does not know', async () => {
	const {port} = await answering({}, 200, {apiKey: 'x', applicationKey: 'y'});
	expect(await failure(port.range(query, time))).toMatchObject({kind: 'auth', code: 'metrics-not-allowed'});
});

test('each site has its address', () => {
	expect([datadogAddress(), datadogAddress('datadoghq.eu')]).toEqual(['https://api.datadoghq.com', 'https://api.datadoghq.eu']);
});
