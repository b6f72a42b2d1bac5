import {expect, test} from 'vitest';
import {histogramBefore} from '../../../../../src/agents/deploy/metrics/reading/histogram-reader.ts';
import type {Metrics} from '../../../../../src/mcp/monitoring/port.ts';

const place = {by: 'pod', keyLabel: 'pod', namespaceLabel: 'namespace', matchers: ''} as const;
const reading = {kind: 'histogram', series: 'request_duration_milliseconds_bucket', unit: 0.001, place} as const;

const read = (buckets: Readonly<Record<string, number>>) => {
	const asked: string[] = [];
	const histograms: Metrics['histograms'] = async promql => {
		asked.push(promql);
		return Object.entries(buckets).map(([le, value]) => ({labels: {le}, value, atMs: 0}));
	};
	// Nothing else is asked for.
	const metrics = {source: 'test', histograms} as unknown as Metrics;
	return {asked, found: histogramBefore(metrics, reading, 'shop', ['web-1', 'web-2'])};
};

test('what a version took to answer in the two hours before, by one question', async () => {
	const {asked, found} = read({'100': 90.5, '250': 99.5, '+Inf': 100.5});
	expect(await found).toEqual({
		...{kind: 'latency', spanMs: 0, upperBounds: [0.1, 0.25, Number.POSITIVE_INFINITY]},
		...{canary: [0, 0, 0], stable: [90.5, 9, 1]},
	});
	expect(asked).toEqual(['sum by (le) (increase(request_duration_milliseconds_bucket{namespace="shop",pod=~"web-1|web-2"}[2h]))']);
});

test.each([{}, {'+Inf': 7}, {'100': 7, '250': 8}])('buckets of %j tell nothing', async buckets => {
	await expect(read(buckets).found).rejects.toMatchObject({trouble: {code: 'no-series'}});
});
