import {expect, test} from 'vitest';
import type {Event} from '../../../src/core/event.ts';
import type {Called} from '../../../src/tui/chat/chat-commands.ts';
import type {CallItem} from '../../../src/tui/chat/chat-item.ts';
import {runningRollout, withRollout} from '../../../src/tui/chat/running-rollout.ts';
import {samplePlan} from '../../../src/tui/sample-plan.ts';
import {chatFrames} from '../../support/chat-frames.ts';

const approved: Event = {kind: 'approved', digest: 'sha256:1', journal: '1f3a'};
const planned = (change: Partial<typeof samplePlan> = {}): Event => ({
	kind: 'planned',
	plan: {...samplePlan, ...change},
	digest: 'sha256:1',
});
const call: CallItem = {kind: 'call', id: '1', agent: 'router', tool: 'deployment_update', input: {}, startedAt: 0, told: []};
const after = (...events: readonly Event[]) => events.reduce(withRollout, call);

test('a call carries a rollout out from the yes to its plan until it ends', () => {
	expect(runningRollout([after(planned())])).toBeUndefined();
	const running = after(planned(), approved);
	expect(runningRollout([running])).toBe('web -n shop');
	expect(runningRollout([{...running, outcome: {kind: 'done', tool: 't', output: null}}])).toBeUndefined();
});

test.each([
	[
		'a StatefulSet is named with its kind',
		planned({input: {kind: 'StatefulSet', name: 'db', namespace: 'shop'}}),
		'statefulset/db -n shop',
	],
	['a tool that rolls nothing out has none', planned({tool: 'workload_scale'}), undefined],
	['a plan that names no workload has none', planned({input: {}}), undefined],
])('%s', (_, event, rollout) => expect(runningRollout([after(event, approved)])).toBe(rollout));

test('Ctrl-R opens the screen of the rollout that goes on, and the request goes on meanwhile', async () => {
	const visited: Called[] = [];
	const chat = chatFrames({
		backend: {
			visit: async called => {
				visited.push(called);
				return undefined;
			},
		},
	});
	await chat.waitForText('Ask');
	await chat.press('ctrl+r');
	expect(chat.screen.text()).toContain('No rollout goes on here: /rollout NAME watches another one');
	await chat.press('update web', 'enter');
	const {emit} = chat.last();
	emit({kind: 'call', id: '1', agent: 'router', tool: 'deployment_update', input: {name: 'web'}});
	emit({kind: 'run', id: '1', event: planned()});
	emit({kind: 'run', id: '1', event: approved});
	await chat.clock.advance(100);
	expect(chat.screen.text()).toContain('Ctrl-C cancels   Ctrl-R watches');
	chat.send('ctrl+r');
	await expect.poll(() => visited).toEqual([{name: 'rollout', argument: 'web -n shop'}]);
	chat.abort();
	await chat.end;
});
