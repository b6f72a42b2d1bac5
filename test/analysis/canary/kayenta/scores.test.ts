import {expect, test} from 'vitest';
import type {MetricClass} from '../../../../src/analysis/canary/kayenta/classify.ts';
import {scoresOf} from '../../../../src/analysis/canary/kayenta/scores.ts';

const metric = (name: string, group: string, is: MetricClass) => ({name, groups: [group], class: is, isCritical: false});
const one = [metric('a', 'one', 'Pass'), metric('b', 'one', 'High')];

test.each([
	['a group without data takes nothing from the whole', [...one, metric('c', 'two', 'Nodata')], {one: 40, two: 60}, 80],
	['a group without a weight has what is left', [...one, metric('c', 'two', 'Pass')], {one: 40}, 80],
	['several without share it', [...one, metric('c', 'two', 'Pass'), metric('d', 'three', 'Low')], {one: 40}, 50],
	['weights are per cent, whatever they add up to', one, {one: 60}, 30],
	['a weight of a group that nobody is in stays unspent', one, {one: 60, nobody: 40}, 30],
	['data that had to be there count as failed', [...one, metric('c', 'one', 'NodataFailMetric')], {}, 33.33],
	['half without data are nothing', [metric('a', 'one', 'Pass'), metric('b', 'one', 'Nodata')], {}, 0],
	['nothing to score is nothing', [], {}, 0],
] as const)('%s', (_name, metrics, weights, score) => {
	expect(scoresOf(metrics, weights).score).toBe(score);
});
