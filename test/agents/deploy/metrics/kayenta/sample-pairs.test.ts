import {describe, expect, test} from 'vitest';
import {samplePairs} from '../../../../../src/agents/deploy/metrics/kayenta/sample-pairs.ts';
import type {Labels, Metrics} from '../../../../../src/mcp/monitoring/port.ts';
import {metricsOver} from '../../../../support/metrics-over.ts';

const sides = {canary: {workload: 'web-canary', pods: ['web-canary-1']}, stable: {workload: 'web', pods: ['web-1', 'web-2']}};
const range = {fromMs: 0, toMs: 45_000, stepMs: 15_000};
const series = (labels: Labels, ...values: readonly (number | undefined)[]) => ({
	labels,
	points: values.flatMap((value, at) => (value === undefined ? [] : [{atMs: at * 15_000, value}])),
});
type Answer = readonly ReturnType<typeof series>[];

function pairsOf(stable: Answer, canary: Answer) {
	const asked: string[] = [];
	const metrics: Metrics = {
		...metricsOver().metrics,
		async queryRange(promql) {
			asked.push(promql);
			return promql.includes('canary') ? canary : stable;
		},
	};
	return samplePairs(metrics, sides, {promql: 'x{pod=~"{{pods}}"}', namespace: 'shop', range});
}

describe('pairs of series', () => {
	test('have the same labels, and the points that there are', async () => {
		expect(await pairsOf([series({__name__: 'x'}, 1, 2, 3, 4)], [series({}, 5, undefined, Number.POSITIVE_INFINITY, 6)])).toEqual([
			{labels: {}, control: [1, 2, 3, 4], experiment: [5, Number.NaN, 6]},
		]);
	});

	test('are made for a series that one side alone has', async () => {
		const nothing = Array.from({length: 4}, () => Number.NaN);
		expect(await pairsOf([series({code: '200'}, 1, 1, 1, 1)], [series({code: '500'}, 2, 2, 2, 2)])).toEqual([
			{labels: {code: '200'}, control: [1, 1, 1, 1], experiment: nothing},
			{labels: {code: '500'}, control: nothing, experiment: [2, 2, 2, 2]},
		]);
		expect(await pairsOf([], [])).toEqual([{labels: {}, control: nothing, experiment: nothing}]);
	});

	test.each([
		['one for each pod', [series({pod: 'web-1'}, 1)], /one for each pod/],
		['too many', Array.from({length: 60}, (_, at) => series({path: `/${at}`}, 1)), /one for each of 60 sets of labels/],
	])('%s are refused', async (_name, stable, what) => {
		await expect(pairsOf(stable, [])).rejects.toMatchObject({
			trouble: {code: 'several-series', what: expect.stringMatching(what), next: expect.stringMatching(/sum/)},
		});
	});
});
