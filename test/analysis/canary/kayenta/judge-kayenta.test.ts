import {describe, expect, test} from 'vitest';
import {judgeKayenta} from '../../../../src/analysis/canary/kayenta/judge-kayenta.ts';
import {kayentaConfig} from '../../../../src/analysis/canary/kayenta/kayenta-config.ts';

const steady = (at: number) => Array.from({length: 30}, (_, point) => at + Math.sin(point * 7) * 0.5);
const same = [{control: steady(10), experiment: steady(10.1)}];
const worse = [{control: steady(10), experiment: steady(20)}];
const better = [{control: steady(20), experiment: steady(10)}];

const config = (canary: object = {}, classifier: object = {}) =>
	kayentaConfig.parse({
		name: 'web',
		metrics: [
			{
				name: 'latency',
				groups: ['speed'],
				query: {type: 'prometheus'},
				analysisConfigurations: {canary: {direction: 'increase', ...canary}},
			},
			{name: 'cpu', groups: ['system'], analysisConfigurations: {canary: {direction: 'increase'}}},
		],
		classifier: {groupWeights: {speed: 60, system: 40}, ...classifier},
	});

describe('judgeKayenta', () => {
	test.each([
		['passes what does not differ', config(), {latency: same, cpu: same}, 'Pass', 100],
		['weighs groups', config(), {latency: worse, cpu: same}, 'Fail', 40],
		['reads the thresholds', config({}, {scoreThresholds: {pass: 95, marginal: 40}}), {latency: worse, cpu: same}, 'Marginal', 40],
		['a critical metric fails it all', config({critical: true}), {latency: worse, cpu: same}, 'Fail', 0],
		['an effect size may be allowed', config({effectSize: {allowedIncrease: 3}}), {latency: worse, cpu: same}, 'Pass', 100],
		['half without data is no verdict', config(), {latency: same}, 'Nodata', 0],
		['what is muted is not scored', config({muted: true}), {latency: worse, cpu: same}, 'Fail', 40],
		['each pair of series counts', config(), {latency: [...worse, ...same], cpu: same}, 'Fail', 70],
		[
			'weights that leave something of 100 leave it',
			config({}, {groupWeights: {speed: 60, system: 20}}),
			{latency: same, cpu: same},
			'Marginal',
			80,
		],
		[
			'half of the pairs in which it is larger is no difference',
			config({effectSize: {measure: 'cles'}}),
			{latency: worse, cpu: same},
			'Fail',
			40,
		],
		['a critical metric without data fails it all', config({critical: true, mustHaveData: true}), {cpu: same}, 'Fail', 0],
		['data that must be there fail when they are not', config({mustHaveData: true}), {cpu: same}, 'Fail', 40],
		['none is what is usual', config({direction: 'none', nanStrategy: 'none'}), {latency: worse, cpu: same}, 'Fail', 40],
		[
			'a probability may be allowed, as text too',
			config({critical: 'true', effectSize: {measure: 'cles', allowedIncrease: '1.1'}}),
			{latency: worse, cpu: same},
			'Pass',
			100,
		],
		['one point on each side is no data', config({critical: true}), {latency: [{control: [3], experiment: [9]}], cpu: same}, 'Fail', 0],
		['fewer is not more', config(), {latency: better, cpu: same}, 'Pass', 100],
	] as const)('%s', (_name, known, samples, verdict, score) => {
		expect(judgeKayenta(known, samples)).toMatchObject({verdict, score});
	});

	test.each([1e-9, 1, 1e12])('tells two constants apart whatever their size: %s', size => {
		const constant = [{control: Array(20).fill(size), experiment: Array(20).fill(2 * size)}];
		expect(judgeKayenta(config(), {latency: constant, cpu: same}).metrics[0]?.class).toBe('High');
	});

	test('takes outliers out where the config says so', () => {
		const wild = {control: steady(10), experiment: [...steady(10), ...Array.from({length: 3}, () => 5000)]};
		const [latency] = judgeKayenta(config({outliers: {strategy: 'remove', outlierFactor: 3, reduceSensitivity: false}}), {
			latency: [wild],
		}).metrics;
		expect(latency?.deviation).toBeCloseTo(1, 1);
	});

	test('leaves points out that are missing, or takes them for zero', () => {
		const gaps = {control: steady(10), experiment: [...steady(10).slice(0, 5), ...Array.from({length: 25}, () => Number.NaN)]};
		expect(judgeKayenta(config(), {latency: [gaps], cpu: same}).metrics[0]?.class).toBe('Pass');
		expect(judgeKayenta(config({nanStrategy: 'replace', direction: 'decrease'}), {latency: [gaps], cpu: same}).metrics[0]?.class).toBe(
			'Low',
		);
	});
});
