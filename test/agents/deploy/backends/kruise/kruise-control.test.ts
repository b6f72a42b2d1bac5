import {describe, expect, test} from 'vitest';
import type {Verb} from '../../../../../src/agents/deploy/backends/control.ts';
import {kruiseControl} from '../../../../../src/agents/deploy/backends/kruise/kruise-control.ts';
import {kruiseProgress} from '../../../../../src/agents/deploy/backends/kruise/kruise-progress.ts';
import type {JsonObject} from '../../../../../src/core/json.ts';
import type {KubeObject} from '../../../../../src/core/kube/kube-object.ts';

const steps = [
	{traffic: '20%', replicas: '50%', pause: {}},
	{replicas: 3, pause: {duration: 60}},
];
const rollout = (status: JsonObject = {}, spec: JsonObject = {}, canaryStatus: JsonObject = {}): KubeObject => ({
	apiVersion: 'rollouts.kruise.io/v1beta1',
	kind: 'Rollout',
	metadata: {name: 'web', namespace: 'shop', generation: 2},
	spec: {strategy: {canary: {steps}}, ...spec},
	status: {
		phase: 'Progressing',
		observedGeneration: 2,
		canaryStatus: {currentStepIndex: 1, currentStepState: 'StepPaused', canaryReplicas: 2, canaryReadyReplicas: 1, ...canaryStatus},
		...status,
	},
});
const patchesOf = (object: KubeObject, verb: Verb) =>
	kruiseControl(object, verb).steps.flatMap(({writes}) => writes.map(write => (write.op === 'patch' ? write.patch : write.op)));
const approval = (key: string, index: number) => [
	{op: 'test', path: `/status/${key}/currentStepIndex`, value: index},
	{op: 'test', path: `/status/${key}/currentStepState`, value: 'StepPaused'},
	{op: 'replace', path: `/status/${key}/currentStepState`, value: 'StepReady'},
];

describe('what a verb writes', () => {
	test.each([
		['promote: only the step that was seen, and only while it is paused', rollout(), 'promote', [approval('canaryStatus', 1)]],
		['resume of a paused step is its approval', rollout(), 'resume', [approval('canaryStatus', 1)]],
		[
			'promote of a blue-green',
			rollout({canaryStatus: null, blueGreenStatus: {currentStepIndex: 2, currentStepState: 'StepPaused'}}),
			'promote',
			[approval('blueGreenStatus', 2)],
		],
		['promote fully', rollout(), 'promote-full', [{spec: {disabled: true}}]],
		['pause', rollout(), 'pause', [{spec: {strategy: {paused: true}}}]],
		['resume', rollout({}, {strategy: {paused: true, canary: {steps}}}), 'resume', [{spec: {strategy: {paused: false}}}]],
		['resume of a disabled one', rollout({phase: 'Disabled'}, {disabled: true}), 'resume', [{spec: {disabled: false}}]],
		['promote where nothing is under way', rollout({phase: 'Healthy'}), 'promote', []],
	] as const)('%s', (_, object, verb, expected) => {
		expect(patchesOf(object, verb)).toEqual(expected);
	});

	test.each([
		['promote of a step that is still under way', rollout({}, {}, {currentStepState: 'StepUpgrade'}), 'promote', 'not-now'],
		['promote of what somebody paused', rollout({}, {strategy: {paused: true, canary: {steps}}}), 'promote', 'not-now'],
		['abort by a field', rollout(), 'abort', 'not-possible'],
		['retry', rollout(), 'retry', 'not-possible'],
	] as const)('%s is refused with what fits', (_, object, verb, code) => {
		expect(() => kruiseControl(object, verb)).toThrow(
			expect.objectContaining({trouble: expect.objectContaining({code, next: expect.stringContaining('mkcoa deploy')})}),
		);
	});
});

describe('how far it is', () => {
	test.each([
		[
			'a step that waits for an approval',
			rollout(),
			{
				state: 'paused',
				waits: true,
				weight: 20,
				step: {index: 1, of: 2, title: 'traffic 20%, pods 50%, then pause until approved'},
				facts: ['1/2 new pods ready'],
			},
		],
		[
			'a pause that ends by itself',
			rollout({}, {}, {currentStepIndex: 2}),
			{state: 'paused', waits: false, step: {index: 2, title: 'pods 3, then pause 60s'}},
		],
		['a change that nobody saw', rollout({observedGeneration: 1}), {state: 'rolling-out'}],
		['nothing under way', rollout({phase: 'Healthy'}), {state: 'healthy', waits: false}],
	] as const)('%s', (_, object, expected) => {
		expect(kruiseProgress(object)).toMatchObject(expected);
	});
});
