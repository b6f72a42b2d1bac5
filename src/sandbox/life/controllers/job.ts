import {conditionOf, withCondition} from '../conditions.ts';
import {type Controller, itself, ownerOf, type Tools} from '../controller.ts';
import type {Condition, Pod} from '../pod-shapes.ts';
import {isActive, isReady} from '../pod-state.ts';
import {putStatus} from '../put-status.ts';
import type {Job} from '../shapes.ts';
import {millis, timestamp} from '../time.ts';
import {judgeFailure} from './job-failure-policy.ts';
import {indexedParts, indexesOf, indexText, isIndexed, missingIndexes} from './job-indexes.ts';
import {podControl} from './pod-control.ts';
import {podFromTemplate} from './pod-from-template.ts';
import {positive} from './replica-set.ts';

const component = 'job-controller';
/** Pause before the pod that follows a failed one, doubling up to the longest. @see DefaultJobPodFailureBackOff */
const firstBackoffMs = 10_000;
const longestBackoffMs = 600_000;

/** Runs pods until enough have succeeded, or too many have failed. */
export function jobController(tools: Tools): Controller {
	const {world} = tools;
	return {
		name: component,
		concerns: {Job: itself, Pod: ownerOf('Job')},
		sync({namespace, name}) {
			const job = world.get('Job', namespace, name);
			if (job === undefined || job.metadata.deletionTimestamp !== undefined) return undefined;
			return isOver(job) ? expire(tools, job) : work(tools, job);
		},
	};
}

const isOver = ({status}: Job) => ['Complete', 'Failed'].some(type => conditionOf(status?.conditions, type)?.status === 'True');

function work(tools: Tools, job: Job): number | undefined {
	const {pods, clock} = tools;
	const nowMs = clock.now();
	const mine = pods.ownedBy(job.metadata.uid);
	const done = mine.filter(({status}) => status?.phase === 'Succeeded');
	const succeeded = isIndexed(job) ? indexesOf(done).length : done.length;
	const failures = mine.filter(({status}) => status?.phase === 'Failed').map(pod => ({pod, ...judgeFailure(job, pod)}));
	const failed = failures.filter(({action}) => action !== 'Ignore').map(({pod}) => pod);
	const active = mine.filter(isActive);
	if (job.spec.suspend === true) return suspend(tools, job, active, {succeeded, failed: failed.length});
	const started = millis(job.status?.startTime, nowMs);
	const fatal = failures.find(({action}) => action === 'FailJob');
	const failure = fatal === undefined ? failureOf(job, failed.length + restartsOf(active), nowMs - started) : failedBy(fatal.message);
	if (failure !== undefined) return finish(tools, job, failure, succeeded, failed.length, active);
	const wanted = job.spec.completions ?? (succeeded > 0 ? succeeded : 1);
	if (succeeded >= wanted && active.length === 0) {
		return finish(
			tools,
			job,
			{type: 'Complete', status: 'True', reason: 'CompletionsReached', message: 'Reached expected number of succeeded pods'},
			succeeded,
			failed.length,
			[],
		);
	}
	const pauseMs = backoffMs(failed, nowMs);
	const room = Math.min(job.spec.parallelism ?? 1, wanted - succeeded);
	if (pauseMs === 0) grow(tools, job, room - active.length, [...done, ...active]);
	for (const pod of active.slice(Math.max(0, room))) podControl(tools, component).remove(job, pod);
	writeStatus(tools, job, {succeeded, failed: failed.length}, resumed(tools, job));
	const deadlineMs = job.spec.activeDeadlineSeconds === undefined ? undefined : started + job.spec.activeDeadlineSeconds * 1000 - nowMs;
	return pauseMs > 0 ? pauseMs : deadlineMs;
}

const restartsOf = (pods: readonly Pod[]) =>
	pods.flatMap(({status}) => status?.containerStatuses ?? []).reduce((total, {restartCount}) => total + restartCount, 0);

const failedBy = (message: string): Condition => ({type: 'Failed', status: 'True', reason: 'PodFailurePolicy', message});

function failureOf(job: Job, failures: number, runMs: number): Condition | undefined {
	if (failures > (job.spec.backoffLimit ?? 6)) {
		return {type: 'Failed', status: 'True', reason: 'BackoffLimitExceeded', message: 'Job has reached the specified backoff limit'};
	}
	if (runMs >= (job.spec.activeDeadlineSeconds ?? Number.POSITIVE_INFINITY) * 1000) {
		return {type: 'Failed', status: 'True', reason: 'DeadlineExceeded', message: 'Job was active longer than specified deadline'};
	}
	return undefined;
}

function backoffMs(failed: readonly Pod[], nowMs: number): number {
	const ends = failed.map(({status, metadata}) =>
		millis(status?.containerStatuses?.[0]?.state.terminated?.finishedAt, millis(metadata.creationTimestamp)),
	);
	if (ends.length === 0) return 0;
	const pause = Math.min(firstBackoffMs * 2 ** (ends.length - 1), longestBackoffMs);
	return Math.max(0, Math.max(...ends) + pause - nowMs);
}

/** @param standing the pods that have a number already */
function grow(tools: Tools, job: Job, count: number, standing: readonly Pod[]) {
	const plain = {prefix: `${job.metadata.name}-`, labels: {}, annotations: {}, template: job.spec.template};
	const parts = isIndexed(job)
		? missingIndexes(job, indexesOf(standing), count).map(index => indexedParts(job, index))
		: Array.from({length: Math.max(0, count)}, () => plain);
	for (const {prefix, labels, annotations, template} of parts) {
		const extra = {labels: {...jobLabels(job), ...labels}, annotations};
		const pod = podFromTemplate(job, template, `${prefix}${tools.suffix(prefix)}`, prefix, extra);
		if (podControl(tools, component).create(job, pod) !== undefined) return;
	}
}

type Counts = {readonly succeeded: number; readonly failed: number};

/** Takes the pods away, and forgets when the job began: its deadline starts anew when it goes on. */
function suspend(tools: Tools, job: Job, active: readonly Pod[], counts: Counts): undefined {
	for (const pod of active) podControl(tools, component).remove(job, pod);
	const isNews = conditionOf(job.status?.conditions, 'Suspended')?.status !== 'True';
	const condition = {type: 'Suspended', status: 'True', reason: 'JobSuspended', message: 'Job suspended'};
	writeStatus(tools, job, counts, withProbeTime(job, condition, tools.clock.now()), 'suspended');
	if (isNews) tools.record(job, {reason: 'Suspended', message: 'Job suspended', component});
	return undefined;
}

/** The conditions of a job that goes on after it was suspended; undefined for others. */
function resumed({clock, record}: Tools, job: Job): readonly Condition[] | undefined {
	if (conditionOf(job.status?.conditions, 'Suspended')?.status !== 'True') return undefined;
	record(job, {reason: 'Resumed', message: 'Job resumed', component});
	return withProbeTime(job, {type: 'Suspended', status: 'False', reason: 'JobResumed', message: 'Job resumed'}, clock.now());
}

const withProbeTime = ({status}: Job, condition: Condition, nowMs: number): readonly Condition[] =>
	withCondition(status?.conditions, condition, nowMs).map(one =>
		one.type === condition.type && one.lastProbeTime === undefined ? {...one, lastProbeTime: timestamp(nowMs)} : one,
	);

const jobLabels = ({metadata}: Job) => ({
	'batch.kubernetes.io/controller-uid': metadata.uid ?? '',
	'batch.kubernetes.io/job-name': metadata.name,
	'controller-uid': metadata.uid ?? '',
	'job-name': metadata.name,
});

function finish(tools: Tools, job: Job, condition: Condition, succeeded: number, failed: number, active: readonly Pod[]) {
	const {record, clock} = tools;
	for (const pod of active) podControl(tools, component).remove(job, pod);
	const complete = condition.type === 'Complete';
	const first: Condition = {...condition, type: complete ? 'SuccessCriteriaMet' : 'FailureTarget'};
	const conditions = [first, condition].reduce<readonly Condition[]>(
		(list, next) => withCondition(list, next, clock.now()).map(one => ({...one, lastProbeTime: timestamp(clock.now())})),
		job.status?.conditions ?? [],
	);
	writeStatus(tools, job, {succeeded, failed: failed + active.length}, conditions, complete ? 'complete' : 'failed');
	record(
		job,
		complete
			? {reason: 'Completed', message: 'Job completed', component}
			: {type: 'Warning', reason: condition.reason ?? '', message: condition.message ?? '', component},
	);
	return job.spec.ttlSecondsAfterFinished === undefined ? undefined : job.spec.ttlSecondsAfterFinished * 1000;
}

function writeStatus(
	{machine, world, pods, clock}: Tools,
	{metadata}: Job,
	counts: Counts,
	conditions: readonly Condition[] | undefined,
	turn: 'running' | 'suspended' | 'complete' | 'failed' = 'running',
) {
	const job = world.get('Job', metadata.namespace, metadata.name);
	if (job === undefined) return;
	const mine = pods.ownedBy(metadata.uid);
	const active = turn === 'running' || turn === 'suspended' ? mine.filter(isActive) : [];
	const done = isIndexed(job) ? indexText(indexesOf(mine.filter(({status}) => status?.phase === 'Succeeded'))) : '';
	const kept = conditions ?? job.status?.conditions;
	putStatus(machine, job, {
		...(kept === undefined ? {} : {conditions: kept}),
		...(turn === 'suspended' ? {} : {startTime: job.status?.startTime ?? timestamp(clock.now())}),
		...(turn === 'complete' ? {completionTime: timestamp(clock.now())} : {}),
		...(done === '' ? {} : {completedIndexes: done}),
		...positive({active: active.length, succeeded: counts.succeeded, failed: counts.failed}),
		terminating: 0,
		uncountedTerminatedPods: {},
		ready: active.filter(isReady).length,
	});
}

function expire({machine, clock}: Tools, {metadata, spec, status}: Job): number | undefined {
	if (spec.ttlSecondsAfterFinished === undefined) return undefined;
	const finished = Math.max(...(status?.conditions ?? []).map(({lastTransitionTime}) => millis(lastTransitionTime)));
	const leftMs = finished + spec.ttlSecondsAfterFinished * 1000 - clock.now();
	if (leftMs > 0) return leftMs;
	machine.remove('Job', metadata.namespace, metadata.name, {propagation: 'Background'});
	return undefined;
}
