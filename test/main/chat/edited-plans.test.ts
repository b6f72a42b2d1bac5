import {expect, test} from 'vitest';
import type {ChatEvent} from '../../../src/core/chat-event.ts';
import {editedPlans} from '../../../src/main/chat/edited-plans.ts';
import {samplePlan} from '../../../src/tui/sample-plan.ts';

const call = (input: {readonly [key: string]: number}): ChatEvent => ({kind: 'call', id: '1', agent: 'a', tool: samplePlan.tool, input});

test('the inputs of a plan are those of the newest call of its tool', () => {
	const plans = editedPlans();
	const {hear} = plans.listening(() => undefined);
	expect(plans.madeOf(samplePlan)).toBeUndefined();
	hear(call({replicas: 3}));
	hear(call({replicas: 4}));
	expect(plans.madeOf(samplePlan)).toEqual({tool: samplePlan.tool, input: {replicas: 4}, agent: 'a'});
});

test('an edited plan is planned again once', () => {
	const plans = editedPlans();
	const again = {tool: 'workload_scale', input: {replicas: 6}, agent: 'a'};
	plans.edited(again);
	expect([plans.next(), plans.next()]).toEqual([again, undefined]);
});

test('the end of a turn is told when the last change is through, and as what it was', () => {
	const plans = editedPlans();
	const told: string[] = [];
	const {hear, end} = plans.listening(event => told.push(event.kind === 'ended' ? event.reason : event.kind));
	hear({kind: 'understood', text: 'x'});
	hear({kind: 'ended', reason: 'refused'});
	hear(call({}));
	end();
	expect(told).toEqual(['understood', 'call', 'refused']);
});
