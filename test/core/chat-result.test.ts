import {expect, test} from 'vitest';
import type {ChatEvent, EndReason} from '../../src/core/chat-event.ts';
import {chatResult, exitCodeOfChat} from '../../src/core/chat-result.ts';
import type {Trouble} from '../../src/core/error.ts';
import type {AnyOutcome} from '../../src/core/outcome.ts';
import {planOf} from '../state/samples.ts';

const plan = planOf();
const waiting: AnyOutcome = {kind: 'waiting', tool: 'workload_scale', digest: 'd', plan, id: 'w1'};
const planned: AnyOutcome = {kind: 'planned', tool: 'workload_scale', digest: 'd', plan};
const denied: AnyOutcome = {kind: 'rejected', tool: 'workload_scale', digest: 'd', plan, by: 'policy', feedback: ''};
const read: AnyOutcome = {kind: 'done', tool: 'resource_list', output: {}};
const broken: AnyOutcome = {
	kind: 'failed',
	tool: 'resource_list',
	error: {kind: 'environment', code: 'unreachable', what: 'The cluster is away'},
	done: [],
	undone: [],
	left: [],
};

const called = (outcome: AnyOutcome, agent = 'router', id = '1'): readonly ChatEvent[] => [
	{kind: 'call', id, agent, tool: outcome.tool, input: {}},
	{kind: 'result', id, outcome},
];
const text = (delta: string): ChatEvent => ({kind: 'text', agent: 'router', delta});
const question: ChatEvent = {kind: 'question', question: 'Which?', choices: [{text: 'this', request: 'do this'}]};

const result = (reason: EndReason, events: readonly ChatEvent[], error?: Trouble) =>
	chatResult({reason, events, error, session: 's', textOf: ({kind, tool}) => `${tool} ${kind}`});

test.each<[string, EndReason, readonly ChatEvent[], string, string, number]>([
	['what was said', 'answered', [{kind: 'understood', text: 'u'}, text('a'), text('b')], 'answer', 'ab', 0],
	['what a tool answered', 'answered', called(read), 'answer', 'resource_list done', 0],
	['both, in order', 'answered', [...called(read), text('and')], 'answer', 'resource_list done\n\nand', 0],
	['what a model says of its reads alone', 'answered', [...called(read, 'deploy'), text('so')], 'answer', 'so', 0],
	['a question', 'asked', [question], 'question', 'Which?', 1],
	['a refusal', 'refused', [{kind: 'refused', why: 'No.'}], 'refusal', 'No.', 4],
	['a plan that waits', 'answered', called(waiting), 'plan', 'workload_scale waiting', 8],
	['a plan alone', 'answered', called(planned), 'plan', 'workload_scale planned', 0],
	['a plan beside a question', 'asked', [...called(planned), question], 'plan', 'workload_scale planned\n\nWhich?', 0],
	[
		'plans, of which policy denied one',
		'answered',
		[...called(denied), ...called(waiting, 'router', '2')],
		'plan',
		'workload_scale rejected\n\nworkload_scale waiting',
		4,
	],
	['a tool that failed', 'failed', called(broken), 'failed', 'resource_list failed', 1],
	['a turn that was cancelled', 'cancelled', [{kind: 'note', text: 'Cancelled.'}], 'failed', 'Cancelled.', 2],
])('%s', (_, reason, events, kind, words, code) => {
	const made = result(reason, events);
	expect([made.kind, made.text, exitCodeOfChat(made)]).toEqual([kind, words, code]);
});

test('why nobody could answer is told, and decides the exit code', () => {
	const made = result('failed', [], {kind: 'auth', code: 'model-no-key', what: 'There is no key', next: 'Set one'});
	expect(made).toMatchObject({kind: 'failed', text: 'There is no key. Set one'});
	expect(exitCodeOfChat(made)).toBe(4);
});

test('choices stand with the question that they answer', () =>
	expect(result('asked', [question])).toEqual({
		kind: 'question',
		text: 'Which?',
		understood: '',
		outcomes: [],
		choices: [{text: 'this', request: 'do this'}],
		session: 's',
	}));
