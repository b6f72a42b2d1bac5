import {describe, expect, test} from 'vitest';
import {percent} from '../../../src/analysis/canary/percent.ts';
import {type CanaryObservation, judgeCanary} from '../../../src/analysis/canary/verdict.ts';

const healthy: CanaryObservation = {
	intervals: [{canary: {requests: 200, errors: 0}, stable: {requests: 1800, errors: 2}}],
	canaryPods: {wanted: 1, ready: 1, restarts: 0},
	stuck: [],
	overdue: false,
};

const both = (canaryRequests: number, canaryErrors: number, stableRequests: number, stableErrors: number) => ({
	canary: {requests: canaryRequests, errors: canaryErrors},
	stable: {requests: stableRequests, errors: stableErrors},
});

const rows: readonly [name: string, change: Partial<CanaryObservation>, verdict: string, reason: RegExp][] = [
	['a healthy canary passes', {}, 'pass', /0\.0 % of the canary's 200 requests failed, 0\.1 % of the stable version's 1800/],
	['twelve per cent of errors fail', {intervals: [both(100, 12, 900, 1), both(100, 12, 900, 1)]}, 'fail', /12\.0 % of the canary's/],
	[
		'one error more is no proof',
		{intervals: [{canary: {requests: 200, errors: 1}, stable: {requests: 1800, errors: 2}}]},
		'pass',
		/0\.5 %/,
	],
	[
		'both sides broken is no pass',
		{intervals: [{canary: {requests: 200, errors: 150}, stable: {requests: 200, errors: 150}}]},
		'fail',
		/75\.0 %/,
	],
	[
		'twenty requests are not enough',
		{intervals: [{canary: {requests: 20, errors: 0}, stable: {requests: 180, errors: 0}}]},
		'not-enough-data',
		/20 requests reached the canary, 100 are needed/,
	],
	['no traffic at all is not enough', {intervals: []}, 'not-enough-data', /0 requests/],
	['one request that fails is no verdict', {intervals: [both(1, 1, 9, 0)]}, 'not-enough-data', /1 requests reached the canary/],
	[
		'one burst of errors is no verdict, and is told',
		{intervals: [both(100, 0, 900, 1), both(100, 20, 900, 1), both(100, 0, 900, 1)]},
		'not-enough-data',
		/6\.7 % of the canary's .*all at once/,
	],
	[
		'errors that come again are one',
		{intervals: [both(100, 20, 900, 1), both(100, 0, 900, 1), both(100, 20, 900, 1)]},
		'fail',
		/13\.3 % of the canary's/,
	],
	['a stable version that fails alone is no fault of the canary', {intervals: [both(200, 1, 200, 120)]}, 'pass', /60\.0 % of the stable/],
	['both broken points at what they share', {intervals: [both(200, 150, 200, 150)]}, 'fail', /both fail, so look for what they share/],
	[
		'requests of an earlier stage do not let a later one pass',
		{intervals: [both(500, 0, 500, 0)], earlier: 1},
		'not-enough-data',
		/^0 requests reached the canary/,
	],
	[
		'counters of the canary alone compare with nothing',
		{intervals: [both(500, 20, 0, 0)]},
		'not-enough-data',
		/0 requests reached the stable version/,
	],
	[
		'counters of the stable version alone are named',
		{intervals: [both(0, 0, 540, 0)]},
		'not-enough-data',
		/no request of the canary was counted, while the stable version had 540/,
	],
	[
		'a restart says how the container ended',
		{canaryPods: {wanted: 1, ready: 1, restarts: 2, lastEnd: 'OOMKilled (exit code 137)'}},
		'fail',
		/2 container restarts in the canary \(OOMKilled \(exit code 137\)\)/,
	],
	[
		'what a pod waits for is told',
		{canaryPods: {wanted: 2, ready: 1, restarts: 0}, waiting: ['no node has room'], overdue: true},
		'fail',
		/when the time was over \(no node has room\)/,
	],
	['a restart fails', {canaryPods: {wanted: 2, ready: 2, restarts: 1}}, 'fail', /1 container restart in the canary/],
	[
		'a pull error fails and is named',
		{canaryPods: {wanted: 1, ready: 0, restarts: 0}, stuck: ['ImagePullBackOff']},
		'fail',
		/1 of 1 canary pod cannot run \(ImagePullBackOff\)/,
	],
	['not ready yet waits', {canaryPods: {wanted: 2, ready: 1, restarts: 0}}, 'not-enough-data', /1 of 2 canary pods ready/],
	['not ready in time fails', {canaryPods: {wanted: 2, ready: 1, restarts: 0}, overdue: true}, 'fail', /when the time was over/],
	['without metrics readiness decides, and says so', {intervals: undefined}, 'pass', /errors were not judged/],
];

describe('judgeCanary', () => {
	test.each(rows)('%s', (_name, change, verdict, reason) => {
		const judged = judgeCanary({...healthy, ...change});
		expect(judged.verdict).toBe(verdict);
		expect(judged.reason).toMatch(reason);
	});

	test('says what it judged by', () => {
		expect(judgeCanary(healthy).judgedBy).toEqual(['errors', 'readiness', 'restarts']);
		expect(judgeCanary({...healthy, intervals: undefined}).judgedBy).toEqual(['readiness', 'restarts']);
	});

	test.each([
		[0, '0.0 %'],
		[0.0004, '0.040 %'],
		[0.123, '12.3 %'],
		[1, '100.0 %'],
	])('writes %d as %s', (ratio, text) => expect(percent(ratio)).toBe(text));
});
