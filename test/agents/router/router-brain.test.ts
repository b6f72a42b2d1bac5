import {describe, expect, test} from 'vitest';
import type {Turn} from '../../../src/agents/conversation/brain.ts';
import type {ChatEvent} from '../../../src/agents/conversation/event.ts';
import {routerBrain} from '../../../src/agents/router/router-brain.ts';
import type {AnyOutcome} from '../../../src/core/outcome.ts';
import {samplePlan} from '../../../src/tui/sample-plan.ts';
import {routerWorld, thing} from '../../support/router-world.ts';

const world = routerWorld([
	thing('Node', 'node-1'),
	thing('Node', 'node-2'),
	thing('ConfigMap', 'shop/rates'),
	thing('ConfigMap', 'qa/rates'),
	thing('ConfigMap', 'shop/old'),
]);

async function ask(request: string, {earlier = [], outcome}: {earlier?: readonly Turn[]; outcome?: AnyOutcome} = {}) {
	const events: ChatEvent[] = [];
	const called: string[] = [];
	let next = 0;
	const brain = routerBrain({world: () => world, nowMs: () => 0, callId: () => `call-${++next}`});
	const tools = {
		list: async () => [],
		call: async ({tool, input, onlyShown}: {tool: string; input: unknown; onlyShown?: boolean | undefined}): Promise<AnyOutcome> => {
			called.push(`${tool} ${JSON.stringify(input)}${onlyShown === true ? ' only shown' : ''}`);
			return outcome ?? {kind: 'done', tool, output: {}};
		},
	};
	const reason = await brain.turn({request, earlier}, tools, event => events.push(event), new AbortController().signal);
	return {reason, called, events, kinds: events.map(({kind}) => kind)};
}

describe('the built-in router in a conversation', () => {
	test('says what it understood, then calls in order', async () => {
		const {reason, kinds, called} = await ask('cordon node-1 and node-2');
		expect(kinds).toEqual(['understood', 'call', 'result', 'call', 'result']);
		expect(called).toEqual(['node_cordon {"node":"node-1"}', 'node_cordon {"node":"node-2"}']);
		expect(reason).toBe('answered');
	});

	test('a plan that is only to be shown is never asked about', async () => {
		const {events, called} = await ask('dry run: cordon node-1');
		expect(called).toEqual(['node_cordon {"node":"node-1"} only shown']);
		expect(events[0]).toMatchObject({kind: 'understood', text: expect.stringContaining('nothing is applied')});
	});

	test('a node stays closed until somebody opens it', async () => {
		expect((await ask('No new pods on node-1 until its disk is swapped, please.')).called).toEqual(['node_cordon {"node":"node-1"}']);
	});

	test('a call that fails ends the request', async () => {
		const outcome: AnyOutcome = {
			kind: 'failed',
			tool: 'node_cordon',
			error: {kind: 'environment', code: 'unreachable', what: 'down'},
			done: [],
			undone: [],
			left: [],
		};
		const {reason, called} = await ask('cordon node-1 and node-2', {outcome});
		expect([reason, called.length]).toEqual(['failed', 1]);
	});

	test.each([
		['cordon node-1 and node-2', 'Not begun, because what came before was not approved: node_cordon node=node-2'],
		['node-1 이랑 node-2 코든해줘', '앞의 것이 승인되지 않아서 시작하지 않은 것: node_cordon node=node-2'],
	])('a no names what is left of the request: %s', async (request, text) => {
		const outcome: AnyOutcome = {kind: 'rejected', tool: 'node_cordon', plan: samplePlan, digest: '', by: 'person', feedback: ''};
		const {events, called} = await ask(request, {outcome});
		expect(called).toHaveLength(1);
		expect(events.at(-1)).toEqual({kind: 'note', text});
	});

	test.each([
		['delete configmap rates', 'asked', 'question'],
		['show me the password', 'refused', 'refused'],
	])('%s', async (text, reason, kind) => {
		const answer = await ask(text);
		expect([answer.reason, answer.kinds, answer.called]).toEqual([reason, [kind], []]);
	});

	test('a short answer completes the request that was asked about', async () => {
		const earlier: Turn[] = [{request: 'Delete configmap rates', answer: 'Which one?', reason: 'asked'}];
		expect((await ask('qa', {earlier})).called).toEqual(['resource_delete {"kind":"ConfigMap","name":"rates","namespace":"qa"}']);
		expect((await ask('the one in shop', {earlier})).called).toEqual([
			'resource_delete {"kind":"ConfigMap","name":"rates","namespace":"shop"}',
		]);
	});

	test('"it" is what the turn before was about, unless that would destroy it', async () => {
		const earlier: Turn[] = [{request: 'cordon node-1', answer: '', reason: 'answered'}];
		expect((await ask('uncordon it', {earlier})).called).toEqual(['node_cordon {"node":"node-1","uncordon":true}']);
		expect((await ask('drain it', {earlier})).reason).toBe('asked');
		expect((await ask('delete it', {earlier})).reason).toBe('asked');
	});
});
