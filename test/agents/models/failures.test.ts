import {describe, expect, test} from 'vitest';
import {wires} from '../../../src/agents/models/endpoint.ts';
import type {ModelEvent} from '../../../src/agents/models/model.ts';
import {MkcoaError} from '../../../src/core/error.ts';
import {manualClock} from '../../support/manual-clock.ts';
import {answerOf, asking} from '../../support/model-servers/converse.ts';
import type {Reply} from '../../support/model-servers/reply.ts';
import {scriptedKey, scriptedModel} from '../../support/model-servers/scripted-model.ts';

const hello = asking([{role: 'user', text: 'hello'}]);
const overload: Reply = {kind: 'overload'};

/** What was told before it failed, and how it failed. */
async function failing(stream: AsyncIterable<ModelEvent>) {
	const events: ModelEvent[] = [];
	try {
		for await (const event of stream) events.push(event);
	} catch (error) {
		return {events, error};
	}
	return {events, error: undefined};
}

const never = new AbortController().signal;

const rows: readonly {
	readonly name: string;
	readonly replies: readonly Reply[];
	readonly code: string;
	readonly kind: string;
	readonly next: RegExp;
}[] = [
	{
		name: 'out of credit',
		replies: [{kind: 'no-credit'}],
		code: 'model-no-credit',
		kind: 'environment',
		next: /Add credit to the account of TEST_API_KEY/,
	},
	{name: 'a refused key', replies: [{kind: 'key-refused'}], code: 'model-key-refused', kind: 'auth', next: /Check TEST_API_KEY/},
	{name: 'an unknown model', replies: [{kind: 'unknown-model'}], code: 'model-unknown', kind: 'usage', next: /--model/},
	{
		name: 'a conversation that is too long',
		replies: [{kind: 'too-long'}],
		code: 'model-too-long',
		kind: 'environment',
		next: /Begin a new one/,
	},
	{name: 'a web page', replies: [{kind: 'html'}], code: 'model-nonsense', kind: 'environment', next: /base URL/},
	{
		name: 'an overload that lasts',
		replies: [overload, overload, overload, overload],
		code: 'model-overloaded',
		kind: 'environment',
		next: /Wait a minute/,
	},
	{
		name: 'a wait that is too long',
		replies: [{kind: 'overload', retryAfterSeconds: 3600}],
		code: 'model-overloaded',
		kind: 'environment',
		next: /Wait/,
	},
];

describe.each(wires)('over the %s wire', wire => {
	test.each(rows)('$name is told in one sentence with a remedy', async ({replies, code, kind, next}) => {
		const {model, server} = await scriptedModel(wire, replies);
		const {events, error} = await failing(model.stream(hello, never));
		expect(error).toBeInstanceOf(MkcoaError);
		expect(error).toMatchObject({trouble: {code, kind, next: expect.stringMatching(next)}});
		expect(JSON.stringify(error)).not.toContain(scriptedKey);
		expect(events.map(event => event.kind)).toEqual(replies.slice(1).map(() => 'retry'));
		expect(server.seen).toHaveLength(replies.length);
	});

	test('an answer that breaks off after its first words is not asked for again', async () => {
		const {model, server} = await scriptedModel(wire, [{kind: 'broken', text: ['Half an ', 'answer']}]);
		const {events, error} = await failing(model.stream(hello, never));
		expect(events).toEqual([
			{kind: 'text', delta: 'Half an '},
			{kind: 'text', delta: 'answer'},
		]);
		expect(error).toMatchObject({trouble: {code: 'model-broken', what: 'The answer of test/scripted broke off'}});
		expect(server.seen).toHaveLength(1);
	});

	test('an overload told inside the stream is waited for like any other', async () => {
		const {model} = await scriptedModel(wire, [{kind: 'overload-inside'}, {kind: 'answer', text: ['Hello']}]);
		expect((await answerOf(model, hello)).map(({kind}) => kind)).toEqual(['retry', 'text', 'usage', 'stop']);
	});

	test('arguments that are no JSON are told as they are', async () => {
		const bad = {id: 'call_a', tool: 'resource_list', input: {}, badly: '{"kind": "pods'};
		const {model} = await scriptedModel(wire, [{kind: 'answer', calls: [bad]}]);
		const [broken, , stop] = await answerOf(model, hello);
		expect(broken).toMatchObject(
			wire === 'gemini' ? {kind: 'broken', tool: 'unknown'} : {kind: 'broken', tool: 'resource_list', text: bad.badly},
		);
		expect(stop).toEqual({kind: 'stop', reason: 'calls'});
	});

	test('an answer that was cut off by its limit says so', async () => {
		const {model} = await scriptedModel(wire, [{kind: 'answer', text: ['To be'], cut: true}]);
		expect((await answerOf(model, hello)).at(-1)).toEqual({kind: 'stop', reason: 'length'});
	});

	test('silence is too slow after the limit of the clock', async () => {
		const clock = manualClock();
		const {model, server} = await scriptedModel(wire, [{kind: 'silent'}], {clock, slowMs: 30_000});
		const told = failing(model.stream(hello, never));
		await expect.poll(() => server.seen.length, {timeout: 10_000}).toBe(1);
		await clock.advance(30_000);
		expect((await told).error).toMatchObject({trouble: {code: 'model-slow', what: 'test/scripted was silent for too long'}});
	});

	test('an answer that gets stuck is too slow as well', async () => {
		const clock = manualClock();
		const {model} = await scriptedModel(wire, [{kind: 'stuck', text: ['Half an ']}], {clock, slowMs: 30_000});
		const stream = model.stream(hello, never)[Symbol.asyncIterator]();
		expect((await stream.next()).value).toEqual({kind: 'text', delta: 'Half an '});
		const rest = stream.next().catch((error: unknown) => error);
		await clock.advance(30_000);
		expect(await rest).toMatchObject({trouble: {code: 'model-slow'}});
	});

	test('a request ends when nobody listens to its answer any more', async () => {
		const {model, server} = await scriptedModel(wire, [{kind: 'stuck', text: ['Half an ']}]);
		for await (const {kind} of model.stream(hello, never)) {
			expect(kind).toBe('text');
			break;
		}
		await expect.poll(server.open, {timeout: 10_000}).toBe(0);
	});

	test('the person can cancel at any moment', async () => {
		const stop = new AbortController();
		const {model, server} = await scriptedModel(wire, [{kind: 'silent'}]);
		const told = failing(model.stream(hello, stop.signal));
		await expect.poll(() => server.seen.length, {timeout: 10_000}).toBe(1);
		stop.abort(new DOMException('stopped', 'AbortError'));
		expect((await told).error).toBe(stop.signal.reason);
	});

	test('a server that is not there is unreachable, at once', async () => {
		const {model, server} = await scriptedModel(wire, []);
		await server.close();
		const {events, error} = await failing(model.stream(hello, never));
		expect(events).toEqual([]);
		expect(error).toMatchObject({trouble: {code: 'model-unreachable', quoted: expect.stringContaining('ECONNREFUSED')}});
	});
});
