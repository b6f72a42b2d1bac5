import {expect, test} from 'vitest';
import {at, mergePatch, post} from '../../servers/questions.ts';
import {itemsOf, namesOf, type Reply, uidOf} from '../reply.ts';
import type {Chapter, Room} from '../room.ts';
import {isGone, shows} from '../shows.ts';
import {job} from '../workloads.ts';

const dayMs = 86_400_000;
const idle = {pod: {schedulerName: 'nobody'}};
/** Midnight of so many days ago, as a time, as the minutes that end a job's name, and as the schedule that comes round to it once a year. */
function midnight(daysAgo: number) {
	const time = new Date(Math.floor(Date.now() / dayMs) * dayMs - daysAgo * dayMs);
	const text = time.toISOString().replace('.000', '');
	return {text, schedule: `0 0 ${time.getUTCDate()} ${time.getUTCMonth() + 1} *`, minutes: String(time.getTime() / 60_000)};
}
const cronJob = (name: string, spec: object) => ({
	apiVersion: 'batch/v1',
	kind: 'CronJob',
	metadata: {name},
	spec: {schedule: '0 0 1 1 *', timeZone: 'Etc/UTC', jobTemplate: {spec: job(name, idle).spec}, ...spec},
});

/** A CronJob that missed its turn at midnight two days ago, is let go, and has made up for it. */
async function overdue({ask, path, eventually}: Room, spec: object = {}) {
	const due = midnight(2);
	const target = path('cronjobs', 'nightly');
	await ask(post(path('cronjobs'), cronJob('nightly', {schedule: due.schedule, suspend: true, ...spec})));
	await ask(mergePatch(`${target}/status`, {status: {lastScheduleTime: midnight(9).text}}));
	await ask(mergePatch(target, {spec: {suspend: false}}));
	const first = `nightly-${due.minutes}`;
	// The controller makes the Job first and writes it down after: whoever changes the CronJob between the two makes it forget that Job.
	await eventually({path: target}, shows({status: {active: [{kind: 'Job', name: first}]}}));
	return {target, first, due};
}
/** Another schedule is looked at when its next turn comes; one that is let go, at once. */
async function reschedule({ask}: Room, target: string, schedule: string) {
	await ask(mergePatch(target, {spec: {schedule, suspend: true}}));
	await ask(mergePatch(target, {spec: {suspend: false}}));
}
const eventsOf = ({path}: Room, name: string) => `${path('events')}?fieldSelector=involvedObject.name%3D${name}`;
const told = (reason: string, message: string) => (reply: Reply) =>
	itemsOf(reply).some(event => at(event, 'reason') === reason && at(event, 'message') === message);

/** Work by the clock, without waiting for it: what was missed is made up for. */
export const cronJobs: Chapter = open => {
	test('a turn that was missed is made up for', async () => {
		const room = await open();
		const {target, first, due} = await overdue(room);
		const uid = uidOf(await room.ask({path: target}));
		expect(await room.ask({path: room.path('jobs', first)})).toMatchObject({
			body: {
				metadata: {
					annotations: {'batch.kubernetes.io/cronjob-scheduled-timestamp': due.text},
					ownerReferences: [{apiVersion: 'batch/v1', kind: 'CronJob', name: 'nightly', uid, controller: true}],
				},
			},
		});
		await room.eventually({path: target}, shows({status: {active: [{kind: 'Job', name: first}], lastScheduleTime: due.text}}));
		await room.eventually({path: eventsOf(room, 'nightly')}, told('SuccessfulCreate', `Created job ${first}`));
	});

	test('with Forbid, a turn is left out while the last one still runs', async () => {
		const room = await open();
		const {target} = await overdue(room, {concurrencyPolicy: 'Forbid'});
		await reschedule(room, target, midnight(1).schedule);
		await room.eventually(
			{path: eventsOf(room, 'nightly')},
			told('JobAlreadyActive', 'Not starting job because prior execution is running and concurrency policy is Forbid'),
		);
		expect(itemsOf(await room.ask({path: room.path('jobs')}))).toHaveLength(1);
	});

	test('with Replace, the next turn ends the last one', async () => {
		const room = await open();
		const {target, first} = await overdue(room, {concurrencyPolicy: 'Replace'});
		const {schedule, minutes} = midnight(1);
		await reschedule(room, target, schedule);
		await room.eventually({path: room.path('jobs', `nightly-${minutes}`)}, ({status}) => status === 200);
		await room.eventually({path: room.path('jobs', first)}, isGone);
	});

	test('with Allow, both run', async () => {
		const room = await open();
		const {target, first} = await overdue(room);
		const {schedule, minutes} = midnight(1);
		await reschedule(room, target, schedule);
		await room.eventually({path: target}, ({body}) => [at(body, 'status', 'active')].flat().length === 2);
		expect(namesOf(await room.ask({path: room.path('jobs')})).toSorted()).toEqual([first, `nightly-${minutes}`].toSorted());
	});

	test('a finished turn is no longer active, and only so many are kept', async () => {
		const room = await open();
		const {ask, path, eventually} = room;
		const {target, first} = await overdue(room, {successfulJobsHistoryLimit: 1});
		const finish = async (name: string) => {
			const pods = `${path('pods')}?labelSelector=job-name%3D${name}`;
			const [pod] = namesOf(await eventually({path: pods}, reply => itemsOf(reply).length === 1));
			await ask(mergePatch(path('pods', String(pod), 'status'), {status: {phase: 'Succeeded'}}));
		};
		await finish(first);
		const {body} = await eventually({path: path('jobs', first)}, reply => at(reply.body, 'status', 'completionTime') !== undefined);
		await eventually({path: target}, shows({status: {active: undefined, lastSuccessfulTime: at(body, 'status', 'completionTime')}}));
		const {schedule, minutes} = midnight(1);
		await reschedule(room, target, schedule);
		await finish(`nightly-${minutes}`);
		await eventually({path: path('jobs', first)}, isGone);
		expect(namesOf(await ask({path: path('jobs')}))).toEqual([`nightly-${minutes}`]);
	});

	test('a suspended one makes nothing of its own', async () => {
		const room = await open();
		const {ask, path} = room;
		await ask(post(path('cronjobs'), cronJob('nightly', {schedule: '* * * * *', suspend: true})));
		await ask(mergePatch(path('cronjobs', 'nightly', 'status'), {status: {lastScheduleTime: midnight(2).text}}));
		await overdue(await open());
		expect(itemsOf(await ask({path: path('jobs')}))).toEqual([]);
	});

	test('a job that somebody else made for it is noticed', async () => {
		const room = await open();
		const {ask, path, eventually} = room;
		const uid = uidOf(await ask(post(path('cronjobs'), cronJob('nightly', {}))));
		const ownerReferences = [{apiVersion: 'batch/v1', kind: 'CronJob', name: 'nightly', uid, controller: true}];
		const annotations = {'cronjob.kubernetes.io/instantiate': 'manual'};
		await ask(post(path('jobs'), {...job('by-hand', idle), metadata: {name: 'by-hand', annotations, ownerReferences}}));
		await eventually(
			{path: eventsOf(room, 'nightly')},
			told('UnexpectedJob', 'Saw a job that the controller did not create or forgot: by-hand'),
		);
	});

	test.each([
		['a schedule', {schedule: 'every night'}, 'spec.schedule: Invalid value: "every night"'],
		['a schedule', {schedule: '61 * * * *'}, 'spec.schedule: Invalid value: "61 * * * *"'],
		['a zone', {timeZone: 'Nowhere/City'}, 'spec.timeZone: Invalid value: "Nowhere/City": unknown time zone Nowhere/City'],
		[
			'a policy',
			{concurrencyPolicy: 'Queue'},
			'spec.concurrencyPolicy: Unsupported value: "Queue": supported values: "Allow", "Forbid", "Replace"',
		],
	])('%s that means nothing is refused: %o', async (_, spec, message) => {
		const {ask, path} = await open();
		expect(await ask(post(path('cronjobs'), cronJob('nightly', spec)))).toMatchObject({
			status: 422,
			body: {reason: 'Invalid', message: expect.stringContaining(message)},
		});
	});
};
