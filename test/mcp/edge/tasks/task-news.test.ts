import {expect, test} from 'vitest';
import type {DetailedTask} from '../../../../src/mcp/edge/tasks/task.ts';
import {taskNews} from '../../../../src/mcp/edge/tasks/task-news.ts';
import {manualClock} from '../../../support/manual-clock.ts';

const dana = {principal: 'dana', agent: 'x'};
const never = new AbortController().signal;

/** A task of dana's that somebody else moves. */
function world() {
	const clock = manualClock();
	const times = {createdAt: '', ttlMs: null, pollIntervalMs: 1000};
	let task: DetailedTask = {taskId: 't', status: 'working', statusMessage: 'Step 1', lastUpdatedAt: '1', ...times};
	const newsFor = taskNews(({principal}, id) => {
		const found = {see: () => task, answer: () => {}, cancel: () => {}};
		return principal === 'dana' && id === 't' ? found : undefined;
	}, clock);
	const told: string[] = [];
	const hear = ({statusMessage = ''}: DetailedTask) => void told.push(statusMessage);
	const set = (change: object) => {
		task = {...task, ...change} as DetailedTask;
	};
	return {clock, newsFor, told, hear, set};
}

test('a task is told as it is, once for each change, and until it has ended', async () => {
	const {clock, newsFor, told, hear, set} = world();
	const {tell} = await newsFor(dana, ['t']);
	const over = tell(hear, never);
	await clock.advance(3000);
	set({lastUpdatedAt: '2'});
	await clock.advance(1000);
	set({statusMessage: 'Step 2'});
	await clock.advance(1000);
	set({status: 'cancelled', statusMessage: 'Ended'});
	await clock.advance(1000);
	await over;
	expect(told).toEqual(['Step 1', 'Step 2', 'Ended']);
});

test('nothing is told of tasks that are none, or of somebody else', async () => {
	const {newsFor, hear, told} = world();
	expect((await newsFor(dana, ['x', 't', 't'])).ids).toEqual(['t']);
	const others = await newsFor({principal: 'eve', agent: 'x'}, ['t']);
	await others.tell(hear, never);
	expect({ids: others.ids, told}).toEqual({ids: [], told: []});
});

test('a principal hears of so many at a time, and of more when he no longer listens', async () => {
	const {clock, newsFor, hear} = world();
	const stop = new AbortController();
	const all = await Promise.all(Array.from({length: 20}, async () => (await newsFor(dana, ['t'])).tell));
	const over = all.map(tell => tell(hear, stop.signal));
	expect((await newsFor(dana, ['t'])).ids).toEqual([]);
	stop.abort();
	await clock.advance(0);
	await Promise.all(over);
	expect((await newsFor(dana, ['t'])).ids).toEqual(['t']);
});
