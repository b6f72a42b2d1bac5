import {inputRequired, ProtocolError, ProtocolErrorCode} from '@modelcontextprotocol/server';
import {expect, test} from 'vitest';
import {type Clock, sleep} from '../../../../src/core/clock.ts';
import {MkcoaError} from '../../../../src/core/error.ts';
import type {TaskRun} from '../../../../src/mcp/edge/tasks/task-run.ts';
import {type TaskStore, taskStore} from '../../../../src/mcp/edge/tasks/task-store.ts';
import {manualClock} from '../../../support/manual-clock.ts';
import {said} from '../../../support/small-edge.ts';

const minuteMs = 60_000;
const roots = inputRequired.listRoots();

function begin(store: TaskStore, principal: string, run: TaskRun) {
	const task = store.start(principal, run);
	if (task === undefined) throw new Error('No room');
	store.keep({principal}, task);
	return task.see();
}

/** A store of dana's, with one task in it. */
function begun(run: (ways: Parameters<TaskRun>[0], clock: Clock) => ReturnType<TaskRun>) {
	const clock = manualClock();
	const store = taskStore(clock);
	const task = begin(store, 'dana', ways => run(ways, clock));
	const find = (principal = 'dana') => store.find({principal}, task.taskId);
	return {clock, store, task, find, see: () => find()?.see()};
}

/** Runs until somebody cancels it. */
const forever: TaskRun = ({signal}) =>
	new Promise((_, reject) => {
		signal.addEventListener('abort', () => reject(signal.reason));
	});

test('a task works, tells how it goes, and ends with the result of the call', async () => {
	const {clock, task, see} = begun(async ({say, signal}, clock) => {
		say('Step 1\nof 2');
		await sleep(clock, 5000, signal);
		return said('done');
	});
	expect(task).toEqual({
		taskId: expect.stringMatching(/^[\da-f-]{36}$/),
		status: 'working',
		statusMessage: 'Step 1 of 2',
		createdAt: '2026-01-01T00:00:00.000Z',
		lastUpdatedAt: '2026-01-01T00:00:00.000Z',
		ttlMs: 60 * minuteMs,
		pollIntervalMs: 1000,
	});
	await clock.advance(5000);
	expect(see()).toMatchObject({status: 'completed', result: said('done'), lastUpdatedAt: '2026-01-01T00:00:05.000Z'});
});

test("somebody else's task is none", async () => {
	const {find} = begun(forever);
	expect([find('dana') === undefined, find('eve') === undefined]).toEqual([false, true]);
});

test('a task is kept as long as it runs, and an hour longer', async () => {
	const {clock, find, see} = begun(async ({signal}, clock) => {
		await sleep(clock, 120 * minuteMs, signal);
		return said('done');
	});
	await clock.advance(90 * minuteMs);
	expect(see()).toMatchObject({status: 'working', ttlMs: 150 * minuteMs});
	await clock.advance(90 * minuteMs);
	expect(see()).toMatchObject({status: 'completed', ttlMs: 180 * minuteMs});
	await clock.advance(1);
	expect(find()).toBeUndefined();
});

test.each([
	[
		'an error of mkcoa, in its words',
		new MkcoaError({kind: 'environment', code: 'x', what: 'No cluster', next: 'Start it'}),
		{status: 'completed', result: {isError: true, content: [{text: 'No cluster. Start it'}]}},
	],
	[
		'an error of the protocol, as its own',
		new ProtocolError(ProtocolErrorCode.InvalidParams, 'No such field'),
		{status: 'failed', statusMessage: 'No such field', error: {code: -32_602, message: 'No such field'}},
	],
	[
		'any other error, without its message',
		new Error('password=hunter2'),
		{status: 'completed', result: {isError: true, content: [{text: expect.not.stringContaining('hunter2')}]}},
	],
])('a run that throws ends its task with %s', async (_, error, told) => {
	const {clock, see} = begun(() => Promise.reject(error));
	await clock.advance(0);
	expect(see()).toMatchObject(told);
});

test('a run that heeds the cancelling is cancelled, and one that ended well in spite of it has ended well', async () => {
	const heeding = begun(forever);
	const {promise, resolve} = Promise.withResolvers<ReturnType<typeof said>>();
	const heedless = begun(() => promise);
	for (const {find} of [heeding, heedless]) find()?.cancel();
	resolve(said('done'));
	await Promise.all([heeding.clock.advance(0), heedless.clock.advance(0)]);
	expect([heeding.see()?.status, heedless.see()?.status]).toEqual(['cancelled', 'completed']);
});

test('questions stay open until each is answered, under keys that no other question of the task has', async () => {
	const {clock, find, see} = begun(async ({ask}) => {
		const first = await ask({a: roots, b: roots});
		const second = await ask({a: roots});
		return said(JSON.stringify([first, second]));
	});
	const open = () => Object.keys(Object(Object(see()).inputRequests));
	const answer = async (responses: {readonly [key: string]: unknown}) => {
		find()?.answer(responses);
		await clock.advance(0);
	};
	expect([see()?.status, open()]).toEqual(['input_required', ['a-1', 'b-1']]);
	await answer({'a-1': 1, c: 2, a: 3});
	expect([see()?.status, open()]).toEqual(['input_required', ['b-1']]);
	await answer({'a-1': 4, 'b-1': 5});
	expect(open()).toEqual(['a-2']);
	await answer({'a-1': 6, 'b-1': 7});
	expect(open()).toEqual(['a-2']);
	await answer({'a-2': 8});
	expect(see()).toMatchObject({status: 'completed', result: said('[{"a":1,"b":5},{"a":8}]')});
});

test('a question that nobody answers ends its task', async () => {
	const {clock, see} = begun(async ({ask}) => said(JSON.stringify(await ask({a: roots}))));
	await clock.advance(60 * minuteMs);
	expect(see()?.status).toBe('cancelled');
});

test('a task asks nothing once it is cancelled', async () => {
	const {clock, find, see} = begun(async ({ask}, clock) => {
		await sleep(clock, 1000);
		return said(JSON.stringify(await ask({a: roots})));
	});
	find()?.cancel();
	await clock.advance(1000);
	expect(see()?.status).toBe('cancelled');
});

test('of one principal so many tasks run, kept or not and whatever his rights; one more does not begin', async () => {
	const clock = manualClock();
	const store = taskStore(clock);
	const tasks = Array.from({length: 16}, () => store.start('dana', forever));
	for (const task of tasks.slice(8)) if (task !== undefined) store.keep({principal: 'dana', rights: {roles: []}}, task);
	let hasBegun = false;
	const late: TaskRun = async () => {
		hasBegun = true;
		return said('done');
	};
	expect([store.start('dana', late), hasBegun]).toEqual([undefined, false]);
	expect(begin(store, 'eve', forever).status).toBe('working');
	tasks[0]?.stop();
	await clock.advance(0);
	expect(begin(store, 'dana', late).status).toBe('working');
});

test('one principal has so many tasks kept; those that have ended make room, the oldest first', async () => {
	const clock = manualClock();
	const store = taskStore(clock);
	const runs = Array.from({length: 15}, () => begin(store, 'dana', forever));
	const ended: string[] = [];
	for (let index = 0; index < 36; index++) {
		ended.push(begin(store, 'dana', async () => said('done')).taskId);
		await clock.advance(0);
	}
	const isKept = (id: string | undefined) => store.find({principal: 'dana'}, id ?? '') !== undefined;
	expect([isKept(ended[0]), isKept(ended[1]), runs.every(({taskId}) => isKept(taskId))]).toEqual([false, true, true]);
});

test('a store that closes ends what runs', async () => {
	const {promise, resolve} = Promise.withResolvers<string>();
	const {store} = begun(({signal}) => {
		signal.addEventListener('abort', () => resolve('ended'));
		return forever({signal, say: () => {}, ask: async () => ({})});
	});
	store.close();
	expect(await promise).toBe('ended');
});

test('a task is its principal’s no more once his roles are others, and stays his when his scopes grow', async () => {
	const {store, task} = begun(async () => said('seen'));
	const withRoles = {principal: 'dana', rights: {roles: []}};
	expect([store.find(withRoles, task.taskId), store.find({principal: 'dana'}, task.taskId)]).toEqual([undefined, expect.any(Object)]);
});
