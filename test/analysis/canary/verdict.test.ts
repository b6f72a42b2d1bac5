import {describe, expect, test} from 'vitest';
import {percent} from '../../../src/analysis/canary/percent.ts';
import {type CanaryObservation, judgeCanary} from '../../../src/analysis/canary/verdict.ts';

const healthy: CanaryObservation = {
	canaryPods: {wanted: 1, ready: 1, restarts: 0},
	stuck: [],
	overdue: false,
};

const rows: readonly [name: string, change: Partial<CanaryObservation>, verdict: string, reason: RegExp][] = [
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
	[
		'pods that run pass, and it is said that errors were not judged',
		{},
		'pass',
		/all 1 canary pod ready, no restarts; errors were not judged/,
	],
];

describe('judgeCanary', () => {
	test.each(rows)('%s', (_name, change, verdict, reason) => {
		const judged = judgeCanary({...healthy, ...change});
		expect(judged.verdict).toBe(verdict);
		expect(judged.reason).toMatch(reason);
	});

	test.each([
		[0, '0.0 %'],
		[0.0004, '0.040 %'],
		[0.123, '12.3 %'],
		[1, '100.0 %'],
	])('writes %d as %s', (ratio, text) => expect(percent(ratio)).toBe(text));
});
