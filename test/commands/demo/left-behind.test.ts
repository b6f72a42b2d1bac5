import {expect, test} from 'vitest';
import {leftBehind} from '../../../src/commands/demo/left-behind.ts';
import type {ScenePlayed} from '../../../src/commands/demo/run-story.ts';
import {realStage, shopStage} from '../../../src/commands/demo/stages.ts';

const scene = (id: string, asExpected = true): ScenePlayed => ({
	scene: id,
	title: id,
	asExpected,
	kind: asExpected ? 'done' : 'failed',
	digest: null,
	verdict: null,
	journal: null,
	outcome: {kind: 'done', tool: 'x', output: undefined},
});
const stage = realStage('mkcoa-demo-x');
const remove = 'mkcoa k8s delete namespace mkcoa-demo-x';

test.each<[string, readonly ScenePlayed[], object | undefined]>([
	['the story never began', [], undefined],
	['it cleaned up', [scene('prepare'), scene('clean-up')], undefined],
	['it was interrupted', [scene('prepare'), scene('bad-canary', false)], {object: 'Namespace mkcoa-demo-x', certain: true, remove}],
	['its deletion failed', [scene('prepare'), scene('clean-up', false)], {object: 'Namespace mkcoa-demo-x', certain: true, remove}],
	['it was interrupted while it made the namespace', [scene('prepare', false)], {certain: false, remove}],
])('what is left when %s', (_case, played, expected) => {
	const left = leftBehind(stage, played, {});
	if (expected === undefined) expect(left).toBeUndefined();
	else expect(left).toMatchObject(expected);
});

test('nothing is left on the embedded cluster', () => {
	expect(leftBehind(shopStage, [scene('prepare'), scene('bad-canary', false)], {})).toBeUndefined();
});

test.each([
	[{kubeconfig: '/tmp/real.kubeconfig'}, ' --kubeconfig /tmp/real.kubeconfig'],
	[{context: 'admin@gke_x'}, ' --context admin@gke_x'],
	[{kubeconfig: "it's mine", context: 'a b'}, " --kubeconfig 'it'\\''s mine' --context 'a b'"],
])('the command names the cluster as the person did: %j', (options, flags) => {
	expect(leftBehind(stage, [scene('prepare')], options)?.remove).toBe(`${remove}${flags}`);
});
