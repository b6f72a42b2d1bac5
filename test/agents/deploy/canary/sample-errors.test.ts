import {describe, expect, test} from 'vitest';
import {errorCounter, errorSampler} from '../../../../src/agents/deploy/canary/sample-errors.ts';
import type {Metrics, Sample} from '../../../../src/mcp/monitoring/port.ts';

/** A metrics server whose counters a test turns. */
function counters(label = 'code') {
	const values = new Map<string, number>();
	const queries: string[] = [];
	const metrics: Metrics = {
		source: 'test',
		async query(promql) {
			queries.push(promql);
			if (!promql.includes(`(pod, ${label})`)) return [];
			return [...values].map(([key, value]): Sample => {
				const [pod = '', code = ''] = key.split(' ');
				return {labels: {pod, [label]: code}, value, atMs: 0};
			});
		},
	};
	return {metrics, queries, set: (pod: string, code: string, value: number) => values.set(`${pod} ${code}`, value)};
}

const pods = {canary: ['web-canary-1'], stable: ['web-1', 'web-2']};

describe('errorSampler', () => {
	async function sampler() {
		const {metrics, set} = counters();
		set('web-1', '200', 1000);
		set('web-2', '200', 500);
		const sample = errorSampler(metrics, {counter: 'http_requests_total', code: 'code'}, 'shop');
		const first = await sample(pods);
		return {sample, set, first};
	}

	test('what was counted before the first look is no part of the canary', async () => {
		expect((await sampler()).first).toEqual({canary: {requests: 0, errors: 0}, stable: {requests: 0, errors: 0}});
	});

	test('counts what grew since the last look, errors by their code', async () => {
		const {sample, set} = await sampler();
		set('web-1', '200', 1090);
		set('web-1', '503', 10);
		set('web-canary-1', '200', 40);
		set('web-canary-1', '500', 8);
		expect(await sample(pods)).toEqual({canary: {requests: 48, errors: 8}, stable: {requests: 100, errors: 10}});
		expect(await sample(pods)).toEqual({canary: {requests: 0, errors: 0}, stable: {requests: 0, errors: 0}});
	});

	test('a counter that was started anew counts from zero', async () => {
		const {sample, set} = await sampler();
		set('web-1', '200', 30);
		expect((await sample(pods)).stable).toEqual({requests: 30, errors: 0});
	});

	test('a redirect or a missing page is no error of the version', async () => {
		const {sample, set} = await sampler();
		set('web-canary-1', '404', 5);
		set('web-canary-1', '302', 5);
		expect((await sample(pods)).canary).toEqual({requests: 10, errors: 0});
	});

	test('a stable pod that the server has numbers of only later does not bring its whole life', async () => {
		const {metrics, set} = counters();
		set('web-1', '200', 1000);
		const sample = errorSampler(metrics, {counter: 'http_requests_total', code: 'code'}, 'shop');
		await sample(pods);
		set('web-2', '200', 900_000);
		set('web-2', '500', 40_000);
		expect((await sample(pods)).stable).toEqual({requests: 0, errors: 0});
		set('web-2', '500', 40_007);
		expect((await sample(pods)).stable).toEqual({requests: 7, errors: 7});
	});

	test('pods that are gone, pods of others and values that are no numbers are left out', async () => {
		const {sample, set} = await sampler();
		set('web-9-stale', '500', 70);
		set('web-1', '500', Number.NaN);
		set('web-canary-1', '200', 10);
		expect(await sample(pods)).toEqual({canary: {requests: 10, errors: 0}, stable: {requests: 0, errors: 0}});
	});

	test('two hundred pods make a query that proxies take', async () => {
		const {metrics, queries} = counters();
		const many = Array.from({length: 200}, (_, index) => `web.shop-7d4b9c6f5d-${String(index).padStart(5, 'x')}`);
		await errorSampler(metrics, {counter: 'http_requests_total', code: 'code'}, 'shop')({canary: ['web.shop-canary-1'], stable: many});
		expect(queries[0]).toContain('pod=~"web\\\\.shop-.+"');
		expect(encodeURIComponent(queries[0] ?? '').length).toBeLessThan(1000);
	});

	test('asks nothing when there are no pods', async () => {
		const {metrics, queries} = counters();
		await errorSampler(metrics, {counter: 'http_requests_total', code: 'code'}, 'shop')({canary: [], stable: []});
		expect(queries).toEqual([]);
	});
});

describe('errorCounter', () => {
	test.each([
		['code', {counter: 'http_requests_total', code: 'code'}],
		['response_code', {counter: 'istio_requests_total', code: 'response_code'}],
	])('finds the counter whose label is %s', async (label, dialect) => {
		const {metrics, set} = counters(label);
		set('web-1', '200', 1);
		expect(await errorCounter(metrics, 'shop', ['web-1'])).toEqual(dialect);
	});

	test('says that there is none', async () => {
		expect(await errorCounter(counters().metrics, 'shop', ['web-1'])).toBeUndefined();
		expect(await errorCounter(counters().metrics, 'shop', [])).toBeUndefined();
	});

	test('a dot in a pod name matches only a dot', async () => {
		const {metrics, queries} = counters();
		await errorCounter(metrics, 'shop', ['web.example-1']);
		expect(queries[0]).toContain('pod=~"web\\\\.example-1"');
	});
});
