import {conditionOf, withCondition} from '../conditions.ts';
import {type Controller, itself, ownerOf, type Tools} from '../controller.ts';
import type {Condition, Pod} from '../pod-shapes.ts';
import {isActive, isReady} from '../pod-state.ts';
import {putStatus} from '../put-status.ts';
import type {Job} from '../shapes.ts';
import {millis, timestamp} from '../time.ts';
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
	const succeeded = mine.filter(({status}) => status?.phase === 'Succeeded').length;
	const failed = mine.filter(({status}) => status?.phase === 'Failed');
	const active = mine.filter(isActive);
	const started = millis(job.status?.startTime, nowMs);
	const failure = failureOf(job, failed.length + restartsOf(active), nowMs - started);
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
	const room = job.spec.suspend === true ? 0 : Math.min(job.spec.parallelism ?? 1, wanted - succeeded);
	if (pauseMs === 0) grow(tools, job, room - active.length);
	for (const pod of active.slice(Math.max(0, room))) podControl(tools, component).remove(job, pod);
	writeStatus(tools, job, {succeeded, failed: failed.length});
	const deadlineMs = job.spec.activeDeadlineSeconds === undefined ? undefined : started + job.spec.activeDeadlineSeconds * 1000 - nowMs;
	return pauseMs > 0 ? pauseMs : deadlineMs;
}

const restartsOf = (pods: readonly Pod[]) =>
	pods.flatMap(({status}) => status?.containerStatuses ?? []).reduce((total, {restartCount}) => total + restartCount, 0);

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

function grow(tools: Tools, job: Job, count: number) {
	const labels = jobLabels(job);
	for (let made = 0; made < count; made++) {
		const prefix = `${job.metadata.name}-`;
		const pod = podFromTemplate(job, job.spec.template, `${prefix}${tools.suffix(prefix)}`, prefix, {labels});
		if (podControl(tools, component).create(job, pod) !== undefined) return;
	}
}

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
	writeStatus(tools, job, {succeeded, failed: failed + active.length}, conditions, complete);
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
	counts: {readonly succeeded: number; readonly failed: number},
	conditions?: readonly Condition[],
	complete = false,
) {
	const job = world.get('Job', metadata.namespace, metadata.name);
	if (job === undefined) return;
	const active = conditions === undefined ? pods.ownedBy(metadata.uid).filter(isActive) : [];
	putStatus(machine, job, {
		...(conditions === undefined ? {} : {conditions}),
		startTime: job.status?.startTime ?? timestamp(clock.now()),
		...(complete ? {completionTime: timestamp(clock.now())} : {}),
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
