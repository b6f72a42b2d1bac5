import {expect, test} from 'vitest';
import type {JournalEntry, PlanAnswer} from '../../../src/core/journal.ts';
import type {AnyOutcome} from '../../../src/core/outcome.ts';
import type {EdgeCall} from '../../../src/mcp/edge/edge-tool.ts';
import {planResult} from '../../../src/mcp/edge/plan-result.ts';
import {planSight} from '../../../src/mcp/edge/plan-sight.ts';
import {manualClock} from '../../support/manual-clock.ts';

const maker = {principal: 'dana', agent: 'claude-code'};
const about = {summary: 'Scale web', namespaces: ['shop']};

/** A plan of dana's, and the run that came of it. */
function world(begin: PlanAnswer | {readonly kind: 'waiting'}) {
	const clock = manualClock();
	let answer = begin;
	let outcome: AnyOutcome | undefined;
	let running = true;
	const told: string[] = [];
	const tool = planResult({
		sight: planSight({
			mayRead: () => true,
			waiting: {answer: async id => (id === 'p1' ? {answer, maker, about, savedAt: '2026-01-01T00:00:00.000Z'} : undefined)},
			journal: {outcome: async () => outcome, entry: async () => ({running}) as unknown as JournalEntry},
		}),
		clock,
	});
	const ask = async (input: object, principal = 'dana') => {
		const call = {caller: {principal, agent: 'x'}, signal: new AbortController().signal, progress: (text: string) => told.push(text)};
		const asked = tool.call({id: 'p1', ...input}, call as unknown as EdgeCall);
		return asked as Promise<{readonly structuredContent: object; readonly content: readonly {readonly text: string}[]}>;
	};
	return {
		clock,
		ask,
		told,
		set: (next: typeof answer) => {
			answer = next;
		},
		end: (next: AnyOutcome) => {
			outcome = next;
		},
		die: () => {
			running = false;
		},
	};
}

const done: AnyOutcome = {kind: 'done', tool: 'workload_scale', output: {replicas: 5}};

test.each([
	[{kind: 'waiting'}, {kind: 'waiting', id: 'p1', means: expect.stringContaining('mkcoa approve p1')}],
	[
		{kind: 'rejected', feedback: 'Not on a Friday'},
		{kind: 'rejected', feedback: 'Not on a Friday'},
	],
	[
		{kind: 'drifted', moved: ['Deployment web is gone']},
		{kind: 'drifted', moved: ['Deployment web is gone']},
	],
	[
		{kind: 'begun', journal: 'j1'},
		{kind: 'running', journal: 'j1'},
	],
] as const)('of a plan that is %o it tells %o', async (answer, told) => {
	expect((await world(answer).ask({})).structuredContent).toMatchObject(told);
});

test('of a run it tells how it ended, or that it died', async () => {
	const run = world({kind: 'begun', journal: 'j1'});
	run.end(done);
	expect((await run.ask({})).structuredContent).toMatchObject({kind: 'done', output: {replicas: 5}, journal: 'j1'});
	const dead = world({kind: 'begun', journal: 'j1'});
	dead.die();
	expect((await dead.ask({})).structuredContent).toMatchObject({kind: 'interrupted', means: expect.stringContaining('mkcoa resume j1')});
});

test('a plan of somebody else is none', async () => {
	const {ask} = world({kind: 'rejected', feedback: 'the launch is secret'});
	const {structuredContent, content} = await ask({}, 'eve');
	expect(structuredContent).toMatchObject({kind: 'unknown'});
	expect(JSON.stringify(content)).not.toContain('launch');
});

test('it waits for an answer as long as it is asked to, and tells that it does', async () => {
	const {ask, clock, set, told} = world({kind: 'waiting'});
	const asked = ask({wait_seconds: 60});
	await clock.advance(30_000);
	set({kind: 'rejected', feedback: 'no'});
	await clock.advance(1000);
	expect((await asked).structuredContent).toMatchObject({kind: 'rejected'});
	expect(told[0]).toBe('Plan p1: waiting');
	const again = world({kind: 'waiting'});
	const over = again.ask({wait_seconds: 1});
	await again.clock.advance(1000);
	expect((await over).structuredContent).toMatchObject({kind: 'waiting'});
});

test.each([{wait_seconds: 301}, {wait_seconds: -1}, {wait_seconds: 'long'}, {id: ''}, {id: 'x'.repeat(101)}])(
	'%o is refused',
	async input => {
		await expect(world({kind: 'waiting'}).ask(input)).rejects.toThrow(/✖/);
	},
);
