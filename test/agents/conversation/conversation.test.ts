import {describe, expect, test} from 'vitest';
import type {Brain, Tools} from '../../../src/agents/conversation/brain.ts';
import {conversation} from '../../../src/agents/conversation/conversation.ts';
import type {ChatEvent} from '../../../src/agents/conversation/event.ts';
import {MkcoaError} from '../../../src/core/error.ts';
import type {AnyOutcome} from '../../../src/core/outcome.ts';
import {samplePlan} from '../../../src/tui/sample-plan.ts';

const noTools: Tools = {list: async () => [], call: () => Promise.reject(new Error('no tool is called here'))};
const brain = (name: string, turn: Brain['turn']): Brain => ({name, turn});
const answers = (text: string) =>
	brain('the built-in router', async (_asked, _tools, emit) => {
		emit({kind: 'text', agent: 'router', delta: text});
		return 'answered';
	});
const down = (before: readonly ChatEvent[] = []) =>
	brain('a model', async (_asked, _tools, emit) => {
		before.forEach(emit);
		throw new MkcoaError({kind: 'environment', code: 'model-unreachable', what: 'The model does not answer', next: 'Try again later'});
	});
const done: AnyOutcome = {kind: 'done', tool: 'workload_scale', output: {}, plan: samplePlan, digest: 'sha256:1', journal: '1f3a'};

function start(brains: readonly [Brain, ...Brain[]], redact = (text: string) => text) {
	const events: ChatEvent[] = [];
	const talk = conversation({brains, tools: noTools, redact});
	const ask = (request: string, signal = new AbortController().signal) => talk.ask({request}, event => void events.push(event), signal);
	return {talk, events, ask};
}

test('a turn ends with its reason, and is kept with what was said', async () => {
	const {ask, events, talk} = start([answers('Three pods run.')]);
	expect(await ask('how many pods run?')).toEqual({request: 'how many pods run?', answer: 'Three pods run.', reason: 'answered'});
	expect(events.at(-1)).toEqual({kind: 'ended', reason: 'answered'});
	expect(talk.turns()).toHaveLength(1);
});

test('what the turn goes on with is told before its end, and kept with it', async () => {
	const {talk, events} = start([answers('Scaled.')]);
	const turn = await talk.ask(
		{request: 'scale web'},
		event => void events.push(event),
		new AbortController().signal,
		async tell => tell({kind: 'result', id: '2', outcome: done}),
	);
	expect(turn).toMatchObject({answer: `Scaled.\n\n${samplePlan.summary}: done, journal 1f3a`, reason: 'answered'});
	expect(events.map(({kind}) => kind)).toEqual(['text', 'result', 'ended']);
});

describe('a brain that cannot go on', () => {
	test('says so, and the next one answers', async () => {
		const {ask, events} = start([down(), answers('Three pods run.')]);
		expect(await ask('how many pods run?')).toMatchObject({answer: 'Three pods run.', reason: 'answered'});
		expect(events[0]).toEqual({
			kind: 'note',
			text: 'The model does not answer. Try again later. This goes on with the built-in router.',
		});
	});

	test('is not followed by another when it has changed something: that would be done twice', async () => {
		const {ask, events} = start([down([{kind: 'result', id: '1', outcome: done}]), answers('again')]);
		expect(await ask('double web')).toMatchObject({answer: '', reason: 'failed'});
		expect(events.at(-2)).toMatchObject({
			kind: 'note',
			text: expect.stringContaining(`Until then: ${samplePlan.summary}: done, journal 1f3a.`),
		});
	});

	test('and is the last one fails', async () => {
		const {ask} = start([down()]);
		expect((await ask('hello')).reason).toBe('failed');
	});

	test('in a way that nobody foresaw ends the turn, not the conversation', async () => {
		const {ask} = start([brain('broken', () => Promise.reject(new Error('undefined is not a function')))]);
		expect((await ask('hello')).reason).toBe('failed');
	});
});

test.each([
	['nothing', [], 'The turn was cancelled. Nothing was changed.'],
	['a change', [done], `The turn was cancelled. Until then: ${samplePlan.summary}: done, journal 1f3a.`],
])('a turn cancelled after %s says what it left', async (_name, outcomes, text) => {
	const stop = new AbortController();
	const {ask, events} = start([
		brain('slow', async (_asked, _tools, emit) => {
			for (const outcome of outcomes) emit({kind: 'result', id: '1', outcome});
			stop.abort();
			throw stop.signal.reason;
		}),
		answers('never asked'),
	]);
	expect((await ask('hello', stop.signal)).reason).toBe('cancelled');
	expect(events.filter(({kind}) => kind === 'note')).toEqual([{kind: 'note', text}]);
});

test('a secret is neither kept of what was said nor told', async () => {
	const {ask, talk, events} = start([answers('It is hunter2-hunter2.')], text => text.replaceAll('hunter2-hunter2', '‹redacted›'));
	await ask('set the password to hunter2-hunter2');
	expect(JSON.stringify([talk.turns(), events])).not.toContain('hunter2');
	expect(talk.turns()[0]?.request).toBe('set the password to ‹redacted›');
});

test('what a brain says steers no terminal, in one piece or in several', async () => {
	const parrot = brain('parrot', async (_asked, _tools, emit) => {
		for (const delta of ['It says \u001b', '[2Jobey', ' \u202enow\u200b']) emit({kind: 'text', agent: 'parrot', delta});
		emit({kind: 'note', text: '\u001b[31mred'});
		return 'answered';
	});
	const {ask, events} = start([parrot]);
	expect((await ask('hello')).answer).toBe('It says [2Jobey now');
	expect(events).toContainEqual({kind: 'note', text: 'red'});
});

test('a request in which a secret was hidden is not carried out: the value is asked for', async () => {
	const {ask, events} = start([answers('never asked')]);
	expect((await ask('create secret db with password ‹redacted›')).reason).toBe('asked');
	expect(events[0]).toMatchObject({kind: 'question', question: expect.stringContaining('Type the request with the value')});
});

test('a brain is told the turns before', async () => {
	const counts: number[] = [];
	const {ask} = start([
		brain('counter', async ({earlier}) => {
			counts.push(earlier.length);
			return 'answered';
		}),
	]);
	await ask('one');
	await ask('two');
	expect(counts).toEqual([0, 1]);
});
