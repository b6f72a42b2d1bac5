import {describe, expect, test} from 'vitest';
import {type CanaryObservation, judgeCanary, percent} from '../../../src/analysis/canary/verdict.ts';

const healthy: CanaryObservation = {
	intervals: [{canary: {requests: 200, errors: 0}, stable: {requests: 1800, errors: 2}}],
	canaryPods: {wanted: 1, ready: 1, restarts: 0},
	stuck: [],
	overdue: false,
};

const rows: readonly [name: string, change: Partial<CanaryObservation>, verdict: string, reason: RegExp][] = [
	['a healthy canary passes', {}, 'pass', /0\.0 % of the canary's 200 requests failed, 0\.1 % of the stable version's 1800/],
	[
		'twelve per cent of errors fail',
		{intervals: [{canary: {requests: 200, errors: 24}, stable: {requests: 1800, errors: 2}}]},
		'fail',
		/12\.0 % of the canary's/,
	],
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
	['a restart fails', {canaryPods: {wanted: 2, ready: 2, restarts: 1}}, 'fail', /1 container restart in the canary/],
	[
		'a pull error fails and is named',
		{canaryPods: {wanted: 1, ready: 0, restarts: 0}, stuck: ['ImagePullBackOff']},
		'fail',
		/1 of 1 canary pod cannot run \(ImagePullBackOff\)/,
	],
	['not ready yet waits', {canaryPods: {wanted: 2, ready: 1, restarts: 0}}, 'not-enough-data', /1 of 2 canary pods ready/],
	['not ready in time fails', {canaryPods: {wanted: 2, ready: 1, restarts: 0}, overdue: true}, 'fail', /when the time was over/],
	['without metrics readiness decides, and says so', {intervals: undefined}, 'pass', /no metrics were there to judge errors/],
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
