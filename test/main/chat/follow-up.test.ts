import {expect, test} from 'vitest';
import type {ChatEvent} from '../../../src/core/chat-event.ts';
import {routerAgent} from '../../../src/core/chat-result.ts';
import type {AnyOutcome} from '../../../src/core/outcome.ts';
import {followUp} from '../../../src/main/chat/follow-up.ts';
import {undoWanted} from '../../../src/main/chat/undo-turn.ts';
import {sampleDigest as digest, samplePlan as plan} from '../../../src/tui/sample-plan.ts';

const tool = 'workload_scale';
const input = {workload: 'deployment/web', replicas: 5};
const call = (agent: string): Extract<ChatEvent, {kind: 'call'}> => ({kind: 'call', id: '1', agent, tool, input});
const settled = (outcome: AnyOutcome, agent = routerAgent) => [{call: call(agent), outcome}];
const refused = (feedback: string, by: 'person' | 'policy' = 'person'): AnyOutcome => ({
	kind: 'rejected',
	tool,
	digest,
	plan,
	by,
	feedback,
});
const drifted: AnyOutcome = {kind: 'drifted', tool, digest, moved: ['Deployment shop/web moved from generation 3 to 4']};
const done: AnyOutcome = {kind: 'done', tool, output: null, digest, plan, journal: 'j1'};
const request = 'scale web to 5';

test('a change that the cluster moved under is planned anew with the same input, and the review says why', () => {
	expect(followUp(request, settled(drifted))).toMatchObject({
		kind: 'plan',
		again: {tool, input, agent: routerAgent},
		why: 'the plan before was not applied: Deployment shop/web moved from generation 3 to 4',
	});
});

test('a no with words is followed by the request that they mean', () => {
	expect(followUp(request, settled(refused('use 4')))).toEqual({
		kind: 'request',
		request: 'scale web to 4',
		why: 'you refused the plan before: use 4',
	});
});

test.each([
	['a no without words', settled(refused(''))],
	['a no that only says why', settled(refused('not during the sale'))],
	['a no of the policy', settled(refused('use 4', 'policy'))],
	['a no that a model has read', settled(refused('use 4'), 'deploy')],
	['a change that was done', settled(done)],
	['a no behind a change of the same request that was done', [...settled(done), ...settled(refused('use 4'))]],
	['nothing', []],
])('%s is followed by nothing', (_, outcomes) => {
	expect(followUp(request, outcomes)).toBeUndefined();
});

test.each([
	['/undo', ''],
	['/undo 1m8c0y7s3t5q', '1m8c0y7s3t5q'],
	['undo', ''],
	['Undo that.', ''],
	['please undo the last change', ''],
	['take it back', ''],
	['방금 변경을 되돌려줘', ''],
	['undo the scaling of web', undefined],
	['roll web back', undefined],
	['되돌려줘 web을', undefined],
])('%j takes back %j', (said, id) => {
	expect(undoWanted(said)).toBe(id);
});
