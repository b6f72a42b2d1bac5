import type {ServerContext} from '@modelcontextprotocol/server';
import {afterEach, expect, test, vi} from 'vitest';
import {digestOf} from '../../../src/core/plan.ts';
import {askingClient} from '../../../src/mcp/edge/asking-client.ts';
import type {EdgeCall} from '../../../src/mcp/edge/edge-tool.ts';
import {deletionPlan, samplePlan} from '../../../src/tui/sample-plan.ts';

afterEach(() => void vi.useRealTimers());

const target = {context: 'c', cluster: 'https://c', clusterId: 'c', identity: 'dana'};
const made = (plan: typeof samplePlan, tool: string) => {
	const whole = {...plan, version: 1 as const, tool, target} as never;
	return {id: 'p1', digest: digestOf(whole), plan: whole};
};
const waiting = made(samplePlan, 'resource_apply');

const asking = askingClient(new Uint8Array(32).fill(7), context => (context as unknown as {readonly who: string}).who);

/** A call of somebody that brings these answers and this state back. */
const callOf = (who: string, inputResponses?: object, state?: unknown): EdgeCall =>
	({context: {who, mcpReq: {inputResponses, requestState: () => state}}}) as unknown as EdgeCall;
const contextOf = (who: string) => callOf(who).context as ServerContext;

async function asked(question = waiting) {
	const {requestState = '', inputRequests} = await asking.ask(question, callOf('dana'));
	return {state: requestState, form: JSON.stringify(inputRequests)};
}

const yes = {approve: {action: 'accept', content: {decision: 'yes'}}};

test('an answer comes back to the question that was asked, with its plan', async () => {
	const {state, form} = await asked();
	expect(form).toContain(samplePlan.summary);
	const brought = await asking.verify(state, contextOf('dana'));
	expect(asking.answer('resource_apply', callOf('dana', yes, brought))).toMatchObject({
		id: 'p1',
		digest: waiting.digest,
		decision: {kind: 'approve', client: true},
	});
	expect(asking.answer('resource_delete', callOf('dana', yes, brought))).toBeUndefined();
	expect(asking.answer('resource_apply', callOf('dana', yes, undefined))).toBeUndefined();
	expect(asking.answer('resource_apply', callOf('dana', yes, {id: 'p1', digest: 'x'}))).toBeUndefined();
});

test("what is not signed here, was signed for somebody else, or is too old, is no question's state", async () => {
	const {state} = await asked();
	const [version, body = '', mac] = state.split('.');
	const edited = Buffer.from(Buffer.from(body, 'base64url').toString().replace('p1', 'p2')).toString('base64url');
	await expect(asking.verify([version, edited, mac].join('.'), contextOf('dana'))).rejects.toThrow('mac');
	await expect(asking.verify(state, contextOf('eve'))).rejects.toThrow('bind');
	await expect(asking.verify('p1', contextOf('dana'))).rejects.toThrow('malformed');
	const other = askingClient(new Uint8Array(32).fill(8), () => 'dana');
	await expect(other.verify(state, contextOf('dana'))).rejects.toThrow('mac');
	vi.useFakeTimers({now: Date.now() + 601_000});
	await expect(asking.verify(state, contextOf('dana'))).rejects.toThrow('expired');
});

test.each([
	['accepts and says yes', yes.approve, {kind: 'approve', client: true}],
	['accepts and says no', {action: 'accept', content: {decision: 'no', words: 'later'}}, {kind: 'reject', feedback: 'later'}],
	['accepts without a word', {action: 'accept', content: {}}, {kind: 'defer'}],
	['accepts with another word', {action: 'accept', content: {decision: true}}, {kind: 'defer'}],
	['declines', {action: 'decline'}, {kind: 'reject', feedback: ''}],
	['cancels', {action: 'cancel'}, {kind: 'defer'}],
	['brings nothing', undefined, {kind: 'defer'}],
	['brings what a model said', {role: 'assistant', content: {type: 'text', text: 'yes'}}, {kind: 'defer'}],
])('who %s has decided %o', async (_, approve, decision) => {
	const brought = await asking.verify((await asked()).state, contextOf('dana'));
	expect(asking.answer('resource_apply', callOf('dana', {approve}, brought))?.decision).toEqual(decision);
});

test('what cannot be undone wants its name', async () => {
	const question = made(deletionPlan, 'resource_delete');
	const {state, form} = await asked(question);
	const [, name = ''] = /type ([^"\\]+)"/.exec(form) ?? [];
	const brought = await asking.verify(state, contextOf('dana'));
	const typed = (text?: string) =>
		asking.answer('resource_delete', callOf('dana', {approve: {action: 'accept', content: {decision: 'yes', name: text}}}, brought))
			?.decision.kind;
	expect([typed(name), typed(` ${name} `), typed(), typed('it')]).toEqual(['approve', 'approve', 'reject', 'reject']);
});
