import {afterAll, beforeAll, expect, test} from 'vitest';
import {troubleOf} from '../../../src/core/error.ts';
import type {MetricsServer} from '../../../src/mcp/monitoring/port.ts';
import {prometheusServer} from '../../../src/mcp/monitoring/prometheus/prometheus-server.ts';
import {wireTo} from '../../support/monitoring-wire.ts';
import {besideNothing} from '../beside.ts';
import {blocksOf, startPrometheus} from '../prometheus.ts';
import {endMs, fixedSeries, openMetrics} from './fixed-data.ts';

const failure = async (asking: Promise<unknown>) => troubleOf(await asking.catch(error => error));
/** As many as a large cluster has of one metric. */
const many = 10_000;

let beside: Awaited<ReturnType<typeof besideNothing>>;
let metrics: MetricsServer;
beforeAll(async () => {
	beside = await besideNothing();
	const lines = Array.from({length: many}, (_, index) => `crowd{pod="p${index}"} ${index} ${endMs / 1000}`);
	const written = openMetrics().replace('# EOF', `# TYPE crowd gauge\n${lines.join('\n')}\n# EOF`);
	const {url} = await startPrometheus(beside, {data: blocksOf(written, beside), itself: true});
	metrics = prometheusServer(await wireTo(url));
});
afterAll(() => beside?.stop());

const range = {fromMs: endMs - 2_400_000, toMs: endMs, stepMs: 15_000};

test('is known for what it is', async () => {
	expect(await metrics.flavour()).toEqual({kind: 'prometheus', version: '3.16.0'});
});

test('ten thousand series are counted and refused, or cut with the cut told', async () => {
	expect(await failure(metrics.range('crowd', range))).toMatchObject({
		code: 'too-many-series',
		what: 'The query has 10000 series, more than 500',
	});
	expect(await failure(metrics.instant('crowd', {atMs: endMs}))).toMatchObject({code: 'too-many-series'});
	const {value, cut, warnings, partial} = await metrics.instant('crowd', {atMs: endMs, bound: {most: 20, beyond: 'cut'}});
	expect([value.length, cut, partial]).toEqual([20, {shown: 20, of: many}, false]);
	expect(warnings).toEqual(['results truncated due to limit']);
	const lines = await metrics.range('crowd', range, {most: 20, beyond: 'cut'});
	expect([lines.value.length, lines.cut, lines.partial]).toEqual([20, {shown: 20, of: many}, false]);
	expect((await metrics.range('sum(crowd)', range)).value).toHaveLength(1);
});

test('a month is asked for in pieces, and no moment comes twice', async () => {
	const month = {fromMs: endMs - 30 * 86_400_000, toMs: endMs, stepMs: 60_000};
	const {value} = await metrics.range('memory_bytes', month);
	expect(value).toHaveLength(3);
	for (const {points} of value) expect(points.every(({atMs}, index) => index === 0 || atMs > (points[index - 1]?.atMs ?? 0))).toBe(true);
	expect(value[0]?.points).toHaveLength(41);
});

test('a series that ended is there until it is stale, and odd numbers come through', async () => {
	const [gone] = (await metrics.range('gone_total', range)).value;
	expect(gone?.points.at(-1)?.atMs).toBeLessThan(endMs - 1_000_000);
	const [last] = (await metrics.instant('temperature{room="b"}', {atMs: endMs})).value;
	expect(last?.value).toBeNaN();
	expect((await metrics.instant('infinite', {atMs: endMs})).value[0]?.value).toBe(Number.POSITIVE_INFINITY);
	expect((await metrics.instant('absent_metric', {atMs: endMs})).value).toEqual([]);
	expect((await metrics.instant('1 + 1', {atMs: endMs})).value).toEqual([{labels: {}, value: 2, atMs: endMs}]);
});

test('names, values and what is told of metrics', async () => {
	const time = {fromMs: range.fromMs, toMs: range.toMs};
	expect((await metrics.labelNames({selectors: ['memory_bytes'], ...time})).value).toEqual(['__name__', 'namespace', 'pod']);
	const pods = [...new Set(fixedSeries.filter(({labels}) => labels.__name__ === 'memory_bytes').map(({labels}) => labels.pod))];
	expect((await metrics.labelValues('pod', {selectors: ['memory_bytes'], ...time})).value).toEqual(pods.toSorted());
	expect(await metrics.labelValues('pod', {selectors: ['crowd'], limit: 5, ...time})).toMatchObject({cut: {shown: 5}, partial: false});
	await expect
		.poll(async () => Object.keys(await metrics.metadata('prometheus_build_info')), {timeout: 20_000})
		.toEqual(['prometheus_build_info']);
	expect(await metrics.rules()).toEqual([]);
	expect(await metrics.alerts()).toEqual([]);
	expect((await metrics.targets()).map(({pool, health, interval}) => [pool, health, interval])).toEqual([['itself', 'up', '1s']]);
});

test('what it remarks on a query is passed on', async () => {
	const answer = await metrics.instant('rate(memory_bytes[5m])', {atMs: endMs});
	expect(answer.partial).toBe(false);
	expect(answer.infos).toEqual([expect.stringContaining('metric might not be a counter')]);
});

test('what it refuses is told in its words', async () => {
	expect(await failure(metrics.instant('sum('))).toMatchObject({
		code: 'bad-query',
		quoted: expect.stringContaining('unclosed left parenthesis'),
	});
	expect(await failure(metrics.instant(`up{a="${'x'.repeat(5000)}"} +`))).toMatchObject({
		code: 'bad-query',
		quoted: expect.stringContaining('unexpected end'),
	});
});
