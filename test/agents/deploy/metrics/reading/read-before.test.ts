import {expect, test} from 'vitest';
import {readBefore} from '../../../../../src/agents/deploy/metrics/reading/read-before.ts';
import {MkcoaError} from '../../../../../src/core/error.ts';
import type {Labels, Metrics, Range} from '../../../../../src/mcp/monitoring/port.ts';
import {bornBefore, pod as podNamed} from '../pods.ts';

const nowMs = Date.UTC(2026, 0, 1);
const minuteMs = 60_000;
const reading = {
	kind: 'requests' as const,
	place: {by: 'pod' as const, keyLabel: 'pod', namespaceLabel: 'namespace', matchers: ''},
	counter: 'http_requests_total',
	codeLabel: 'code' as const,
};
const stable = {arm: {workload: 'web', pods: [podNamed('web-1'), podNamed('web-2')], service: 'web'}, agoMs: 0};

/** A counter with one value for each of the last 121 minutes, `undefined` where there was none. */
type Told = {readonly labels: Labels; readonly value: (minute: number) => number | undefined};

function metricsOf(told: readonly Told[]) {
	const asked: {readonly promql: string; readonly range: Range}[] = [];
	const metrics: Metrics = {
		source: 'test',
		query: async () => [{labels: {}, value: 1, atMs: nowMs}],
		histograms: async () => [],
		series: async () => [],
		queryRange: async (promql, range) => {
			asked.push({promql, range});
			return told.map(({labels, value}) => ({
				labels,
				points: Array.from({length: 121}, (_, minute) => ({
					// As seconds in JSON come back.
					atMs: range.toMs - (120 - minute) * minuteMs + (minute % 3) * 0.0002,
					value: value(minute),
				})).flatMap(({atMs, value}) => (value === undefined ? [] : [{atMs, value}])),
			}));
		},
	};
	return {metrics, asked};
}

const read = (told: readonly Told[], past = stable) => readBefore(metricsOf(told).metrics, reading, 'shop', past);
const good = (pod: string, more: Labels = {}): Told => ({labels: {pod, code: '200', ...more}, value: minute => 1000 + 60 * minute});

test('each pod has the requests and failures of each minute, by one question', async () => {
	const {metrics, asked} = metricsOf([
		good('web-1'),
		good('web-2'),
		{labels: {pod: 'web-2', code: '503'}, value: minute => (minute < 50 ? 4 : 7)},
	]);
	const [first, second] = await readBefore(metrics, reading, 'shop', stable);
	expect(asked).toEqual([
		{
			promql: 'sum by (pod, job, instance, code) (http_requests_total{namespace="shop",pod=~"web-1|web-2"})',
			range: {fromMs: nowMs - 120 * minuteMs, toMs: nowMs, stepMs: minuteMs},
		},
	]);
	expect([first?.[0], first?.[1], first?.[50]]).toEqual([
		{total: 0, bad: 0},
		{total: 60, bad: 0},
		{total: 60, bad: 0},
	]);
	expect([second?.[49], second?.[50], second?.[51]]).toEqual([
		{total: 60, bad: 0},
		{total: 63, bad: 3},
		{total: 60, bad: 0},
	]);
});

test('the first failures of a pod that is known count from zero', async () => {
	const [first] = await read([good('web-1'), {labels: {pod: 'web-1', code: '500'}, value: minute => (minute < 30 ? undefined : 2)}]);
	expect([first?.[29], first?.[30], first?.[31]].map(each => each?.bad)).toEqual([0, 2, 0]);
});

test('a pod that several jobs scrape counts once', async () => {
	const [first] = await read([good('web-1', {job: 'a'}), good('web-1', {job: 'b'})]);
	expect(first?.[10]).toEqual({total: 60, bad: 0});
});

test('a counter that starts anew counts what it has since', async () => {
	const [first] = await read([{labels: {pod: 'web-1', code: '500'}, value: minute => (minute < 40 ? 500 + minute : minute - 40)}]);
	expect([first?.[39], first?.[40], first?.[41]].map(each => each?.bad)).toEqual([1, 0, 1]);
});

test('pods of others are left out', async () => {
	expect(await read([good('web-1'), good('web-10')])).toHaveLength(1);
});

const of = (born: Parameters<typeof bornBefore>[1]) => ({...stable, arm: {...stable.arm, pods: bornBefore(nowMs, born)}});
const minutesOf = (row: readonly {readonly total: number}[] | undefined) => (row ?? []).filter(({total}) => total > 0).length;

test('what the version before counted under a pod’s name is not its own', async () => {
	const [first, second] = await read([good('web-1'), good('web-2')], of({'web-1': {minutes: 60}, 'web-2': {minutes: 30}}));
	expect([minutesOf(first), minutesOf(second)]).toEqual([60, 30]);
});

test('pods of another revision are no pods of the version', async () => {
	const born = of({'web-1': {minutes: 50, revision: 'a'}, 'web-2': {minutes: 20, revision: 'b'}});
	const before = await read([good('web-1'), good('web-2')], born);
	expect(before.map(minutesOf)).toEqual([20]);
});

test('of a Service counts what came since the version serves alone, whatever was scaled up later', async () => {
	const born = of({'web-1': {minutes: 61}, 'web-2': {minutes: 56}, 'web-3': {minutes: 15}});
	const place = {by: 'service' as const, keyLabel: 'service', namespaceLabel: 'namespace', matchers: ''};
	const {metrics} = metricsOf([{labels: {service: 'web', code: '200'}, value: minute => 60 * minute}]);
	const before = await readBefore(metrics, {...reading, place}, 'shop', born);
	expect(before.map(minutesOf)).toEqual([55]);
});

test('the minutes end where the time before ended', async () => {
	const {metrics, asked} = metricsOf([good('web-1')]);
	await readBefore(metrics, reading, 'shop', {...stable, agoMs: 600 * minuteMs});
	expect(asked[0]?.range).toMatchObject({fromMs: nowMs - 720 * minuteMs, toMs: nowMs - 600 * minuteMs});
});

test.each([
	['nothing', [], 'test has 0 minutes with requests of it, 10 are needed'],
	[
		'five minutes',
		[{labels: {pod: 'web-1', code: '200'}, value: (minute: number) => (minute < 115 ? undefined : minute * 60)}],
		'test has 5 minutes with requests of it, 10 are needed',
	],
] as const)('of %s nothing is learnt', async (_name, told, what) => {
	const error = await read(told).catch((thrown: unknown) => thrown);
	expect(error instanceof MkcoaError && [error.trouble.code, error.trouble.what]).toEqual(['no-series', what]);
});
