import {expect, test} from 'vitest';
import {chatPrinter} from '../../../src/commands/render/chat-printer.ts';
import type {ChatEvent} from '../../../src/core/chat-event.ts';
import type {AnyOutcome} from '../../../src/core/outcome.ts';
import {planOf} from '../../state/samples.ts';
import {bufferStreams, terminal} from '../../support/buffer-streams.ts';

function printed(events: readonly ChatEvent[], text = '', shape: Parameters<typeof bufferStreams>[0] = {}) {
	const {streams, printed: all} = bufferStreams(shape);
	const printer = chatPrinter(streams, {
		quiet: false,
		verbose: true,
		beforePrinting() {},
		textOf: ({tool}) => `table of ${tool}\n`,
		choiceLine: ({text: choice}, number) => `  ${number}. ${choice}`,
	});
	for (const event of events) printer.emit(event);
	printer.end(text);
	return all;
}

const text = (delta: string): ChatEvent => ({kind: 'text', agent: 'deploy', delta});
const read: AnyOutcome = {kind: 'done', tool: 'resource_list', output: {}};
const call = (agent: string): ChatEvent => ({kind: 'call', id: '1', agent, tool: 'resource_list', input: {kind: 'pods'}});
const result = (outcome: AnyOutcome): ChatEvent => ({kind: 'result', id: '1', outcome});

test('an answer in pieces is laid out paragraph by paragraph', () =>
	expect(
		printed([{kind: 'understood', text: 'Why web is down'}, text('**we'), text('b** is down\n\nThe image'), text(' is missing\n')]),
	).toEqual({
		out: 'web is down\n\nThe image is missing\n',
		err: '- Why web is down\n',
	}));

test('what a read of the router answered is the answer, and what a model read is not', () => {
	expect(printed([call('router'), result(read)]).out).toBe('table of resource_list\n');
	expect(printed([call('deploy'), result(read), text('so')]).out).toBe('so\n');
});

test('a plan that waits says how it goes on', () => {
	const {out, err} = printed([result({kind: 'waiting', tool: 'workload_scale', digest: 'sha256:0', plan: planOf(), id: 'w1'})]);
	expect(out).toContain('Scale shop/web to 5 replicas');
	expect(err).toContain('Review it with: mkcoa approve w1');
});

test('a question stands with its choices, at any width', () => {
	const question: ChatEvent = {
		kind: 'question',
		question: 'Which of the two deployments is meant here?',
		choices: [{text: 'this', request: ''}],
	};
	expect(printed([question], '', terminal(24)).out).toBe('Which of the two\ndeployments is meant\nhere?\n  1. this\n');
});

test('what nobody said is told at the end, and never twice', () => {
	expect(printed([], 'The cluster is away').out).toBe('The cluster is away\n');
	expect(printed([text('said\n')], 'said').out).toBe('said\n');
	expect(printed([{kind: 'refused', why: 'No.'}], 'No.').out).toBe('No.\n');
});

test('nothing that a terminal would obey is printed', () =>
	expect(printed([text('a\u001b[2Jb\u202ec'), {kind: 'refused', why: 'x\u001b]0;t\u0007y'}]).out).toBe('abc\nxy\n'));
