import {nextRun} from '../../../core/cron-schedule.ts';
import {conditionOf} from '../conditions.ts';
import {type Controller, itself, ownerOf, type Tools} from '../controller.ts';
import {controllerOf, controllerReference} from '../owners.ts';
import {putStatus} from '../put-status.ts';
import type {CronJob, Job} from '../shapes.ts';
import {millis, timestamp} from '../time.ts';

const component = 'cronjob-controller';

/** Starts a Job at each moment of the schedule and keeps the last few. */
export function cronJobController(tools: Tools): Controller {
	const {world, clock, machine, record} = tools;
	const jobsOf = ({metadata}: CronJob) => world.list('Job', metadata.namespace).filter(job => controllerOf(job)?.uid === metadata.uid);
	return {
		name: component,
		concerns: {CronJob: itself, Job: ownerOf('CronJob')},
		sync({namespace, name}) {
			const cron = world.get('CronJob', namespace, name);
			if (cron === undefined || cron.metadata.deletionTimestamp !== undefined) return undefined;
			prune(tools, cron, jobsOf(cron));
			noteStrangers(tools, cron, jobsOf(cron).filter(isActive));
			if (cron.spec.suspend === true) return undefined;
			const last = millis(cron.status?.lastScheduleTime, millis(cron.metadata.creationTimestamp));
			const dueMs = lastDue(cron.spec.schedule, last, clock.now());
			let lastScheduleTime = cron.status?.lastScheduleTime;
			let started: string | undefined;
			if (dueMs !== undefined && isFree(tools, cron, jobsOf(cron).filter(isActive))) {
				lastScheduleTime = timestamp(dueMs);
				started = machine.create(jobOf(cron, dueMs), 'kube-controller-manager').metadata.name;
				record(cron, {reason: 'SuccessfulCreate', message: `Created job ${started}`, component});
			}
			const own = new Set([started, ...(cron.status?.active ?? []).map(job => job.name)]);
			writeStatus(tools, cron, jobsOf(cron), own, lastScheduleTime);
			const next = nextRun(cron.spec.schedule, clock.now());
			return next === undefined ? undefined : next - clock.now();
		},
	};
}

/** Whether the next job may start beside those that still run; with Replace they end for it. */
function isFree({machine, record}: Tools, cron: CronJob, active: readonly Job[]): boolean {
	if (active.length === 0) return true;
	if (cron.spec.concurrencyPolicy === 'Forbid') {
		const message = 'Not starting job because prior execution is running and concurrency policy is Forbid';
		record(cron, {reason: 'JobAlreadyActive', message, component});
		return false;
	}
	if (cron.spec.concurrencyPolicy !== 'Replace') return true;
	for (const {metadata} of active) {
		machine.remove('Job', metadata.namespace, metadata.name, {propagation: 'Background'});
		record(cron, {reason: 'SuccessfulDelete', message: `Deleted job ${metadata.name}`, component});
	}
	return true;
}

/** Jobs that somebody made by hand in the name of the schedule. */
function noteStrangers({record}: Tools, cron: CronJob, active: readonly Job[]) {
	const own = new Set((cron.status?.active ?? []).map(({name}) => name));
	for (const {metadata} of active.filter(job => !own.has(job.metadata.name))) {
		const message = `Saw a job that the controller did not create or forgot: ${metadata.name}`;
		record(cron, {type: 'Warning', reason: 'UnexpectedJob', message, component});
	}
}

const isActive = ({status}: Job) => !['Complete', 'Failed'].some(type => conditionOf(status?.conditions, type)?.status === 'True');

/** The latest moment of the schedule that has passed since the last run; undefined if none has. */
function lastDue(schedule: string, sinceMs: number, nowMs: number): number | undefined {
	let due: number | undefined;
	for (let next = nextRun(schedule, sinceMs); next !== undefined && next <= nowMs; next = nextRun(schedule, next)) due = next;
	return due;
}

function jobOf(cron: CronJob, dueMs: number) {
	const {metadata, spec} = cron.spec.jobTemplate;
	return {
		apiVersion: 'batch/v1',
		kind: 'Job',
		metadata: {
			name: `${cron.metadata.name}-${Math.floor(dueMs / 60_000)}`,
			namespace: cron.metadata.namespace,
			labels: {...metadata?.labels},
			annotations: {...metadata?.annotations, 'batch.kubernetes.io/cronjob-scheduled-timestamp': timestamp(dueMs)},
			ownerReferences: [controllerReference(cron)],
		},
		spec,
	};
}

function prune({machine, record}: Tools, cron: CronJob, jobs: readonly Job[]) {
	const limits = [
		['Complete', cron.spec.successfulJobsHistoryLimit ?? 3],
		['Failed', cron.spec.failedJobsHistoryLimit ?? 1],
	] as const;
	for (const [type, limit] of limits) {
		const ended = jobs.filter(({status}) => conditionOf(status?.conditions, type)?.status === 'True');
		const oldest = ended.toSorted((a, b) => millis(a.metadata.creationTimestamp) - millis(b.metadata.creationTimestamp));
		for (const {metadata} of oldest.slice(0, Math.max(0, ended.length - limit))) {
			machine.remove('Job', metadata.namespace, metadata.name, {propagation: 'Background'});
			record(cron, {reason: 'SuccessfulDelete', message: `Deleted job ${metadata.name}`, component});
		}
	}
}

/** @param own the jobs that the controller made itself */
function writeStatus(
	{machine, world}: Tools,
	{metadata}: CronJob,
	jobs: readonly Job[],
	own: ReadonlySet<string | undefined>,
	lastScheduleTime: string | undefined,
) {
	const cron = world.get('CronJob', metadata.namespace, metadata.name);
	if (cron === undefined) return;
	const running = jobs.filter(job => isActive(job) && own.has(job.metadata.name));
	const active = running.map(({apiVersion, kind, metadata: {name, namespace, uid, resourceVersion}}) => ({
		apiVersion,
		kind,
		name,
		namespace,
		uid,
		resourceVersion,
	}));
	const succeeded = jobs
		.flatMap(({status}) => (typeof status?.completionTime === 'string' ? [status.completionTime] : []))
		.sort()
		.at(-1);
	putStatus(machine, cron, {
		...(active.length === 0 ? {} : {active}),
		...(lastScheduleTime === undefined ? {} : {lastScheduleTime}),
		...(succeeded === undefined ? {} : {lastSuccessfulTime: succeeded}),
	});
}
