import {describe, expect, test} from 'vitest';
import {prometheusAnswer} from '../../../src/sandbox/traffic/prometheus-api.ts';
import type {Series} from '../../../src/sandbox/traffic/series.ts';
import {manualClock} from '../../support/manual-clock.ts';

const start = Date.UTC(2026, 0, 1);
const now = start + 3_600_000;

/** A counter that grows evenly from `from`. */
const counter = (labels: Record<string, string>, perSecond: number, from = start, until = Number.POSITIVE_INFINITY): Series => ({
	labels,
	from,
	until,
	at: ms => ((ms - from) / 1000) * perSecond,
});
const gauge = (labels: Record<string, string>, value: number): Series => ({
	labels,
	from: start,
	until: Number.POSITIVE_INFINITY,
	at: () => value,
});

const series = [
	counter({__name__: 'requests_total', pod: 'web-1', code: '200'}, 9),
	counter({__name__: 'requests_total', pod: 'web-1', code: '500'}, 1),
	counter({__name__: 'requests_total', pod: 'web-2', code: '200'}, 4),
	counter({__name__: 'gone_total', pod: 'web-0'}, 4, start, start + 600_000),
	counter({__name__: 'seconds_bucket', le: '0.1'}, 5),
	counter({__name__: 'seconds_bucket', le: '0.5'}, 9),
	counter({__name__: 'seconds_bucket', le: '+Inf'}, 10),
	gauge({__name__: 'up', pod: 'web-1'}, 1),
	gauge({__name__: 'up', pod: 'web-2'}, 0),
	{...gauge({__name__: 'odd'}, 7), at: (ms: number) => (ms < now ? 7 : Number.NaN)},
];

function ask(path: string, parameters: Record<string, string>, form = false) {
	const clock = {...manualClock(now)};
	const query = new URLSearchParams(parameters);
	const answer = prometheusAnswer({source: () => series, clock}, path, form ? new URLSearchParams() : query, form ? query.toString() : '');
	return {...JSON.parse(answer?.body ?? '{}'), httpStatus: answer?.status};
}

const rows = (query: string) =>
	ask('/api/v1/query', {query}).data.result.map(({metric, value}: {metric: Record<string, string>; value: [number, string]}) => [
		Object.entries(metric)
			.filter(([name]) => name !== '__name__')
			.map(([name, text]) => `${name}=${text}`)
			.join(','),
		Math.round(Number(value[1]) * 1000) / 1000,
	]);

describe('a query answers what Prometheus would', () => {
	const table: readonly (readonly [string, readonly (readonly [string, number])[]])[] = [
		[
			'up',
			[
				['pod=web-1', 1],
				['pod=web-2', 0],
			],
		],
		['up{pod="web-1"}', [['pod=web-1', 1]]],
		['up{pod!="web-1"}', [['pod=web-2', 0]]],
		['up{pod=~"web-.*",pod!~".*-2"}', [['pod=web-1', 1]]],
		['{__name__="up", pod="web-2"}', [['pod=web-2', 0]]],
		['rate(requests_total{code="500"}[5m])', [['pod=web-1,code=500', 1]]],
		['increase(requests_total{code="500"}[5m])', [['pod=web-1,code=500', 300]]],
		['irate(requests_total{code="500"}[1m])', [['pod=web-1,code=500', 1]]],
		['sum(rate(requests_total[5m]))', [['', 14]]],
		[
			'sum by (pod) (rate(requests_total[5m]))',
			[
				['pod=web-1', 10],
				['pod=web-2', 4],
			],
		],
		[
			'sum(rate(requests_total[5m])) without (code)',
			[
				['pod=web-1', 10],
				['pod=web-2', 4],
			],
		],
		['count(requests_total)', [['', 3]]],
		[
			'max by (pod) (rate(requests_total[5m]))',
			[
				['pod=web-1', 9],
				['pod=web-2', 4],
			],
		],
		['topk(1, rate(requests_total[5m]))', [['pod=web-1,code=200', 9]]],
		['sum(rate(requests_total{code=~"5.."}[5m])) / sum(rate(requests_total[5m]))', [['', 0.071]]],
		['rate(requests_total{code="500"}[5m]) / ignoring(code) sum by (pod) (rate(requests_total[5m]))', [['pod=web-1', 0.1]]],
		['sum by (pod) (rate(requests_total{code="500"}[5m])) / on(pod) sum by (pod) (rate(requests_total[5m]))', [['pod=web-1', 0.1]]],
		['sum by (code) (rate(requests_total{code="404"}[5m])) or vector(0)', [['', 0]]],
		['histogram_quantile(0.5, rate(seconds_bucket[5m]))', [['', 0.1]]],
		['histogram_quantile(0.7, sum by (le) (rate(seconds_bucket[5m])))', [['', 0.3]]],
		['histogram_quantile(0.99, rate(seconds_bucket[5m]))', [['', 0.5]]],
		['up == 0', [['pod=web-2', 0]]],
		[
			'up == bool 0',
			[
				['pod=web-1', 0],
				['pod=web-2', 1],
			],
		],
		[
			'1 - up',
			[
				['pod=web-1', 0],
				['pod=web-2', 1],
			],
		],
		['up unless on(pod) requests_total{code="500"}', [['pod=web-2', 0]]],
		['2 + 3 * up{pod="web-1"} ^ 2', [['pod=web-1', 5]]],
		['-up{pod="web-1"}', [['pod=web-1', -1]]],
		['absent(nothing_here)', [['', 1]]],
		['absent(nothing_here{pod="web-1",code=~"5..",job="a",job!="b"})', [['pod=web-1', 1]]],
		['count(last_over_time(up[5m]) * on (__name__, pod) up)', [['', 2]]],
		['max_over_time(odd[5m])', [['', 7]]],
		['count_over_time(up{pod="web-1"}[60])', [['pod=web-1', 4]]],
		[
			'avg_over_time(up[5m])',
			[
				['pod=web-1', 1],
				['pod=web-2', 0],
			],
		],
		['gone_total', []],
		['gone_total offset 55m', [['pod=web-0', 1200]]],
	];
	test.each(table)('%s', (query, expected) => {
		expect(rows(query)).toEqual(expected);
	});
});

describe('a wrong or unknown query is refused with its reason', () => {
	test.each([
		['sum(', 'end of input'],
		['', 'no expression found in input'],
		['up{pod=1}', 'expected string'],
		['rate(up)', 'expected type range vector in call to function "rate", got instant vector'],
		['wobble(up)', 'unknown function with name "wobble"'],
		['max_over_time(rate(up[5m])[30m:1m])', 'subqueries are not supported'],
		['up @ 5', 'the @ modifier is not supported'],
		['{pod=""}', 'at least one non-empty matcher'],
		['up{pod=~"("}', 'error parsing regexp'],
		['1 > 2', 'comparisons between scalars must use BOOL modifier'],
		['1 and 2', 'set operator "and" not allowed in binary scalar expression'],
		['abs(up, 1)', 'expected 1 argument(s) in call to "abs", got 2'],
		['round()', 'expected at least 1 argument(s) in call to "round", got 0'],
		['round(up, 1, 2)', 'expected at most 2 argument(s) in call to "round", got 3'],
		['sum(up[5m])', 'expected type instant vector in aggregation expression, got range vector'],
		['up[0s]', '1:4: parse error: duration must be greater than 0'],
	])('%s', (query, reason) => {
		const {httpStatus, errorType, error} = ask('/api/v1/query', {query});
		expect({httpStatus, errorType}).toEqual({httpStatus: 400, errorType: 'bad_data'});
		expect(error).toContain(reason);
	});

	test('a join with several partners is an execution error', () => {
		expect(ask('/api/v1/query', {query: 'up / on(pod) requests_total'})).toMatchObject({httpStatus: 422, errorType: 'execution'});
	});
});

describe('the HTTP API', () => {
	test('a range query has one row for each series and one point for each step, asked by GET or by form', () => {
		const parameters = {query: 'sum(rate(requests_total[1m]))', start: `${now / 1000 - 120}`, end: `${now / 1000}`, step: '1m'};
		const expected = [
			{
				metric: {},
				values: [
					[now / 1000 - 120, '14'],
					[now / 1000 - 60, '14'],
					[now / 1000, '14'],
				],
			},
		];
		expect(ask('/api/v1/query_range', parameters).data).toEqual({resultType: 'matrix', result: expected});
		expect(ask('/api/v1/query_range', parameters, true).data.result).toEqual(expected);
	});

	test('a range with too many points is refused', () => {
		expect(ask('/api/v1/query_range', {query: 'up', start: '0', end: '20000', step: '1'}).error).toContain('11,000 points');
	});

	test('labels, their values and series can be listed', () => {
		expect(ask('/api/v1/labels', {}).data).toEqual(['__name__', 'code', 'le', 'pod']);
		expect(ask('/api/v1/label/pod/values', {'match[]': 'up'}).data).toEqual(['web-1', 'web-2']);
		expect(ask('/api/v1/series', {'match[]': 'up{pod="web-1"}'}).data).toEqual([{__name__: 'up', pod: 'web-1'}]);
	});

	test('a scalar answers as a scalar, with infinity as text', () => {
		expect(ask('/api/v1/query', {query: '1 / 0'}).data).toEqual({resultType: 'scalar', result: [now / 1000, '+Inf']});
	});

	test.each([
		['-up{pod="web-2"}', '-0'],
		['1.5e-7 * up{pod="web-1"}', '1.5e-07'],
		['2.5e21 * up{pod="web-1"}', '2.5e+21'],
		['-1 / up{pod="web-2"}', '-Inf'],
	])('%s is written as %s', (query, written) => {
		expect(ask('/api/v1/query', {query}).data.result[0].value[1]).toBe(written);
	});

	test('the rows of a range are sorted by their labels', () => {
		const parameters = {query: 'requests_total or up', start: `${now / 1000}`, end: `${now / 1000}`, step: '1m'};
		const names = ask('/api/v1/query_range', parameters).data.result.map(({metric}: {metric: Record<string, string>}) => [
			metric.__name__,
			metric.code,
			metric.pod,
		]);
		expect(names).toEqual([
			['requests_total', '200', 'web-1'],
			['requests_total', '200', 'web-2'],
			['requests_total', '500', 'web-1'],
			['up', undefined, 'web-1'],
			['up', undefined, 'web-2'],
		]);
	});

	test('parameters that cannot be meant are refused by name', () => {
		expect(ask('/api/v1/series', {})).toMatchObject({httpStatus: 400, error: 'no match[] parameter provided'});
		expect(ask('/api/v1/query', {query: 'up', timeout: 'x'}).error).toBe(
			'invalid parameter "timeout": cannot parse "x" to a valid duration',
		);
		expect(ask('/api/v1/query', {query: 'rate(up)'}).error).toMatch(/^invalid parameter "query": /);
	});

	test('a path of no API is not found', () => {
		expect(prometheusAnswer({source: () => series, clock: manualClock()}, '/graph', new URLSearchParams(), '').status).toBe(404);
	});
});

describe('a counter that tells when it began anew', () => {
	const resets = [start + 100_000, start + 105_000, start + 900_000, start + 1_800_000];
	const begun = (ms: number) => resets.findLast(each => each <= ms) ?? start;
	const told: Series = {...counter({__name__: 'told_total'}, 0), at: ms => Math.floor((ms - begun(ms)) / 700), resets};
	const {resets: _, ...untold} = told;
	const answered = (counters: Series, query: string) =>
		prometheusAnswer(
			{source: () => [counters], clock: manualClock(now)},
			'/api/v1/query_range',
			new URLSearchParams({query, start: String(start / 1000), end: String(now / 1000), step: '37'}),
			'',
		)?.body;

	test.each(['rate', 'increase', 'resets', 'sum_over_time'])('answers %s as one whose every sample is read', name => {
		for (const window of ['31s', '2m', '20m', '30d']) {
			const query = `${name}(told_total[${window}])`;
			expect(answered(told, query)).toBe(answered(untold, query));
		}
	});
});

test('a range finds the series of each selector once, however many steps it has', () => {
	let asked = 0;
	const source = () => {
		asked += 1;
		return series;
	};
	const times = {start: String((now - 600_000) / 1000), end: String(now / 1000), step: '15'};
	const parameters = new URLSearchParams({query: 'sum(rate(requests_total[5m])) / count(up)', ...times});
	const answer = prometheusAnswer({source, clock: manualClock(now)}, '/api/v1/query_range', parameters, '');
	expect(JSON.parse(answer?.body ?? '{}').data.result[0].values).toHaveLength(41);
	expect(asked).toBe(2);
});
