import {expect, test} from 'vitest';
import {type Clock, sleep} from '../../../../src/core/clock.ts';
import type {EdgeCall} from '../../../../src/mcp/edge/edge-tool.ts';
import {asTask} from '../../../../src/mcp/edge/tasks/as-task.ts';
import type {TaskRun} from '../../../../src/mcp/edge/tasks/task-run.ts';
import {taskStore} from '../../../../src/mcp/edge/tasks/task-store.ts';
import {manualClock} from '../../../support/manual-clock.ts';
import {envelope, tasksCapability} from '../../../support/raw-client.ts';
import {said} from '../../../support/small-edge.ts';

/** A call of dana's, whose client can follow tasks, and what came of it. */
function world({inResource = false} = {}) {
	const clock = manualClock();
	const store = taskStore(clock);
	const given = new AbortController();
	const told: string[] = [];
	const held: Promise<unknown>[] = [];
	const call = {
		caller: {principal: 'dana', agent: 'x'},
		context: {mcpReq: {envelope: envelope(tasksCapability)}},
		signal: given.signal,
		progress: (text: string) => told.push(text),
		...(inResource ? {} : {holdPlace: (until: Promise<unknown>) => held.push(until)}),
	} as unknown as EdgeCall;
	const ask = (run: (ways: Parameters<TaskRun>[0], clock: Clock) => ReturnType<TaskRun>, id?: string) =>
		asTask(store, call, ways => run(ways, clock), {patienceMs: 2000, id, goesOn: id === undefined ? undefined : 'It goes on'});
	return {clock, store, told, held, ask, giveUp: () => given.abort(new Error('given up'))};
}

const lasts =
	(ms: number) =>
	async ({say, signal}: Parameters<TaskRun>[0], clock: Clock) => {
		say('Begun');
		await sleep(clock, ms, signal);
		say('Nearly there');
		return said('done');
	};

test('a call that ends soon is answered with its result, and is no task', async () => {
	const {clock, ask, told, held} = world();
	const answer = ask(lasts(1999));
	await clock.advance(1999);
	expect(await answer).toEqual(said('done'));
	expect({told, held}).toEqual({told: ['Begun', 'Nearly there'], held: []});
});

test('one that lasts becomes a task, which holds its place until it has ended and tells what the call told', async () => {
	const {clock, ask, told, held, store} = world();
	const answer = ask(lasts(5000));
	await clock.advance(2000);
	const {taskId, ...task} = await answer;
	expect(task).toMatchObject({resultType: 'task', status: 'working', statusMessage: 'Begun'});
	expect(held).toHaveLength(1);
	await clock.advance(3000);
	await held[0];
	expect(store.find({principal: 'dana'}, String(taskId))?.see()).toMatchObject({
		status: 'completed',
		result: said('done'),
		statusMessage: 'Nearly there',
	});
	// Whoever was answered hears nothing more of the call.
	expect(told).toEqual(['Begun']);
});

test('what is given up before it is a task ends, and afterwards goes on', async () => {
	const early = world();
	const answer = early.ask(lasts(5000));
	early.giveUp();
	await expect(answer).rejects.toThrow('given up');
	const late = world();
	const made = late.ask(lasts(5000));
	await late.clock.advance(2000);
	const {taskId} = await made;
	late.giveUp();
	await late.clock.advance(3000);
	expect(late.store.find({principal: 'dana'}, String(taskId))?.see().status).toBe('completed');
});

test('a task that may not be stopped says why when it is cancelled, and ends when its server does', async () => {
	const {clock, ask, store} = world();
	const made = ask(lasts(60_000), 'plan-1');
	await clock.advance(2000);
	await made;
	const task = store.find({principal: 'dana'}, 'plan-1');
	task?.cancel();
	expect(task?.see()).toMatchObject({status: 'working', statusMessage: 'Begun. It goes on'});
	await store.close();
	expect(task?.see().status).toBe('cancelled');
});

test('of the places of one principal half are left for calls that end at once', async () => {
	const {clock, ask} = world();
	const many = Array.from({length: 16}, () => ask(lasts(60_000)));
	await clock.advance(2000);
	expect((await Promise.all(many)).every(({resultType}) => resultType === 'task')).toBe(true);
	const one = ask(lasts(10_000));
	await clock.advance(10_000);
	expect(await one).toEqual(said('done'));
});

test('calls that begin at once are counted at once: the seventeenth is answered with its result', async () => {
	const {clock, ask, held} = world();
	const many = Array.from({length: 32}, () => ask(lasts(10_000)));
	await clock.advance(10_000);
	expect((await Promise.all(many)).map(({resultType}) => resultType)).toEqual([
		...Array.from({length: 16}, () => 'task'),
		...Array.from({length: 16}, () => undefined),
	]);
	expect(held).toHaveLength(16);
	const next = ask(lasts(10_000));
	await clock.advance(2000);
	expect((await next).resultType).toBe('task');
});

test('a run that does not heed its end holds up the end of the server for a while alone', async () => {
	const {clock, ask, store} = world();
	const made = ask(() => new Promise(() => {}));
	await clock.advance(2000);
	await made;
	const closing = store.close();
	await clock.advance(10_000);
	await closing;
});

test('what a resource tells is waited for, since it can answer no task', async () => {
	const {clock, ask} = world({inResource: true});
	const answer = ask(lasts(5000));
	await clock.advance(5000);
	expect(await answer).toEqual(said('done'));
});
