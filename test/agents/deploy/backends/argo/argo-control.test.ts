import {describe, expect, test} from 'vitest';
import {argoAction} from '../../../../../src/agents/deploy/backends/argo/argo-action.ts';
import {argoControl} from '../../../../../src/agents/deploy/backends/argo/argo-control.ts';
import {scaleLints} from '../../../../../src/agents/deploy/backends/argo/argo-lints.ts';
import {argoProgress} from '../../../../../src/agents/deploy/backends/argo/argo-progress.ts';
import type {Verb} from '../../../../../src/agents/deploy/backends/control.ts';
import type {JsonObject} from '../../../../../src/core/json.ts';
import type {KubeObject} from '../../../../../src/core/kube/kube-object.ts';

const steps = [{setWeight: 25}, {pause: {}}, {setWeight: 50}, {pause: {duration: '1h'}}];
const canary = {canary: {steps}};
const held = {
	phase: 'Paused',
	controllerPause: true,
	currentPodHash: 'new',
	stableRS: 'old',
	currentStepIndex: 1,
	observedGeneration: '3',
	pauseConditions: [{reason: 'CanaryPauseStep', startTime: '2026-11-01T00:00:00Z'}],
};
const rollout = (status: JsonObject = {}, spec: JsonObject = {}): KubeObject => ({
	apiVersion: 'argoproj.io/v1alpha1',
	kind: 'Rollout',
	metadata: {name: 'web', namespace: 'shop', generation: 3},
	spec: {replicas: 4, strategy: canary, ...spec},
	status: {...held, ...status},
});
const patchesOf = (object: KubeObject, verb: Verb, hasStatus = true) =>
	argoControl(object, verb, hasStatus).steps.flatMap(({writes}) => writes.map(write => (write.op === 'patch' ? write.patch : write.op)));
const ofVersion = {op: 'test', path: '/status/currentPodHash', value: 'new'};
const bound = [ofVersion, {op: 'test', path: '/status/currentStepIndex', value: 1}];

describe('what a verb writes', () => {
	test.each([
		['promote past a pause', rollout(), 'promote', [[...bound, {op: 'remove', path: '/status/pauseConditions'}]]],
		[
			'skip a step that waits for nobody',
			rollout({pauseConditions: [], controllerPause: false, phase: 'Progressing'}),
			'skip-step',
			[[...bound, {op: 'add', path: '/status/currentStepIndex', value: 2}]],
		],
		['promote fully', rollout(), 'promote-full', [[ofVersion, {op: 'add', path: '/status/promoteFull', value: true}]]],
		['abort', rollout(), 'abort', [[ofVersion, {op: 'add', path: '/status/abort', value: true}]]],
		['retry', rollout({abort: true}), 'retry', [[ofVersion, {op: 'remove', path: '/status/abort'}]]],
		[
			'retry what an analysis stopped, without its run',
			rollout({abort: true, canary: {weights: {}, currentStepAnalysisRunStatus: {name: 'one', status: 'Failed'}}}),
			'retry',
			[[ofVersion, {op: 'remove', path: '/status/abort'}, {op: 'remove', path: '/status/canary/currentStepAnalysisRunStatus'}]],
		],
		[
			'promote past a pause of blue-green without a step',
			rollout(
				{currentStepIndex: undefined, pauseConditions: [{reason: 'BlueGreenPause'}]},
				{strategy: {blueGreen: {autoPromotionEnabled: false}}},
			),
			'promote',
			[[ofVersion, {op: 'remove', path: '/status/pauseConditions'}]],
		],
		[
			'promote past an analysis that told nothing, and past its step',
			rollout({
				canary: {currentStepAnalysisRunStatus: {name: 'one', status: 'Inconclusive'}},
				pauseConditions: [{reason: 'InconclusiveAnalysisRun'}],
			}),
			'promote',
			[
				[
					...bound,
					{op: 'remove', path: '/status/pauseConditions'},
					{op: 'add', path: '/status/controllerPause', value: false},
					{op: 'add', path: '/status/currentStepIndex', value: 2},
				],
			],
		],
		['pause', rollout(), 'pause', [{spec: {paused: true}}]],
		["resume after a person's pause", rollout({}, {paused: true}), 'resume', [{spec: {paused: false}}]],
		[
			'promote through both pauses, the spec first',
			rollout({}, {paused: true}),
			'promote',
			[{spec: {paused: false}}, [...bound, {op: 'remove', path: '/status/pauseConditions'}]],
		],
	] as const)('%s', (_, object, verb, expected) => {
		expect(patchesOf(object, verb)).toEqual(expected);
	});

	test('goes with the object where the kind has no status subresource', () => {
		expect(patchesOf(rollout(), 'abort', false)).toEqual([{status: {abort: true}}]);
	});
});

describe('a verb that does not fit', () => {
	test.each([
		['promote after an abort', rollout({abort: true}), 'promote', /resume rollouts\.argoproj\.io\/web -n shop --retry/],
		[
			'promote of what waits for nobody',
			rollout({pauseConditions: [], controllerPause: false, phase: 'Progressing'}),
			'promote',
			/deploy promote rollouts\.argoproj\.io\/web -n shop --skip-step/,
		],
		['skip of a step where there are none', rollout({}, {strategy: {blueGreen: {}}}), 'skip-step', /--full/],
		['retry without an abort', rollout(), 'retry', /deploy status/],
		['abort of what is promoted', rollout({stableRS: 'new'}), 'abort', /deploy rollback/],
	] as const)('%s is refused with what fits', (_, object, verb, next) => {
		expect(() => argoControl(object, verb, true)).toThrow(
			expect.objectContaining({trouble: expect.objectContaining({code: 'not-now', next: expect.stringMatching(next)})}),
		);
	});

	test.each([
		['promote of what is promoted', rollout({stableRS: 'new', pauseConditions: []}), 'promote'],
		['a second abort', rollout({abort: true}), 'abort'],
		['a second pause', rollout({}, {paused: true}), 'pause'],
		['promote of a blue-green that is on its way', rollout({pauseConditions: []}, {strategy: {blueGreen: {}}}), 'promote'],
	] as const)('%s has nothing to do', (_, object, verb) => {
		expect(argoControl(object, verb, true).steps).toEqual([]);
	});
});

test('an abort warns that the spec still asks for the new version', () => {
	expect(argoControl(rollout(), 'abort', true).notes).toMatchObject([{id: 'spec-keeps-new-version', severity: 'warning'}]);
});

test('an inconclusive analysis ends its pause and its step at once', () => {
	const object = rollout({canary: {currentStepAnalysisRunStatus: {status: 'Inconclusive'}}});
	expect(argoAction(object, 'promote')).toEqual({status: {status: {pauseConditions: null, controllerPause: false, currentStepIndex: 2}}});
});

describe('how far it is', () => {
	test.each([
		['at a pause without an end', rollout(), {state: 'paused', waits: true, step: {index: 2, of: 4}, weight: 25}],
		['at a pause that ends by itself', rollout({currentStepIndex: 3}), {state: 'paused', waits: false, step: {index: 4}, weight: 50}],
		['before its controller saw the change', rollout({observedGeneration: '2'}), {state: 'rolling-out', waits: false}],
		['on its way out of a pause', rollout({pauseConditions: []}), {state: 'rolling-out', message: 'waiting to go on'}],
		['told to promote fully', rollout({promoteFull: true}), {state: 'rolling-out'}],
		[
			'retried',
			rollout({phase: 'Degraded', message: 'RolloutAborted: x', pauseConditions: [], controllerPause: false}),
			{state: 'rolling-out'},
		],
		['aborted', rollout({phase: 'Degraded', message: 'RolloutAborted: x', abort: true}), {state: 'degraded', weight: 0}],
		[
			'a blue-green before its switch',
			rollout({pauseConditions: [{reason: 'BlueGreenPause'}]}, {strategy: {blueGreen: {autoPromotionEnabled: false}}}),
			{state: 'paused', waits: true, facts: ['holds before the switch']},
		],
	] as const)('%s', (_, object, expected) => {
		expect(argoProgress(object)).toMatchObject(expected);
	});

	test('a change of the workload that it refers to is waited for', () => {
		const workload: KubeObject = {apiVersion: 'apps/v1', kind: 'Deployment', metadata: {name: 'app', generation: 5}};
		expect(argoProgress(rollout({workloadObservedGeneration: '4', phase: 'Healthy'}), workload)).toMatchObject({state: 'rolling-out'});
		expect(argoProgress(rollout({workloadObservedGeneration: '5', phase: 'Healthy'}), workload)).toMatchObject({state: 'healthy'});
	});
});

describe('steps that send much traffic to few pods', () => {
	const routed = (...list: readonly JsonObject[]) =>
		scaleLints(rollout({}, {replicas: 10, strategy: {canary: {steps: list, trafficRouting: {}}}})).map(({text}) => text);

	test('are named with what to do', () => {
		expect(routed({setCanaryScale: {replicas: 1}}, {setWeight: 10}, {setWeight: 90})).toEqual([
			expect.stringMatching(/^Step 3 sends 90 % of the traffic to 1 of 10 pods: .*matchTrafficWeight: true/),
		]);
		expect(routed({setCanaryScale: {weight: 20}}, {setWeight: 40})).toHaveLength(1);
	});

	test.each([
		['pods follow the weight again', [{setCanaryScale: {replicas: 1}}, {setCanaryScale: {matchTrafficWeight: true}}, {setWeight: 90}]],
		['enough pods', [{setCanaryScale: {weight: 50}}, {setWeight: 90}]],
		['no scale', [{setWeight: 90}]],
	] as const)('are not seen where there are none: %s', (_, list) => {
		expect(routed(...list)).toEqual([]);
	});

	test('are not seen without a router: there the weight sets the pods', () => {
		expect(scaleLints(rollout({}, {strategy: {canary: {steps: [{setCanaryScale: {replicas: 1}}, {setWeight: 90}]}}}))).toEqual([]);
	});
});
