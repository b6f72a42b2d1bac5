import {expect, test} from 'vitest';
import type {AuditRecord, JournalEntry, PlanNews, WaitingPlans} from '../../../../src/core/journal.ts';
import type {EdgeCaller} from '../../../../src/mcp/edge/edge-tool.ts';
import {planSight} from '../../../../src/mcp/edge/plan-sight.ts';
import {planTasks} from '../../../../src/mcp/edge/tasks/plan-tasks.ts';

const maker = {principal: 'dana', agent: 'cursor'};
const dana = {principal: 'dana', agent: 'x'};
const about = {summary: 'Scale web', namespaces: ['shop']};
const day = 24 * 60 * 60_000;
const iso = (ms: number) => new Date(ms).toISOString();

/** A plan of dana's, which somebody may answer in the middle of what happens here. */
function world(
	answer: PlanNews['answer'],
	{running = true, meanwhile, mayRead = true}: {running?: boolean; meanwhile?: PlanNews['answer']; mayRead?: boolean} = {},
) {
	const waits = {answer, maker, about, savedAt: iso(0)};
	const answered = {...waits, answeredAt: iso(day), keptUntil: iso(8 * day)};
	let news: PlanNews | undefined = answer.kind === 'waiting' ? waits : answered;
	const audit: AuditRecord[] = [];
	const read: string[] = [];
	const plan = {...about, steps: [], changes: [], preconditions: [], tool: 'workload_scale', target: {identity: 'alice', context: 'shop'}};
	const waiting: Pick<WaitingPlans, 'answer' | 'find' | 'close'> = {
		answer: async id => (id === '1' ? news : undefined),
		async find(id) {
			read.push(id);
			return {id: '1', plan, digest: 'sha256:1', maker} as unknown as Awaited<ReturnType<WaitingPlans['find']>>;
		},
		async close(_, given) {
			if (news?.answer.kind === 'waiting') news = {...answered, answer: meanwhile ?? given};
		},
	};
	const find = planTasks({
		sight: planSight({
			mayRead: () => mayRead,
			waiting,
			journal: {outcome: async () => undefined, entry: async () => ({running, plan}) as unknown as JournalEntry},
		}),
		waiting,
		audit: {append: async record => void audit.push(record)},
		now: () => 2 * day,
		underWay: async () => 'Step 1 of 2: Scale web',
	});
	const see = async (caller: EdgeCaller = dana) => (await find(caller, 'plan-1'))?.see();
	const cancel = async (caller: EdgeCaller = dana) => (await find(caller, 'plan-1'))?.cancel();
	const forget = () => {
		news = undefined;
	};
	return {find, see, cancel, audit, read, forget};
}

const begun = {kind: 'begun', journal: 'j1'} as const;
const completed = (content: object) => ({status: 'completed', result: {structuredContent: content}});

test.each([
	[
		{kind: 'waiting'},
		{},
		{status: 'working', statusMessage: 'Waits for a person: mkcoa approve 1. Scale web', ttlMs: null, lastUpdatedAt: iso(0)},
	],
	[begun, {}, {status: 'working', statusMessage: 'Step 1 of 2: Scale web', ttlMs: 8 * day, lastUpdatedAt: iso(2 * day)}],
	[begun, {running: false}, completed({kind: 'interrupted', means: expect.stringContaining('mkcoa resume j1')})],
	[{kind: 'rejected', feedback: 'No'}, {}, {...completed({kind: 'rejected', feedback: 'No'}), lastUpdatedAt: iso(day)}],
	[{kind: 'rejected', feedback: '', takenBack: true}, {}, {status: 'cancelled'}],
	[{kind: 'drifted', moved: ['web is gone']}, {}, completed({kind: 'drifted'})],
] as const)('of a plan that is %o (%o) its task tells %o', async (answer, how, told) => {
	expect(await world(answer, how).see()).toMatchObject({taskId: 'plan-1', createdAt: iso(0), ...told});
});

test('it is gone when what came of the plan is forgotten, and was never there for others', async () => {
	const {see, find, forget} = world({kind: 'waiting'});
	expect(await see({principal: 'eve', agent: 'x'})).toBeUndefined();
	expect(await see({...dana, scopes: []})).toBeUndefined();
	expect(await find(dana, '1')).toBeUndefined();
	forget();
	expect(await see()).toBeUndefined();
});

test('a plan that waits is looked at without reading it, which may be millions of characters', async () => {
	const {see, read} = world({kind: 'waiting'});
	expect((await see())?.statusMessage).toContain('Scale web');
	expect(read).toEqual([]);
});

test('cancelling takes a plan back that waits', async () => {
	const {see, cancel, audit} = world({kind: 'waiting'});
	await expect(cancel({...dana, scopes: ['mkcoa:read']})).rejects.toThrow('mkcoa:change');
	expect((await see())?.status).toBe('working');
	await cancel();
	await cancel();
	expect((await see())?.status).toBe('cancelled');
	expect(audit).toEqual([expect.objectContaining({action: 'rejected', digest: 'sha256:1', principal: 'dana', agent: 'cursor'})]);
});

test('a yes that comes before the cancelling counts, and what it began goes on', async () => {
	const {see, cancel, audit} = world({kind: 'waiting'}, {meanwhile: begun});
	await cancel();
	expect(await see()).toMatchObject({
		status: 'working',
		statusMessage: expect.stringMatching(/^Step 1 of 2: Scale web\. .*mkcoa deploy abort/),
	});
	expect(audit).toEqual([]);
});

test.each([
	{kind: 'waiting'},
	begun,
	{kind: 'rejected', feedback: 'Not while billing is down'},
	{kind: 'rejected', feedback: '', takenBack: true},
	{kind: 'drifted', moved: ['web has 5 replicas']},
] as const)('of a plan that is %o and that its maker may not read any more, nothing is told, and it is not taken back', async answer => {
	const {see, cancel, audit} = world(answer, {mayRead: false});
	expect(await see()).toBeUndefined();
	await cancel();
	expect(audit).toEqual([]);
});
