import {expect, test} from 'vitest';
import {at, erase, mergePatch, post} from '../../servers/questions.ts';
import {itemsOf, namesOf, type Reply, uidOf} from '../reply.ts';
import type {Chapter, Room} from '../room.ts';
import {conditionOf, isGone, shows, showsCondition} from '../shows.ts';
import {job} from '../workloads.ts';

/** Pods that nobody places: the case says what becomes of them. */
const idle = {pod: {schedulerName: 'nobody'}};
/** Names of the pods whose end is still to come. */
const waiting = (reply: Reply) =>
	itemsOf(reply)
		.filter(pod => at(pod, 'status', 'phase') === 'Pending')
		.map(pod => String(at(pod, 'metadata', 'name')));

/** Waits until there are so many of them. */
const pending = async ({path, eventually}: Room, count: number) =>
	waiting(await eventually({path: path('pods')}, reply => waiting(reply).length === count));
/** Plays the kubelet: the pod has ended like this. */
const end = ({ask, path}: Room, name: string, phase: 'Succeeded' | 'Failed', exitCode = phase === 'Failed' ? 1 : 0) =>
	ask(
		mergePatch(path('pods', name, 'status'), {
			status: {
				phase,
				containerStatuses: [
					{
						...{name: 'main', image: 'x:1', imageID: '', ready: false, restartCount: 0},
						state: {terminated: {exitCode, reason: phase === 'Failed' ? 'Error' : 'Completed'}},
					},
				],
			},
		}),
	);

/** Work that ends. */
export const jobs: Chapter = open => {
	test('a job runs its pod and completes', async () => {
		const {ask, path, eventually} = await open();
		const uid = uidOf(await ask(post(path('jobs'), job('once'))));
		const {body} = await eventually({path: path('jobs', 'once')}, showsCondition({type: 'Complete', status: 'True'}));
		expect(body).toMatchObject({
			spec: {
				completions: 1,
				parallelism: 1,
				backoffLimit: 6,
				completionMode: 'NonIndexed',
				suspend: false,
				selector: {matchLabels: {'batch.kubernetes.io/controller-uid': uid}},
			},
			status: {succeeded: 1, ready: 0, terminating: 0, startTime: expect.any(String), completionTime: expect.any(String)},
		});
		expect(conditionOf(body, 'Complete')).toMatchObject({
			reason: 'CompletionsReached',
			message: 'Reached expected number of succeeded pods',
		});
		expect(conditionOf(body, 'SuccessCriteriaMet')).toMatchObject({status: 'True', reason: 'CompletionsReached'});
		const [pod] = itemsOf(await ask({path: path('pods')}));
		expect(pod).toMatchObject({
			metadata: {
				name: expect.stringMatching(/^once-[a-z0-9]{5}$/),
				labels: {
					'job-name': 'once',
					'batch.kubernetes.io/job-name': 'once',
					'controller-uid': uid,
					'batch.kubernetes.io/controller-uid': uid,
				},
				ownerReferences: [{kind: 'Job', name: 'once', uid, controller: true}],
			},
			status: {phase: 'Succeeded'},
		});
	});

	test('several completions are done so many at a time', async () => {
		const room = await open();
		await room.ask(post(room.path('jobs'), job('many', {...idle, completions: 3, parallelism: 2})));
		const [first = ''] = await pending(room, 2);
		await end(room, first, 'Succeeded');
		await room.eventually({path: room.path('jobs', 'many')}, shows({status: {active: 2, succeeded: 1}}));
		const [second = ''] = await pending(room, 2);
		await end(room, second, 'Succeeded');
		await room.eventually({path: room.path('jobs', 'many')}, shows({status: {active: 1, succeeded: 2}}));
		const [third = ''] = await pending(room, 1);
		await end(room, third, 'Succeeded');
		await room.eventually({path: room.path('jobs', 'many')}, showsCondition({type: 'Complete', status: 'True'}));
	});

	test('a failed pod is followed by another until the limit, and then the job fails', async () => {
		const room = await open();
		const target = room.path('jobs', 'doomed');
		await room.ask(post(room.path('jobs'), job('doomed', {...idle, backoffLimit: 0})));
		const [first = ''] = await pending(room, 1);
		await end(room, first, 'Failed');
		const {body} = await room.eventually({path: target}, showsCondition({type: 'Failed', status: 'True'}));
		expect(conditionOf(body, 'Failed')).toMatchObject({
			reason: 'BackoffLimitExceeded',
			message: 'Job has reached the specified backoff limit',
		});
		expect(conditionOf(body, 'FailureTarget')).toMatchObject({status: 'True', reason: 'BackoffLimitExceeded'});
		expect(body).toMatchObject({status: {failed: 1}});
		expect(at(body, 'status', 'completionTime')).toBeUndefined();
	});

	test('within the limit a failed pod is replaced', async () => {
		const room = await open();
		await room.ask(post(room.path('jobs'), job('again', {...idle, backoffLimit: 1})));
		const [first = ''] = await pending(room, 1);
		await end(room, first, 'Failed');
		await room.eventually({path: room.path('jobs', 'again')}, shows({status: {failed: 1, active: 1}}));
		const [second = ''] = await pending(room, 1);
		expect(second).not.toBe(first);
		await end(room, second, 'Succeeded');
		const {body} = await room.eventually({path: room.path('jobs', 'again')}, showsCondition({type: 'Complete', status: 'True'}));
		expect(body).toMatchObject({status: {failed: 1, succeeded: 1}});
	});

	test('a suspended job has no pods, and a running one that is suspended loses them', async () => {
		const room = await open();
		const {ask, path, eventually} = room;
		const target = path('jobs', 'later');
		await ask(post(path('jobs'), job('later', {...idle, suspend: true})));
		const {body} = await eventually({path: target}, showsCondition({type: 'Suspended', status: 'True'}));
		expect(conditionOf(body, 'Suspended')).toMatchObject({reason: 'JobSuspended', message: 'Job suspended'});
		expect(at(body, 'status', 'startTime')).toBeUndefined();
		expect(itemsOf(await ask({path: path('pods')}))).toEqual([]);
		await ask(mergePatch(target, {spec: {suspend: false}}));
		await pending(room, 1);
		await eventually({path: target}, showsCondition({type: 'Suspended', status: 'False', reason: 'JobResumed', message: 'Job resumed'}));
		await ask(mergePatch(target, {spec: {suspend: true}}));
		await eventually({path: path('pods')}, shows({items: []}));
		await eventually({path: target}, showsCondition({type: 'Suspended', status: 'True'}));
	});

	test('a job that takes too long is ended', async () => {
		const room = await open();
		await room.ask(post(room.path('jobs'), job('slow', {...idle, activeDeadlineSeconds: 1})));
		const {body} = await room.eventually({path: room.path('jobs', 'slow')}, showsCondition({type: 'Failed', status: 'True'}));
		expect(conditionOf(body, 'Failed')).toMatchObject({
			reason: 'DeadlineExceeded',
			message: 'Job was active longer than specified deadline',
		});
		await room.eventually({path: room.path('pods')}, shows({items: []}));
	});

	test('a finished job goes after its time to live', async () => {
		const room = await open();
		await room.ask(post(room.path('jobs'), job('brief', {...idle, ttlSecondsAfterFinished: 1})));
		const [only = ''] = await pending(room, 1);
		await end(room, only, 'Succeeded');
		await room.eventually({path: room.path('jobs', 'brief')}, isGone);
		await room.eventually({path: room.path('pods')}, shows({items: []}));
	});

	test('the pods of an indexed job have numbers, and each number must succeed', async () => {
		const room = await open();
		const target = room.path('jobs', 'parts');
		await room.ask(post(room.path('jobs'), job('parts', {...idle, completionMode: 'Indexed', completions: 3, parallelism: 3})));
		const names = await pending(room, 3);
		expect(names.map(name => name.slice(0, 'parts-0'.length)).toSorted()).toEqual(['parts-0', 'parts-1', 'parts-2']);
		const last = names.find(name => name.startsWith('parts-2')) ?? '';
		expect(await room.ask({path: room.path('pods', last)})).toMatchObject({
			body: {
				metadata: {
					annotations: {'batch.kubernetes.io/job-completion-index': '2'},
					labels: {'batch.kubernetes.io/job-completion-index': '2'},
				},
				spec: {hostname: 'parts-2', containers: [{env: [{name: 'JOB_COMPLETION_INDEX'}]}]},
			},
		});
		for (const name of names.filter(one => one !== last)) await end(room, name, 'Succeeded');
		await room.eventually({path: target}, shows({status: {succeeded: 2, completedIndexes: '0,1'}}));
		await end(room, last, 'Succeeded');
		await room.eventually({path: target}, shows({status: {succeeded: 3, completedIndexes: '0-2'}}));
	});

	test('a policy may let a job fail at an exit code, without another try', async () => {
		const room = await open();
		const podFailurePolicy = {rules: [{action: 'FailJob', onExitCodes: {containerName: 'main', operator: 'In', values: [42]}}]};
		await room.ask(post(room.path('jobs'), job('strict', {...idle, podFailurePolicy})));
		const [only = ''] = await pending(room, 1);
		await end(room, only, 'Failed', 42);
		const {body} = await room.eventually({path: room.path('jobs', 'strict')}, showsCondition({type: 'Failed', status: 'True'}));
		expect(conditionOf(body, 'Failed')).toMatchObject({
			reason: 'PodFailurePolicy',
			message: `Container main for pod ${room.namespace}/${only} failed with exit code 42 matching FailJob rule at index 0`,
		});
	});

	test('or let a failure not count', async () => {
		const room = await open();
		const podFailurePolicy = {rules: [{action: 'Ignore', onExitCodes: {operator: 'In', values: [42]}}]};
		await room.ask(post(room.path('jobs'), job('mild', {...idle, backoffLimit: 0, podFailurePolicy})));
		const [first = ''] = await pending(room, 1);
		await end(room, first, 'Failed', 42);
		const [second = ''] = await pending(room, 1);
		expect(second).not.toBe(first);
		await end(room, second, 'Succeeded');
		const {body} = await room.eventually({path: room.path('jobs', 'mild')}, showsCondition({type: 'Complete', status: 'True'}));
		expect(at(body, 'status', 'failed')).toBeUndefined();
	});

	test('a job may be done with fewer pods than it has completions', async () => {
		const room = await open();
		await room.ask(post(room.path('jobs'), job('wide', {...idle, completions: 3, parallelism: 3})));
		await pending(room, 3);
		await room.ask(mergePatch(room.path('jobs', 'wide'), {spec: {parallelism: 1}}));
		await room.eventually({path: room.path('jobs', 'wide')}, shows({status: {active: 1}}));
		await pending(room, 1);
	});

	test('what a job would run cannot be changed, and a job restarts nothing for ever', async () => {
		const {ask, path} = await open();
		await ask(post(path('jobs'), job('once', idle)));
		expect(await ask(mergePatch(path('jobs', 'once'), {spec: {template: {spec: {terminationGracePeriodSeconds: 5}}}}))).toMatchObject({
			status: 422,
			body: {message: expect.stringMatching(/^Job.batch "once" is invalid: spec.template: Invalid value: .*: field is immutable$/)},
		});
		expect(await ask(post(path('jobs'), job('always', {pod: {restartPolicy: 'Always'}})))).toMatchObject({
			status: 422,
			body: {message: expect.stringContaining('spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"')},
		});
	});

	test('the pods of a job go with it', async () => {
		const room = await open();
		await room.ask(post(room.path('jobs'), job('once', idle)));
		await pending(room, 1);
		await room.ask(erase(`${room.path('jobs', 'once')}?propagationPolicy=Background`));
		await room.eventually({path: room.path('pods')}, shows({items: []}));
		expect(namesOf(await room.ask({path: room.path('jobs')}))).toEqual([]);
	});
};
