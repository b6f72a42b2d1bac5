import {describe, expect, test} from 'vitest';
import {MkcoaError, troubleOf} from '../../../../src/core/error.ts';
import type {Json, JsonObject} from '../../../../src/core/json.ts';
import {proxiedWire} from '../../../../src/mcp/monitoring/http/proxied-wire.ts';
import {matrixAnswer} from '../../../../src/mcp/monitoring/prometheus/answers.ts';
import {prometheus} from '../../../../src/mcp/monitoring/prometheus/prometheus.ts';
import {monitoringServer} from '../../../support/monitoring-server.ts';

/** The client over answers in order, and what it asked. */
function answering(...answers: readonly (JsonObject | MkcoaError)[]) {
	const asked: URL[] = [];
	const read = async (path: string) => {
		asked.push(new URL(path, 'http://prometheus.test'));
		const answer = answers[Math.min(asked.length, answers.length) - 1];
		if (answer instanceof MkcoaError) throw answer;
		return answer;
	};
	const metrics = prometheus(proxiedWire(read, '/base', monitoringServer('metrics')));
	return {metrics, asked};
}

const success = (data: Json) => ({status: 'success', data});
const vector = (...result: readonly JsonObject[]) => success({resultType: 'vector', result});
const matrix = (...result: readonly JsonObject[]) => success({resultType: 'matrix', result});
const failure = async (asking: Promise<unknown>) => troubleOf(await asking.catch(error => error));

describe('query', () => {
	test.each([
		['1', 1],
		['1e+06', 1e6],
		['+Inf', Number.POSITIVE_INFINITY],
		['-Inf', Number.NEGATIVE_INFINITY],
		['NaN', Number.NaN],
		['', Number.NaN],
	])('reads %s', async (text, value) => {
		const {metrics} = answering(vector({metric: {a: 'b'}, value: [1.25, text]}));
		expect(await metrics.query('x')).toEqual([{labels: {a: 'b'}, value, atMs: 1250}]);
	});

	test('asks for now, or for the moment of an earlier answer', async () => {
		const {metrics, asked} = answering(vector());
		await metrics.query('x');
		await metrics.query('x', 1500);
		expect(asked.map(({searchParams}) => searchParams.get('time'))).toEqual([null, '1.5']);
	});

	test('warnings of the server are no matter, and stores that are away may not be passed over', async () => {
		const {metrics, asked} = answering({...vector(), warnings: ['might be no counter'], infos: []});
		expect(await metrics.query('x')).toEqual([]);
		expect(asked[0]?.searchParams.get('partial_response')).toBe('false');
	});

	test('a part of the server that is away is an error, because its numbers would be wrong', async () => {
		const {metrics} = answering({...vector({metric: {}, value: [1, '1']}), isPartial: true});
		expect(await failure(metrics.query('x'))).toMatchObject({code: 'metrics-unreachable', why: expect.stringContaining('is away')});
	});

	const bucket = {metric: {}, histogram: [1, {count: '3', sum: '1', buckets: [[0, '0.5', '1', '3']]}]};
	test.each([
		['a matrix', matrix()],
		['a scalar', success({resultType: 'scalar', result: [1, '2']})],
		['a refusal', {status: 'error', errorType: 'execution', error: 'found duplicate series for the match group'}],
		['a native histogram', vector(bucket)],
		['something else', {hello: 1}],
	])('%s is refused with the query and what to do', async (_, answer) => {
		expect(await failure(answering(answer).metrics.query('x'))).toMatchObject({
			...{kind: 'environment', code: 'bad-query', why: 'the query was x'},
			next: expect.stringContaining('Prometheus'),
		});
	});

	test('a query that is right and asks for too much is told to ask for less', async () => {
		const {metrics} = answering({status: 'error', errorType: 'timeout', error: 'query timed out in expression evaluation'});
		expect(await failure(metrics.query('x'))).toMatchObject({code: 'bad-query', next: expect.stringContaining('Ask for less')});
	});

	test('nothing there is refused too, and what failed on the way is told as it is', async () => {
		const away = new MkcoaError({kind: 'environment', code: 'unreachable', what: 'The cluster is away'});
		expect(await failure(answering(away).metrics.query('x'))).toMatchObject({code: 'unreachable'});
		const failing = new MkcoaError({
			kind: 'environment',
			code: 'server-error',
			what: 'The cluster failed to get /api',
			why: 'it answered 503',
		});
		const trouble = {code: 'metrics-unreachable', what: 'test does not answer', why: 'it answered 503', next: expect.any(String)};
		expect(await failure(answering(failing).metrics.query('x'))).toMatchObject(trouble);
		const nothing = prometheus(proxiedWire(async () => undefined, '', monitoringServer('metrics')));
		expect(await failure(nothing.query('x'))).toMatchObject({code: 'metrics-unreachable', why: 'it answered HTTP 404'});
	});
});

describe('queryRange', () => {
	const point = (seconds: number, value: string) => [seconds, value];
	const minute = {stepMs: 1000, fromMs: 0, toMs: 60_000};

	test('answers points with gaps where the series was stale', async () => {
		const {metrics, asked} = answering(
			matrix({metric: {pod: 'a'}, values: [point(0, '1'), point(30, 'NaN'), point(60, '3')]}, {metric: {pod: 'b'}}),
		);
		expect(await metrics.queryRange('x', minute)).toEqual([
			{
				labels: {pod: 'a'},
				points: [
					{atMs: 0, value: 1},
					{atMs: 30_000, value: Number.NaN},
					{atMs: 60_000, value: 3},
				],
			},
			{labels: {pod: 'b'}, points: []},
		]);
		expect(Object.fromEntries(asked[0]?.searchParams ?? [])).toMatchObject({query: 'x', start: '0', end: '60', step: '1'});
		expect(asked[0]?.pathname).toBe('/base/api/v1/query_range');
	});

	test.each([
		['a moment alone', [[1]]],
		['a third part', [[1, '2', 3]]],
		['a number that is no text', [[1, 2]]],
		['a moment that is text', [['1', '2']]],
		['nothing', [null]],
		['an object', [{0: 1, 1: '2', length: 2}]],
		['one wrong point among right ones', [point(0, '1'), point(1, '2'), [2]]],
		['no list of points', {0: point(0, '1'), length: 1}],
	])('an answer with %s is refused with the query', async (_, values) => {
		const {metrics} = answering(matrix({metric: {}, values: [point(0, '1')]}, {metric: {pod: 'b'}, values}));
		expect(await failure(metrics.queryRange('x', minute))).toMatchObject({
			...{kind: 'environment', code: 'bad-query', what: expect.stringContaining('a matrix'), why: 'the query was x'},
		});
	});

	test('points are looked at where they stand: a copy of each would be ten times the answer', () => {
		const values = [point(0, '1'), point(1, '+Inf')];
		const [series] = matrixAnswer.parse(matrix({metric: {}, values})).data.result;
		expect(series?.values).toBe(values);
	});

	test('asks in pieces below the limit of 11,000 points, no moment twice, and joins each series', async () => {
		const {metrics, asked} = answering(
			matrix({metric: {pod: 'a', job: 'x'}, values: [point(0, '1')]}),
			matrix({metric: {pod: 'b'}, values: [point(10_000, '2')]}, {metric: {job: 'x', pod: 'a'}, values: [point(10_000, '3')]}),
			matrix(),
		);
		const series = await metrics.queryRange('x', {stepMs: 1000, fromMs: 500, toMs: 20_000_500});
		expect(series.map(({labels, points}) => [labels.pod, points.map(({value}) => value)])).toEqual([
			['a', [1, 3]],
			['b', [2]],
		]);
		expect(asked.map(({searchParams}) => [searchParams.get('start'), searchParams.get('end')])).toEqual([
			['0.5', '9999.5'],
			['10000.5', '19999.5'],
			['20000.5', '20000.5'],
		]);
	});

	test.each([
		[{stepMs: 0}, /shorter than 1 ms/],
		[{stepMs: Number.NaN}, /shorter than 1 ms/],
		[{fromMs: 60_001}, /end is before/],
		[{toMs: 400_000_000_000}, /400000001 points/],
	])('a range that cannot be meant is refused: %j', async (wrong, why) => {
		const {metrics, asked} = answering(matrix());
		const trouble = await failure(metrics.queryRange('x', {...minute, ...wrong}));
		expect(trouble).toMatchObject({kind: 'usage', code: 'bad-range', why: expect.stringMatching(why), next: expect.any(String)});
		expect(asked).toEqual([]);
	});

	test('a month in the step that it names fits', async () => {
		const month = {fromMs: 0, toMs: 30 * 86_400_000};
		const {metrics} = answering(matrix());
		const {next = ''} = await failure(metrics.queryRange('x', {...month, stepMs: 1000}));
		const [, seconds] = /a step of (\d+) s/.exec(next) ?? [];
		expect(await metrics.queryRange('x', {...month, stepMs: Number(seconds) * 1000})).toEqual([]);
	});
});

test('series are the label sets that a selector finds', async () => {
	const {metrics, asked} = answering(success([{__name__: 'up', pod: 'a'}]));
	expect(await metrics.series('up{pod="a"}', {fromMs: 1000, toMs: 2000})).toEqual([{__name__: 'up', pod: 'a'}]);
	expect(asked[0]?.searchParams.getAll('match[]')).toEqual(['up{pod="a"}']);
	expect(await failure(answering(matrix()).metrics.series('up', {fromMs: 0, toMs: 1}))).toMatchObject({code: 'bad-query'});
});

describe('histograms', () => {
	test('classic buckets are answered as they are', async () => {
		const {metrics} = answering(vector({metric: {le: '0.5'}, value: [1, '7']}));
		expect(await metrics.histograms('x')).toEqual([{labels: {le: '0.5'}, value: 7, atMs: 1000}]);
	});

	test('native ones become cumulative buckets on one grid', async () => {
		// Schema 3: each bound is the eighth root of 2 times the one before.
		const bound = (index: number) => String(2 ** (index / 8));
		const buckets = [
			[3, '-0.001', '0.001', '1'],
			[0, bound(-8), bound(-7), '2'],
			[0, bound(-7), bound(-6), '3'],
			[0, bound(15), bound(16), '4'],
			[0, '1e6', '2e6', '5'],
		];
		const {metrics} = answering(vector({metric: {pod: 'a'}, histogram: [1, {count: '15', sum: '9', buckets}]}));
		const samples = await metrics.histograms('x');
		const at = (le: number) => samples.find(({labels}) => Math.abs(Number(labels.le) / le - 1) < 1e-9)?.value;
		expect(samples[0]).toMatchObject({labels: {pod: 'a'}, atMs: 1000});
		expect([2 ** -9, 0.5, 2 ** -0.75, 1, 4, 128].map(at)).toEqual([1, 1, 6, 6, 10, 10]);
		expect(samples.at(-1)).toEqual({labels: {pod: 'a', le: '+Inf'}, value: 15, atMs: 1000});
	});

	test('an empty one has no buckets', async () => {
		const {metrics} = answering(vector({metric: {}, histogram: [1, {count: '0', sum: '0'}]}));
		expect(new Set((await metrics.histograms('x')).map(({value}) => value))).toEqual(new Set([0]));
	});
});
