import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {systemClock} from '../../../src/core/clock.ts';
import {troubleOf} from '../../../src/core/error.ts';
import {outsideSender} from '../../../src/main/outside-sender.ts';
import {prometheusAt} from '../../../src/mcp/monitoring/prometheus/prometheus-at.ts';
import {prometheusAnswer} from '../../../src/sandbox/traffic/prometheus-api.ts';
import {request} from '../../servers/request.ts';
import {manualClock} from '../../support/manual-clock.ts';
import {besideNothing} from '../beside.ts';
import {blocksOf, startPrometheus} from '../prometheus.ts';
import {expressions, refusals} from './expressions.ts';
import {endMs, fixedSeries, openMetrics} from './fixed-data.ts';

let beside: Awaited<ReturnType<typeof besideNothing>>;
/** Holds the written series, and scrapes nothing: what it tells does not depend on how long it has run. */
let url = '';
/** Scrapes itself. */
let scraping = '';
beforeAll(async () => {
	beside = await besideNothing();
	({url} = await startPrometheus(beside, {data: blocksOf(openMetrics(), beside)}));
	scraping = (await startPrometheus(beside, {itself: true})).url;
});
afterAll(() => beside?.stop());

type Row = {readonly metric: Record<string, string>; readonly value?: Sample; readonly values?: readonly Sample[]};
type Sample = readonly [number, string];
type Body = {
	readonly status: string;
	readonly errorType?: string;
	readonly data?: {readonly resultType: string; readonly result: readonly Row[] | Sample};
};
type Told = {readonly status: number; readonly body: Body};

async function real(path: string, parameters: object): Promise<Told> {
	const {status, text} = await request({url}, {path: `${path}?${new URLSearchParams({...parameters})}`});
	return {status, body: JSON.parse(text)};
}
function embedded(path: string, parameters: object): Told {
	const world = {source: () => fixedSeries, clock: manualClock(endMs)};
	const {status, body} = prometheusAnswer(world, path, new URLSearchParams({...parameters}), '');
	return {status, body: JSON.parse(body)};
}

/** Sums are added up in another order, so the last digits may differ; the way of writing may not. */
const rounded = ([seconds, text]: Sample) => [
	seconds,
	/^-?\d/.test(text) ? `${Number(Number(text).toPrecision(11))} ${text.includes('e')}` : text,
];
const labelsOf = (metric: Row['metric']) => JSON.stringify(Object.entries(metric).sort());

/** An answer in a form that is the same for both where they agree. Rows of an instant query have an order only where it was asked for. */
function comparable({status, body}: Told, hasOrder: boolean) {
	if (body.data === undefined) return {status, told: body.status, errorType: body.errorType};
	const {resultType, result} = body.data;
	if (resultType === 'scalar') return {status, resultType, result: rounded(result as Sample)};
	const rows = (result as readonly Row[]).map(({metric, value, values}) => ({
		metric: labelsOf(metric),
		...(value === undefined ? {} : {value: rounded(value)}),
		...(values === undefined ? {} : {values: values.map(rounded)}),
	}));
	return {status, resultType, result: hasOrder ? rows : rows.toSorted((a, b) => (a.metric < b.metric ? -1 : 1))};
}

/** On the grid of samples, and between two of them. The data end later, since only a real one knows that a series goes on. */
const moments = [endMs - 60_000, endMs - 67_000];
const ordered = /^(sort|topk|bottomk)/;
const range = {start: (endMs - 660_000) / 1000, end: (endMs - 60_000) / 1000, step: 40};

test.each(expressions)('both answer %s with the same values', async query => {
	for (const moment of moments) {
		const asked = {query, time: moment / 1000};
		const answers = [await real('/api/v1/query', asked), embedded('/api/v1/query', asked)].map(told =>
			comparable(told, ordered.test(query)),
		);
		expect(answers[1]).toEqual(answers[0]);
		expect(answers[0]).toMatchObject({status: 200});
	}
	const asked = {query, ...range};
	expect(comparable(embedded('/api/v1/query_range', asked), true)).toEqual(comparable(await real('/api/v1/query_range', asked), true));
});

test.each(refusals)('both refuse %j for the same reason', async query => {
	for (const [path, parameters] of [
		['/api/v1/query', {query, time: range.end}],
		['/api/v1/query_range', {query, ...range}],
	] as const) {
		const answer = await real(path, parameters);
		expect(answer.status).toBeGreaterThanOrEqual(400);
		expect(comparable(embedded(path, parameters), true)).toEqual(comparable(answer, true));
	}
});

const between = {start: range.start, end: range.end};
test.each([
	['/api/v1/labels', between],
	['/api/v1/labels', {'match[]': 'temperature', ...between}],
	['/api/v1/label/pod/values', between],
	['/api/v1/label/pod/values', {'match[]': 'pod_info{pod="web-1"}', ...between}],
	['/api/v1/label/__name__/values', between],
	['/api/v1/series', {}],
	['/api/v1/query', {}],
	['/api/v1/query', {query: 'temperature', time: 'yesterday'}],
	['/api/v1/query', {query: '1', time: '2026-01-01T12:00:00Z'}],
	['/api/v1/query', {query: '1', timeout: 'x'}],
	['/api/v1/query_range', {query: 'temperature'}],
	['/api/v1/query_range', {query: 'temperature', start: 1, end: 0, step: 1}],
	['/api/v1/query_range', {query: 'temperature', start: 0, end: 1, step: 0}],
	['/api/v1/query_range', {query: 'temperature', start: 0, end: 1, step: 'x'}],
	['/api/v1/query_range', {query: 'temperature', start: 0, end: 90_000, step: 1}],
	['/api/v1/query_range', {query: 'temperature[1m]', ...range}],
	['/api/v1/metadata', {}],
	['/api/v1/rules', {}],
	['/api/v1/alerts', {}],
	['/api/v1/targets', {}],
] as const)('both answer %s %o word by word', async (path, parameters) => {
	const withTime = path === '/api/v1/query' && !('time' in parameters) ? {...parameters, time: String(range.end)} : parameters;
	expect(embedded(path, withTime)).toEqual(await real(path, withTime));
});

test('both list the same series', async () => {
	const asked = {'match[]': '{__name__=~"temperature|pod_info"}', ...between};
	const labels = ({body}: Told) => (body as unknown as {readonly data: readonly Row['metric'][]}).data.map(labelsOf).sort();
	expect(labels(embedded('/api/v1/series', asked))).toEqual(labels(await real('/api/v1/series', asked)));
	expect(labels(embedded('/api/v1/series', asked))).toHaveLength(5);
});

describe('the product’s own client', () => {
	const client = async (server = url) => {
		const {metrics} = await prometheusAt(`${server}/`, {
			sender: server => outsideSender(server, {}),
			learn: () => {},
			clock: systemClock(),
			signal: new AbortController().signal,
		});
		if (metrics === undefined) throw new Error('a Prometheus that was named is there or an error');
		return metrics;
	};

	test('reads labels, values and times', async () => {
		const [sample] = await (await client()).query(`temperature{room="a"} @ ${range.end}`);
		expect(sample).toMatchObject({labels: {__name__: 'temperature', room: 'a', note: 'says "hot"\\cold'}, value: -3.5});
		expect(Date.now() - (sample?.atMs ?? 0)).toBeLessThan(60_000);
	});

	test.each([
		['vector(1) / 0', Number.POSITIVE_INFINITY],
		['-vector(1) / 0', Number.NEGATIVE_INFINITY],
		['vector(0) / 0', Number.NaN],
		[`scalar(tiny @ ${range.end}) * vector(1)`, 2.34e-7],
	])('reads the number of %s', async (query, value) => {
		const [sample] = await (await client()).query(query);
		expect(sample?.value).toBe(value);
	});

	test.each([
		['sum(', 'unclosed left parenthesis'],
		['memory_bytes[5m]', 'matrix'],
		['time()', 'scalar'],
	])('says what is wrong with %s', async (query, quoted) => {
		const trouble = troubleOf(await (await client()).query(query).catch(error => error));
		expect(trouble).toMatchObject({code: 'bad-query', why: `the query was ${query}`, quoted: expect.stringContaining(quoted)});
	});

	test('reads a range in pieces, each point once, where one answer may have 11,000', async () => {
		const {queryRange} = await client();
		const asked = {fromMs: endMs - 2_400_000, toMs: endMs - 60_000, stepMs: 100};
		const [series, ...others] = await queryRange('temperature{room="a"}', asked);
		expect(others).toEqual([]);
		const times = series?.points.map(({atMs}) => atMs) ?? [];
		expect(times).toHaveLength(23_401);
		expect(times.every((atMs, index) => index === 0 || Math.abs(atMs - (times[index - 1] ?? 0) - asked.stepMs) < 1e-3)).toBe(true);
	});

	test('a series that ends leaves no points behind', async () => {
		const [series] = await (await client()).queryRange('gone_total', {fromMs: endMs - 2_400_000, toMs: endMs - 60_000, stepMs: 15_000});
		// The last sample is looked back to for five minutes.
		expect(series?.points).toHaveLength(60 + 19);
	});

	test('lists the series of a selector, and none where there are none', async () => {
		const {series} = await client();
		const time = {fromMs: endMs - 600_000, toMs: endMs};
		expect((await series('pod_info{pod=~"web-.*"}', time)).map(({pod}) => pod).sort()).toEqual(['web-1', 'web-2', 'web-canary-1']);
		expect(await series('nothing', time)).toEqual([]);
	});

	test('reads native histograms as classic ones are, whose count they agree with', async () => {
		const {histograms, query} = await client(scraping);
		const name = 'prometheus_http_request_duration_seconds';
		const selector = `${name}{handler="/-/ready"}`;
		await expect.poll(async () => (await histograms(selector)).length, {timeout: 20_000}).toBeGreaterThan(0);
		const samples = await histograms(`sum by (handler) (${selector})`);
		const counts = samples.map(({value}) => value);
		expect(counts).toEqual(counts.toSorted((a, b) => a - b));
		const [count] = await query(`histogram_count(sum by (handler) (${selector}))`);
		expect(samples.at(-1)).toMatchObject({labels: {handler: '/-/ready', le: '+Inf'}, value: count?.value});
		const trouble = troubleOf(await query(selector).catch(error => error));
		expect(trouble).toMatchObject({code: 'bad-query', quoted: expect.stringContaining('native histograms')});
	});

	test('a name that nothing has answers nothing', async () => expect(await (await client()).query('nothing')).toEqual([]));
});
