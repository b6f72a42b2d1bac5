import type {ServerContext} from '@modelcontextprotocol/server';
import {expect, test} from 'vitest';
import type {Decision} from '../../../../src/core/decision.ts';
import {digestOf} from '../../../../src/core/plan.ts';
import {planAnswer} from '../../../../src/mcp/edge/card/plan-answer.ts';
import {planCards} from '../../../../src/mcp/edge/card/plan-cards.ts';
import type {EdgeCall} from '../../../../src/mcp/edge/edge-tool.ts';
import {deletionPlan, samplePlan} from '../../../../src/tui/sample-plan.ts';
import {manualClock} from '../../../support/manual-clock.ts';

const target = {context: 'c', cluster: 'https://c', clusterId: 'c', identity: 'dana'};
const waitingFor = (plan: typeof samplePlan) => {
	const whole = {...plan, version: 1 as const, tool: 'workload_scale', target} as never;
	return {id: 'p1', digest: digestOf(whole), plan: whole};
};

/** A server around one plan; what became of the answers that it took. */
function serve({secret = 7, scopes = undefined as readonly string[] | undefined, outcome = undefined as Promise<never> | undefined} = {}) {
	const clock = manualClock();
	const cards = planCards({
		secret: new Uint8Array(32).fill(secret),
		principalOf: context => (context as unknown as {readonly who: string}).who,
		now: clock.now,
	});
	const taken: {readonly id: string; readonly digest: string; readonly decision: Decision}[] = [];
	const {promise: begun, resolve: begin} = Promise.withResolvers<void>();
	const tool = planAnswer({
		cards,
		clock,
		closed: new AbortController().signal,
		needsOf: name => (name === 'workload_scale' ? {effect: 'change'} : undefined),
		road: {
			answer: async given => {
				taken.push(given);
				begin();
				return (
					outcome ?? {
						kind: 'failed',
						tool: 'workload_scale',
						error: {kind: 'usage', code: 'x', what: 'Told'},
						done: [],
						undone: [],
						left: [],
					}
				);
			},
		},
	});
	const contextOf = (who: string) => ({who}) as unknown as ServerContext;
	const ticketFor = async (who: string, client: boolean, plan: typeof samplePlan = samplePlan) => {
		const meta = await cards.metaOf(waitingFor(plan), client, contextOf(who));
		return Object(meta['mkcoa/plan']) as {readonly ticket: string; readonly mayApprove: boolean; readonly isWhole: boolean};
	};
	const answer = async (who: string, input: object) => {
		const call = {caller: {principal: who, agent: 'x', scopes}, context: contextOf(who), holdPlace: () => {}} as unknown as EdgeCall;
		return Object(((await tool.call(input as never, call)) as {readonly structuredContent?: object}).structuredContent) as {
			readonly kind: string;
			readonly means: string;
		};
	};
	return {clock, taken, begun, ticketFor, answer};
}

test('a yes counts once, for exactly this plan', async () => {
	const {taken, ticketFor, answer} = serve();
	const {ticket} = await ticketFor('dana', true);
	await Promise.all([answer('dana', {ticket, decision: 'approve'}), answer('dana', {ticket, decision: 'approve'})]);
	expect(taken).toEqual([{id: 'p1', digest: waitingFor(samplePlan).digest, decision: {kind: 'approve', client: true}}]);
	expect(await answer('dana', {ticket, decision: 'reject'})).toMatchObject({
		kind: 'refused',
		means: expect.stringContaining('answered already'),
	});
	expect(taken).toHaveLength(1);
});

test('where policy does not leave it to clients, a yes changes nothing, and a no counts', async () => {
	const {taken, ticketFor, answer} = serve();
	const {ticket, mayApprove} = await ticketFor('dana', false);
	expect(mayApprove).toBe(false);
	expect(await answer('dana', {ticket, decision: 'approve'})).toMatchObject({
		kind: 'waiting',
		means: expect.stringContaining('mkcoa approve p1'),
	});
	expect(taken).toEqual([]);
	await answer('dana', {ticket, decision: 'reject', words: 'later'});
	expect(taken).toMatchObject([{decision: {kind: 'reject', feedback: 'later'}}]);
});

test('a card of somebody else, of another server, edited, or too old is none', async () => {
	const {taken, ticketFor, answer, clock} = serve();
	const {ticket} = await ticketFor('dana', true);
	const [version, body = '', mac] = ticket.split('.');
	const edited = [version, Buffer.from(Buffer.from(body, 'base64url').toString().replace('p1', 'p2')).toString('base64url'), mac].join('.');
	const foreign = (await serve({secret: 8}).ticketFor('dana', true)).ticket;
	const refused = {kind: 'refused', means: expect.stringContaining('too old, or none of yours')};
	expect(await answer('eve', {ticket, decision: 'approve'})).toMatchObject(refused);
	for (const each of [edited, foreign, 'p1', '']) expect(await answer('dana', {ticket: each, decision: 'approve'})).toMatchObject(refused);
	await clock.advance(10 * 60_000 + 1);
	expect(await answer('dana', {ticket, decision: 'approve'})).toMatchObject(refused);
	expect(taken).toEqual([]);
});

test('what cannot be undone wants its name, and goes on waiting without it', async () => {
	const {taken, ticketFor, answer} = serve();
	const {ticket} = await ticketFor('dana', true, deletionPlan);
	for (const name of [undefined, '', 'yes'])
		expect(await answer('dana', {ticket, decision: 'approve', ...(name === undefined ? {} : {name})})).toMatchObject({kind: 'waiting'});
	expect(taken).toEqual([]);
	const {means} = await answer('dana', {ticket, decision: 'approve'});
	const [, name = ''] = /is not (\S+)$/.exec(means) ?? [];
	await answer('dana', {ticket, decision: 'approve', name});
	expect(taken).toHaveLength(1);
});

test('who may not use the tool any more answers nothing', async () => {
	const {ticketFor, answer, taken} = serve({scopes: ['mkcoa:read']});
	const {ticket} = await ticketFor('dana', true);
	expect(await answer('dana', {ticket, decision: 'approve'})).toMatchObject({kind: 'refused'});
	expect(taken).toEqual([]);
});

test.each([
	['nothing', {}],
	['without a ticket', {decision: 'approve'}],
	['with another word', {ticket: 'x', decision: 'yes'}],
	['too long', {ticket: 'x'.repeat(9000), decision: 'approve'}],
])('an answer that is %s is none', async (_, input) => {
	await expect(serve().answer('dana', input)).rejects.toThrow();
});

test('a plan of which not all fits into a card is not approved by it', async () => {
	const {ticketFor} = serve();
	const steps = Array.from({length: 5000}, () => ({title: 'x'.repeat(100), writes: []}));
	expect(await ticketFor('dana', true, {...samplePlan, steps} as never)).toMatchObject({isWhole: false, mayApprove: false});
});

test('a change that takes long is told to run', async () => {
	const {ticketFor, answer, clock, begun} = serve({outcome: new Promise<never>(() => {})});
	const {ticket} = await ticketFor('dana', true);
	const answered = answer('dana', {ticket, decision: 'approve'});
	await begun;
	await clock.advance(20_000);
	expect(await answered).toMatchObject({kind: 'running', id: 'p1'});
});
