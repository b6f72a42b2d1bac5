import {expect, test} from 'vitest';
import {runStory, type Theatre} from '../../../src/commands/demo/run-story.ts';
import {realStage, shopStage} from '../../../src/commands/demo/stages.ts';
import {type DemoCall, type Scene, storyOf} from '../../../src/commands/demo/story.ts';
import type {AnyOutcome} from '../../../src/core/outcome.ts';
import {samplePlan} from '../../../src/tui/sample-plan.ts';

const failed = (tool: string): AnyOutcome => ({
	kind: 'failed',
	tool,
	error: {kind: 'environment', code: 'canary-failed', what: 'Taken back'},
	done: [],
	undone: [],
	left: [],
	digest: 'sha256:1',
	output: {verdict: 'rolled-back'},
});
const done = (tool: string): AnyOutcome => ({
	kind: 'done',
	tool,
	output: {verdict: 'promoted'},
	digest: 'sha256:2',
	journal: `journal of ${tool}`,
});

/** A theatre where every scene ends as the story says, or as `ends` does. */
function theatre(scenes: readonly Scene[], ends: {readonly [scene: string]: AnyOutcome} = {}) {
	const calls: DemoCall[] = [];
	const said: string[] = [];
	let current: Scene | undefined;
	const stage: Theatre = {
		async call(call, review) {
			calls.push(call);
			await review(samplePlan);
			const scene = current?.id ?? '';
			const told = ends[scene];
			if (told !== undefined) return told;
			if (current?.ends === 'drifted') return {kind: 'drifted', tool: call.tool, digest: 'sha256:3', moved: ['ConfigMap moved']};
			return current?.ends === 'failed' ? failed(call.tool) : done(call.tool);
		},
		async colleague(call) {
			said.push(`colleague: ${call.tool}`);
			return done(call.tool);
		},
		review: async () => true,
		async announce(scene) {
			current = scene;
			said.push(scene.id);
		},
		say: text => said.push(text),
		tell: async () => {},
	};
	return {stage, calls, said, play: () => runStory(scenes, stage)};
}

test('plays every scene in order, and hands the journal of one to the scene that takes it back', async () => {
	const {play, calls} = theatre(storyOf(shopStage));
	const played = await play();
	expect(played.map(({scene, kind, asExpected}) => [scene, kind, asExpected])).toEqual([
		['bad-canary', 'failed', true],
		['good-canary', 'done', true],
		['drift', 'drifted', true],
		['plan-again', 'done', true],
		['undo', 'done', true],
	]);
	expect(played.map(({verdict}) => verdict)[0]).toBe('rolled-back');
	expect(calls.at(-1)).toEqual({tool: 'undo', input: {id: 'journal of resource_patch'}});
});

test('the colleague changes the same object while the plan is read', async () => {
	const {play, said} = theatre(storyOf(shopStage));
	const played = await play();
	expect(said.indexOf('colleague: resource_patch')).toBe(said.indexOf('drift') + 2);
	expect(played.find(({scene}) => scene === 'drift')?.meanwhile?.kind).toBe('done');
});

test('a story that goes wrong stops, and still cleans up', async () => {
	const scenes = storyOf(realStage('mkcoa-demo-x'));
	const {play} = theatre(scenes, {'good-canary': failed('deployment_canary')});
	expect((await play()).map(({scene, asExpected}) => [scene, asExpected])).toEqual([
		['prepare', true],
		['bad-canary', true],
		['good-canary', false],
		['clean-up', true],
	]);
});

test('an interrupt ends the story at once, and nothing more is called', async () => {
	const cancelled = {kind: 'environment', code: 'cancelled', what: 'The run was cancelled'} as const;
	const ends = {'bad-canary': {...failed('deployment_canary'), error: cancelled}} as const;
	const {play, calls} = theatre(storyOf(realStage('mkcoa-demo-x')), ends);
	expect((await play()).map(({scene}) => scene)).toEqual(['prepare', 'bad-canary']);
	expect(calls).toHaveLength(2);
});

test('on a real cluster everything happens in the namespace of the story', () => {
	const scenes = storyOf(realStage('mkcoa-demo-x'));
	expect(scenes.map(({id}) => id)).toEqual(['prepare', 'bad-canary', 'good-canary', 'drift', 'plan-again', 'undo', 'clean-up']);
	for (const {call} of scenes.filter(({id}) => !['prepare', 'undo', 'clean-up'].includes(id)))
		expect(call.input.namespace).toBe('mkcoa-demo-x');
});
