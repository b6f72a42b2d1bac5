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
