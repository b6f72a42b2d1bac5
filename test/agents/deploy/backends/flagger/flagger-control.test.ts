import {describe, expect, test} from 'vitest';
import type {Verb} from '../../../../../src/agents/deploy/backends/control.ts';
import {flaggerControl} from '../../../../../src/agents/deploy/backends/flagger/flagger-control.ts';
import {flaggerProgress, flaggerTimes} from '../../../../../src/agents/deploy/backends/flagger/flagger-progress.ts';
import type {JsonObject} from '../../../../../src/core/json.ts';
import type {KubeObject} from '../../../../../src/core/kube/kube-object.ts';

const analysis = {interval: '1m', threshold: 5, maxWeight: 50, stepWeight: 10};
const canary = (status: JsonObject = {}, spec: JsonObject = {}): KubeObject => ({
	apiVersion: 'flagger.app/v1beta1',
	kind: 'Canary',
	metadata: {name: 'web', namespace: 'shop'},
	spec: {targetRef: {apiVersion: 'apps/v1', kind: 'Deployment', name: 'web'}, analysis, ...spec},
	status: {phase: 'Progressing', canaryWeight: 20, failedChecks: 1, iterations: 0, lastAppliedSpec: 'abc', ...status},
});
const target: KubeObject = {apiVersion: 'apps/v1', kind: 'Deployment', metadata: {name: 'web', namespace: 'shop', generation: 7}};
const patchesOf = (object: KubeObject, verb: Verb) =>
	flaggerControl(object, target, verb).steps.map(({writes}) => writes.map(write => (write.op === 'patch' ? write.patch : write.op)));

describe('what a verb writes', () => {
	test.each([
		['pause', canary(), 'pause', [[{spec: {suspend: true}}]]],
		['resume', canary({}, {suspend: true}), 'resume', [[{spec: {suspend: false}}]]],
		[
			'promote fully, and analyse later versions again',
			canary(),
			'promote-full',
			[[{spec: {skipAnalysis: true}}], [{spec: {skipAnalysis: false}}]],
		],
		[
			'promote fully what is suspended',
			canary({}, {suspend: true, skipAnalysis: true}),
			'promote-full',
			[[{spec: {skipAnalysis: true, suspend: false}}]],
		],
		[
			'retry',
			canary({phase: 'Failed'}),
			'retry',
			[[{spec: {template: {metadata: {annotations: {'mkcoa.dev/retried-for-generation': '8'}}}}}]],
		],
		['promote fully where nothing is under way', canary({phase: 'Succeeded'}), 'promote-full', []],
		['pause what is suspended', canary({}, {suspend: true}), 'pause', []],
	] as const)('%s', (_, object, verb, expected) => {
		expect(patchesOf(object, verb)).toEqual(expected);
	});
});

describe('what no field of a Canary does is refused with what does', () => {
	const gates = {
		webhooks: [
			{type: 'confirm-promotion', name: 'lead', url: 'http://gate.test/gate/check'},
			{type: 'rollout', name: 'load', url: 'x'},
		],
	};
	test.each([
		[
			'promote',
			canary(),
			'not-possible',
			/Flagger goes on by itself: a promotion takes at least 5 min/,
			/^Promote it without further analysis: .*--full$/,
		],
		[
			'promote',
			canary({}, {analysis: {...analysis, ...gates}}),
			'not-possible',
			/confirm-promotion lead at http:\/\/gate\.test\/gate\/check$/,
			/^Open the gate where it is, or promote it/,
		],
		['abort', canary(), 'not-possible', /failed checks or by a rollback gate/, /deploy rollback canary\/web -n shop/],
		['retry', canary(), 'not-now', /Progressing, not Failed/, /deploy status/],
	] as const)('%s', (verb, object, code, why, next) => {
		expect(() => flaggerControl(object, target, verb)).toThrow(
			expect.objectContaining({
				trouble: expect.objectContaining({code, why: expect.stringMatching(why), next: expect.stringMatching(next)}),
			}),
		);
	});
});

test.each([
	[analysis, 'a promotion takes at least 5 min: 5 intervals of 1 min; it takes a bad one back after 5 failed checks, 5 min'],
	[
		{interval: '30s', threshold: 1, iterations: 10},
		'a promotion takes at least 5 min: 10 intervals of 30 s; it takes a bad one back after 1 failed check, 30 s',
	],
	[
		{interval: '1s', stepWeights: [1, 2, 10, 80]},
		'a promotion takes at least 40 s: 4 intervals of 10 s; it takes a bad one back after 1 failed check, 10 s',
	],
] as const)('how long Flagger takes is told: %j', (told, expected) => {
	expect(flaggerTimes(canary({}, {analysis: told}))).toBe(expected);
});

describe('how far it is', () => {
	test.each([
		['an analysis', canary(), {state: 'rolling-out', waits: false, weight: 20, step: {index: 2, of: 5, title: 'weight 20 %'}}],
		['a gate', canary({phase: 'WaitingPromotion'}), {state: 'paused', waits: true}],
		['a suspended one', canary({}, {suspend: true}), {state: 'paused', waits: true}],
		[
			'a failed one',
			canary({phase: 'Failed', conditions: [{type: 'Promoted', message: 'failed'}]}),
			{state: 'degraded', message: 'failed'},
		],
		['rounds without weights', canary({iterations: 3}, {analysis: {iterations: 10}}), {step: {index: 3, of: 10, title: 'check 3'}}],
		['nothing under way', canary({phase: 'Succeeded', failedChecks: 0}), {state: 'healthy', waits: false, facts: []}],
		[
			'an analysis that somebody left switched off',
			canary({phase: 'Succeeded', failedChecks: 0}, {skipAnalysis: true}),
			{facts: ['skipAnalysis is set: new versions are promoted without a look']},
		],
	] as const)('%s', (_, object, expected) => {
		expect(flaggerProgress(object)).toMatchObject(expected);
	});
});
