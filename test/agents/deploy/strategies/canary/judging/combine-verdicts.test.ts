import {describe, expect, test} from 'vitest';
import {combineVerdicts} from '../../../../../../src/agents/deploy/strategies/canary/judging/combine-verdicts.ts';
import type {MetricVerdict} from '../../../../../../src/analysis/canary/metric.ts';

const pods = {verdict: 'pass', reason: 'all 2 canary pods ready'} as const;
const of = (metric: string, verdict: MetricVerdict['verdict'], reason: string, more: Partial<MetricVerdict> = {}): MetricVerdict => ({
	metric,
	verdict,
	reason,
	test: 'sequential',
	canarySamples: 60,
	stableSamples: 200,
	...more,
});
const few = '0 requests reached the canary, 100 are needed';
const errorsPass = of('error-ratio', 'pass', 'no errors');
const slow = (more: Partial<MetricVerdict> = {}) => of('latency-p99', 'not-enough-data', 'too few', {minutesMore: 12, ...more});
const over = {mayStayOpen: new Set(['latency-p99'])};

const reasonOf = (metrics: readonly MetricVerdict[]) => combineVerdicts(pods, metrics, []).reason;

describe('the sentence of a stage', () => {
	test('needs no name where one metric judges', () => {
		expect(reasonOf([of('error-ratio', 'not-enough-data', few)])).toBe(few);
		expect(reasonOf([errorsPass])).toBe('no errors');
	});

	test('says once what all of its metrics lack, and of whom', () => {
		expect(reasonOf([of('error-ratio', 'not-enough-data', few), of('latency-p99', 'not-enough-data', few)])).toBe(
			`error-ratio and latency-p99: ${few}`,
		);
	});

	test('names each metric of several that pass', () => {
		expect(reasonOf([errorsPass, of('latency-p99', 'pass', 'as fast')])).toBe('error-ratio: no errors; latency-p99: as fast');
	});

	test('names those that lack it where another is decided', () => {
		expect(reasonOf([of('lag', 'pass', 'alike'), of('error-ratio', 'not-enough-data', few), slow({reason: few})])).toBe(
			`error-ratio: ${few}; latency-p99: ${few}, about 12 more minutes at this traffic`,
		);
	});

	test('says once what several metrics fail by', () => {
		expect(reasonOf([of('a', 'fail', 'worse'), of('b', 'fail', 'worse'), errorsPass])).toBe('a and b: worse');
	});
});

describe('a stage that is over, with a metric that nobody asked for and that has too few requests', () => {
	test('passes by the others, and tells what was not judged', () => {
		expect(combineVerdicts(pods, [errorsPass, slow()], [], over)).toMatchObject({
			verdict: 'pass',
			reason: 'error-ratio: no errors; not judged for want of requests: latency-p99: too few, about 12 more minutes at this traffic',
		});
	});

	test.each([
		['while the stage lasts', [errorsPass, slow()], {mayStayOpen: new Set<string>()}],
		['where that metric looks worse', [errorsPass, slow({looksWorse: true})], over],
		['where the canary had no request', [errorsPass, slow({canarySamples: 0})], over],
		['where nothing else passes', [slow()], over],
		['where another one lacks data too', [of('error-ratio', 'not-enough-data', few), slow()], over],
	])('passes not %s', (_case, metrics, ending) => {
		expect(combineVerdicts(pods, metrics, [], ending).verdict).toBe('not-enough-data');
	});

	test('fails by another one that is worse', () => {
		expect(combineVerdicts(pods, [of('error-ratio', 'fail', 'worse'), slow()], [], over).verdict).toBe('fail');
	});
});
