import {isSchedule, nextRun} from '../../../../core/cron-schedule.ts';
import {numberAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {isChangedLately, lastWrite, writeText} from '../../../diagnosis/last-write.ts';
import {exchange, merge} from '../../../diagnosis/patch-remedy.ts';
import {isQueued} from '../../../diagnosis/queued-run.ts';

/** Months that have fewer than 31 days, with their last day in every year. */
const lastDays: {readonly [month: string]: number} = {2: 28, FEB: 28, 4: 30, APR: 30, 6: 30, JUN: 30, 9: 30, SEP: 30, 11: 30, NOV: 30};

/** The same schedule on the last day that all of its months have; undefined where one of them has the day. */
function onLastDay(schedule: string): string | undefined {
	const [minute, hour, day, month = '', weekday] = schedule.trim().split(/\s+/);
	const days = month.split(',').map(each => lastDays[each.toUpperCase()] ?? Number.NaN);
	const last = Math.min(...days);
	return Number.isNaN(last) || day === undefined ? undefined : [minute, hour, last, month, weekday].join(' ');
}

/** `0 3 30 2 *`: a day that no year has. */
export function neverComes(job: KubeObject, nowMs: number): readonly Cause[] {
	const schedule = textAt(job, 'spec', 'schedule') ?? '';
	if (!isSchedule(schedule) || nextRun(schedule, nowMs) !== undefined) return [];
	const name = refText(refOf(job));
	const to = onLastDay(schedule);
	return [
		{
			id: 'schedule-never-comes',
			resource: refOf(job),
			path: 'spec.schedule',
			cause: {en: `${name} runs at ${schedule}, a day that never comes`, ko: `${name}의 일정 ${schedule}은(는) 오지 않는 날짜입니다`},
			evidence: [{source: name, detail: `spec.schedule ${schedule}, ${writeText(job)}`}],
			remedies:
				to === undefined
					? []
					: [
							exchange(job, [{path: ['spec', 'schedule'], from: schedule, to}], {
								side: 'workload',
								sure: true,
								amount: to,
								text: {en: `Run ${name} on the last day of that month (${to})`, ko: `${name}를 그 달의 마지막 날에 실행합니다 (${to})`},
							}),
						],
		},
	];
}

/** The CronJob controller looks every ten seconds: who must be started sooner may never be. */
const controllerLooksSeconds = 10;

/** @see the note on startingDeadlineSeconds in https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ */
export function deadlineTooShort(job: KubeObject): readonly Cause[] {
	const seconds = numberAt(job, 'spec', 'startingDeadlineSeconds');
	if (seconds === undefined || seconds >= controllerLooksSeconds) return [];
	const name = refText(refOf(job));
	const to = 100;
	return [
		{
			id: 'start-deadline-too-short',
			resource: refOf(job),
			path: 'spec.startingDeadlineSeconds',
			cause: {
				en: `${name} gives a run up unless it starts within ${seconds} s, and the controller looks only every ${controllerLooksSeconds} s`,
				ko: `${name}는 ${seconds}초 안에 시작하지 못하면 실행을 포기하는데 컨트롤러는 ${controllerLooksSeconds}초마다 확인합니다`,
			},
			evidence: [{source: name, detail: `startingDeadlineSeconds ${seconds}`}],
			remedies: [
				exchange(job, [{path: ['spec', 'startingDeadlineSeconds'], from: seconds, to}], {
					side: 'workload',
					sure: true,
					amount: String(to),
					text: {en: `Give ${name} ${to} s to start a run`, ko: `${name}에 시작할 시간 ${to}초를 줍니다`},
				}),
			],
		},
	];
}

/** So long a Job that was made suspended is told of: then nobody waits for it. */
const mostWaitMs = 24 * 60 * 60_000;

/** Words by which people say that something is meant: a suspended run with a reason is nobody's mistake. */
const isExplained = ({metadata}: KubeObject) =>
	Object.entries(metadata.annotations ?? {}).some(
		([key, value]) =>
			/reason|note|why|suspend|description|ticket|paused/i.test(key) || /suspend|paused|on purpose|maintenance|freeze/i.test(value),
	);

/** It ran, and somebody switched it off within a day: that is told. What was made suspended, or long ago, is meant. */
export function justSuspended(job: KubeObject, nowMs: number): readonly Cause[] {
	// A Job that was made suspended waits for somebody to start it; a CronJob that was is meant to.
	const isSwitchedOff = job.kind === 'Job' ? nowMs - lastWrite(job).atMs < mostWaitMs : isChangedLately(job, nowMs);
	if (valueAt(job, 'spec', 'suspend') !== true || !isSwitchedOff || isExplained(job) || isQueued(job)) return [];
	const name = refText(refOf(job));
	return [
		{
			id: 'suspended',
			resource: refOf(job),
			path: 'spec.suspend',
			severity: 'medium',
			cause: {en: `${name} is suspended: it starts no pods`, ko: `${name}가 일시 중지(suspend)되어 파드를 만들지 않습니다`},
			evidence: [{source: name, detail: `spec.suspend true, ${writeText(job)}`}],
			remedies: [
				merge(job, {spec: {suspend: false}}, {side: 'workload', sure: true, text: {en: `Resume ${name}`, ko: `${name}를 다시 시작합니다`}}),
			],
		},
	];
}
