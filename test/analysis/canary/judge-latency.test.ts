import {describe, expect, test} from 'vitest';
import {judgeMetric} from '../../../src/analysis/canary/judge-metric.ts';
import type {CanaryMetric, LatencyInterval} from '../../../src/analysis/canary/metric.ts';

const p99: CanaryMetric = {name: 'latency-p99', kind: 'latency', worse: 'higher', tolerance: 0.1, quantile: 0.99};
const upperBounds = [0.05, 0.1, 0.25, 0.5, Number.POSITIVE_INFINITY];

const times = (looks: number, canary: readonly number[], stable: readonly number[]): readonly LatencyInterval[] =>
	Array.from({length: looks}, () => ({kind: 'latency', spanMs: 10_000, upperBounds, canary, stable}));

const verdictOf = (intervals: readonly LatencyInterval[], metric = p99) => judgeMetric(metric, intervals, {stageFrom: 0});

describe('judgeMetric on latencies', () => {
	test('passes what is as fast, and says what it excludes', () => {
		const verdict = verdictOf(times(60, [40, 50, 1, 0, 0], [400, 500, 10, 0, 0]));
		expect(verdict).toMatchObject({verdict: 'pass', canarySamples: 5460, stableSamples: 54_600});
		expect(verdict.reason).toMatch(/102 ms against 102 ms.*took longer than.*is excluded \(95 % sure\)/);
	});
	test('fails a slow tail', () => {
		expect(verdictOf(times(30, [40, 50, 6, 4, 0], [400, 500, 10, 0, 0]))).toMatchObject({verdict: 'fail', canary: expect.closeTo(0.31, 2)});
	});
	test.each([
		['of a third of the traffic', [0, 0, 0, 30, 60], [60, 119, 1, 0, 0]],
		['of half of it', [0, 0, 0, 88, 2], [30, 59, 1, 0, 0]],
		['of a tenth of it', [0, 0, 0, 0, 20], [60, 119, 1, 0, 0]],
	])('fails a canary %s that is slower by far, at every quantile', (_name, canary, stable) => {
		for (const quantile of [0.5, 0.95, 0.99]) expect(verdictOf(times(30, canary, stable), {...p99, quantile}).verdict).toBe('fail');
	});
	test('a difference that is certain and within the tolerance passes', () => {
		const slower = times(60, [40, 50, 2, 0, 0], [400, 500, 10, 0, 0]);
		expect(verdictOf(slower).verdict).toBe('fail');
		expect(verdictOf(slower, {...p99, tolerance: 2}).reason).toMatch(/within the tolerance of 200 %/);
	});
	test('within the tolerance passes no stage without traffic', () => {
		const slower = times(60, [40, 50, 2, 0, 0], [400, 500, 10, 0, 0]);
		const silent = times(6, [0, 0, 0, 0, 0], [400, 500, 10, 0, 0]);
		const verdict = judgeMetric({...p99, tolerance: 2}, [...slower, ...silent], {stageFrom: slower.length});
		expect(verdict).toMatchObject({verdict: 'not-enough-data', reason: expect.stringMatching(/^no request of the canary was counted/)});
	});
	test('beyond the last bound no tolerance is known, so what is certain fails', () => {
		const verdict = verdictOf(times(60, [20, 20, 5, 0, 45], [400, 400, 10, 82, 18]));
		expect(verdict.verdict).toBe('fail');
		expect(verdict.reason).toMatch(/^more than 500 ms against more than 500 ms of the stable version; 50\.0 % of the canary's/);
	});
	test('alone it is compared with the times of before', () => {
		const earlier = times(60, [40, 50, 1, 0, 0], [400, 500, 10, 0, 0]);
		const alone = (canary: readonly number[]) =>
			judgeMetric(p99, [...earlier, ...times(12, canary, [0, 0, 0, 0, 0])], {stageFrom: earlier.length, isAlone: true});
		expect(alone([400, 500, 10, 0, 0]).verdict).toBe('pass');
		expect(alone([300, 300, 10, 300, 0])).toMatchObject({verdict: 'fail', canary: expect.closeTo(0.36, 2), stable: expect.closeTo(0.1, 2)});
	});
	test('all in one bucket can pass: nothing is beyond its end', () => {
		expect(verdictOf(times(60, [0, 90, 0, 0, 0], [0, 900, 0, 0, 0]))).toMatchObject({verdict: 'pass'});
	});
	test('buckets that changed begin anew', () => {
		const old: LatencyInterval = {
			kind: 'latency',
			spanMs: 10_000,
			upperBounds: [1, Number.POSITIVE_INFINITY],
			canary: [0, 500],
			stable: [500, 0],
		};
		expect(verdictOf([old, ...times(60, [40, 50, 1, 0, 0], [400, 500, 10, 0, 0])]).verdict).toBe('pass');
	});
	test.each([
		['no traffic', times(10, [0, 0, 0, 0, 0], [400, 500, 10, 0, 0])],
		['no look', []],
		['few requests', times(1, [4, 5, 0, 0, 0], [400, 500, 10, 0, 0])],
	])('never passes with %s', (_name, intervals) => expect(verdictOf(intervals).verdict).toBe('not-enough-data'));
	test('faster is not slower', () => expect(verdictOf(times(60, [90, 0, 0, 0, 0], [400, 500, 10, 0, 0])).verdict).toBe('pass'));
});
