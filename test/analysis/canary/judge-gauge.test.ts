import {describe, expect, test} from 'vitest';
import {judgeMetric} from '../../../src/analysis/canary/judge-metric.ts';
import type {CanaryMetric, GaugeInterval} from '../../../src/analysis/canary/metric.ts';

const saturation: CanaryMetric = {name: 'saturation', kind: 'gauge', worse: 'higher', tolerance: 0.25};

/** Two looks a minute; each pod wavers by a tenth. */
const minutes = (count: number, canary: number, stable: number): readonly GaugeInterval[] =>
	Array.from({length: count * 2}, (_, look) => ({
		kind: 'gauge',
		spanMs: 30_000,
		canary: [canary * (1 + 0.1 * Math.sin(look * 7))],
		stable: [stable * (1 + 0.1 * Math.sin(look * 5)), stable * (1 + 0.1 * Math.sin(look * 11))],
	}));

const verdictOf = (intervals: readonly GaugeInterval[], metric = saturation) => judgeMetric(metric, intervals, {stageFrom: 0});

describe('judgeMetric on gauges', () => {
	test('waits for fifteen minutes with values, and says for how many more', () => {
		expect(verdictOf(minutes(10, 0.9, 0.3))).toMatchObject({verdict: 'not-enough-data', minutesMore: 5, canarySamples: 10});
	});
	test('fails twice as much', () => expect(verdictOf(minutes(15, 0.6, 0.3))).toMatchObject({verdict: 'fail'}));
	test('passes as much, and says what it excludes', () => {
		const verdict = verdictOf(minutes(15, 0.31, 0.3));
		expect(verdict.verdict).toBe('pass');
		expect(verdict.reason).toMatch(/is excluded \(95 % sure\)/);
	});
	test('less than the tolerance does not matter', () => expect(verdictOf(minutes(30, 0.36, 0.3)).verdict).toBe('pass'));
	test('less is not more, unless less is bad', () => {
		expect(verdictOf(minutes(15, 0.1, 0.3)).verdict).toBe('pass');
		expect(verdictOf(minutes(15, 0.1, 0.3), {...saturation, worse: 'lower'}).verdict).toBe('fail');
	});
	test('looks that are taken more often are no more evidence', () => {
		const often = minutes(10, 0.9, 0.3).flatMap(look => [look, look, look].map(part => ({...part, spanMs: 10_000})));
		expect(verdictOf(often)).toMatchObject({verdict: 'not-enough-data', canarySamples: 10});
	});
	test('passes zeros beside zeros, and fails ones beside zeros', () => {
		expect(verdictOf(minutes(15, 0, 0)).verdict).toBe('pass');
		expect(verdictOf(minutes(15, 1, 0)).verdict).toBe('fail');
	});
	test('a later stage passes by its own minutes alone', () => {
		const quiet = minutes(15, 0.31, 0.3);
		const judged = (stage: readonly GaugeInterval[]) => judgeMetric(saturation, [...quiet, ...stage], {stageFrom: quiet.length});
		expect(judged(minutes(5, 3, 0.3))).toMatchObject({verdict: 'not-enough-data', canary: expect.closeTo(3, 0), canarySamples: 5});
		expect(judged(minutes(3, 0.31, 0.3))).toMatchObject({
			verdict: 'not-enough-data',
			minutesMore: 2,
			reason: '3 minutes of this step have values of both versions, 5 are needed',
		});
		expect(judged(minutes(6, 0.31, 0.3))).toMatchObject({verdict: 'pass', canarySamples: 6});
	});
	test('the newest minutes count for a pass, though the next computation is far', () => {
		const turned = [...minutes(15, 0.31, 0.3), ...minutes(13, 3, 0.3)];
		expect(verdictOf(turned).verdict).not.toBe('pass');
	});
	test.each([
		['no look', []],
		['values of one side', [{kind: 'gauge', spanMs: 60_000, canary: [], stable: [1]} as const]],
		['NaN', [{kind: 'gauge', spanMs: 60_000, canary: [Number.NaN], stable: [1]} as const]],
	])('never passes with %s', (_name, intervals) => expect(verdictOf(intervals).verdict).toBe('not-enough-data'));
});
