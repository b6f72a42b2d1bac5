import {expect, test} from 'vitest';
import {histogramBefore} from '../../../../../src/agents/deploy/metrics/reading/histogram-before.ts';
import type {Arm} from '../../../../../src/agents/deploy/metrics/sides.ts';
import type {Metrics, Sample} from '../../../../../src/mcp/monitoring/port.ts';
import {bornBefore, pod} from '../pods.ts';

const nowMs = Date.UTC(2026, 0, 1);
const place = {by: 'pod', keyLabel: 'pod', namespaceLabel: 'namespace', matchers: ''} as const;
const reading = {kind: 'histogram', series: 'request_duration_milliseconds_bucket', unit: 0.001, place} as const;

const two: Arm = {workload: 'web', pods: [pod('web-1'), pod('web-2')]};

/** Buckets of one pod, as one job tells of them. */
const buckets = (counts: Readonly<Record<string, number>>, labels: Readonly<Record<string, string>> = {pod: 'web-1'}): readonly Sample[] =>
	Object.entries(counts).map(([le, value]) => ({labels: {...labels, le}, value, atMs: nowMs}));

const read = (samples: readonly Sample[], {arm = two, agoMs = 0} = {}) => {
	const asked: string[] = [];
	const histograms: Metrics['histograms'] = async promql => {
		asked.push(promql);
		return samples;
	};
	// Nothing else is asked for.
	const metrics = {source: 'test', histograms, query: async () => [{labels: {}, value: 1, atMs: nowMs}]} as unknown as Metrics;
	return {asked, found: histogramBefore(metrics, reading, 'shop', {arm, agoMs})};
};

const some = {'100': 90.5, '250': 99.5, '+Inf': 100.5};
const ofSome = {
	...{kind: 'latency', spanMs: 0, upperBounds: [0.1, 0.25, Number.POSITIVE_INFINITY]},
	...{canary: [0, 0, 0], stable: [90.5, 9, 1]},
};

test('what a version took to answer in the two hours before, by one question', async () => {
	const {asked, found} = read(buckets(some));
	expect(await found).toEqual(ofSome);
	const selector = 'request_duration_milliseconds_bucket{namespace="shop",pod=~"web-1|web-2"}';
	expect(asked).toEqual([`sum by (le, pod, job, instance) (increase(${selector}[7200s]))`]);
});

test('all pods of the version count, each once however many jobs scrape it, and those of others do not', async () => {
	const samples = [
		...buckets(some, {pod: 'web-1', job: 'a'}),
		...buckets(some, {pod: 'web-1', job: 'b'}),
		...buckets(some, {pod: 'web-2', job: 'b'}),
		...buckets(some, {pod: 'web-canary-1', job: 'a'}),
	];
	expect(await read(samples).found).toMatchObject({stable: [181, 18, 2]});
});

test('of very many pods the names of fifty are asked for, never their common beginning', async () => {
	const arm = {workload: 'web', pods: Array.from({length: 80}, (_, at) => pod(`web-${100 + at}`))};
	const {asked, found} = read(buckets(some, {pod: 'web-100'}), {arm});
	expect(await found).toEqual(ofSome);
	expect(asked[0]).toMatch(/pod=~"web-100(\|web-\d{3}){49}"/);
});

test.each([
	['reaches back to the beginning of the version', 45, 0, '[2640s]'],
	['ends where the time before ended', 300, 2, '[7200s] offset 7200s'],
	['does both', 200, 2, '[4740s] offset 7200s'],
] as const)('the time before %s', async (_name, minutes, hoursAgo, range) => {
	const arm = {workload: 'web', pods: bornBefore(nowMs, {'web-1': {minutes}})};
	const {asked, found} = read(buckets(some), {arm, agoMs: hoursAgo * 3_600_000});
	await found;
	expect(asked[0]).toContain(`"web-1"}${range}))`);
});

test('a version that has just begun has no time before', async () => {
	const arm = {workload: 'web', pods: bornBefore(nowMs, {'web-1': {minutes: 5}})};
	const {asked, found} = read(buckets(some), {arm});
	await expect(found).rejects.toMatchObject({trouble: {code: 'no-series'}});
	expect(asked).toEqual([]);
});

test.each([{}, {'+Inf': 7}, {'100': 7, '250': 8}])('buckets of %j tell nothing', async counts => {
	await expect(read(buckets(counts)).found).rejects.toMatchObject({trouble: {code: 'no-series'}});
});
