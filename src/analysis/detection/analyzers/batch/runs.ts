import {nextRun} from '../../../../core/cron-schedule.ts';
import {listAt, numberAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {count} from '../../../../core/text/count.ts';
import type {Cause, Remedy} from '../../../diagnosis/cause.ts';
import {lastWrite, writeText} from '../../../diagnosis/last-write.ts';
import {exchange, operationsOf} from '../../../diagnosis/patch-remedy.ts';
import {inOrder, jobAnew, writeOf} from '../../../diagnosis/writes-remedy.ts';
import type {Survey} from '../../survey.ts';

/** Runs of a CronJob, newest first. */
const runsOf = (cronJob: KubeObject, survey: Survey): readonly KubeObject[] =>
	survey
		.all('Job', cronJob.metadata.namespace)
		.filter(({metadata}) => metadata.ownerReferences?.some(({kind, name}) => kind === 'CronJob' && name === cronJob.metadata.name))
		.toSorted((a, b) => (b.metadata.creationTimestamp ?? '').localeCompare(a.metadata.creationTimestamp ?? '', 'en'));

const isActive = (job: KubeObject) => (numberAt(job, 'status', 'active') ?? 0) > 0;

const startOf = (job: KubeObject) => Date.parse(textAt(job, 'status', 'startTime') ?? job.metadata.creationTimestamp ?? '') || 0;

/** A run that goes on while others fall due: with Forbid they are given up, with Replace it is begun anew each time and never ends. */
export function blockedRuns(cronJob: KubeObject, survey: Survey): readonly Cause[] {
	const policy = textAt(cronJob, 'spec', 'concurrencyPolicy') ?? 'Allow';
	const schedule = textAt(cronJob, 'spec', 'schedule') ?? '';
	const running = policy === 'Forbid' ? runsOf(cronJob, survey).find(isActive) : undefined;
	if (running === undefined) return [];
	const startMs = startOf(running);
	const dueMs = nextRun(schedule, startMs);
	const second = dueMs === undefined ? undefined : nextRun(schedule, dueMs);
	// One that is late by less than a period mostly ends in time for the next but one.
	if (second === undefined || second > survey.nowMs) return [];
	const name = refText(refOf(cronJob));
	const [run, minutes] = [refText(refOf(running)), Math.round((survey.nowMs - startMs) / 60_000)];
	const seconds = Math.max(60, Math.round((second - startMs) / 2000));
	const hasDeadline = numberAt(cronJob, 'spec', 'jobTemplate', 'spec', 'activeDeadlineSeconds') !== undefined;
	return [
		{
			id: 'run-blocks-next',
			resource: refOf(cronJob),
			path: 'spec.jobTemplate.spec.activeDeadlineSeconds',
			hurts: [refOf(running)],
			cause: {
				en: `${run} of ${name} runs since ${count(minutes, 'minute')} and does not end; with concurrencyPolicy Forbid no other starts before it`,
				ko: `${name}의 ${run}이(가) ${minutes}분째 끝나지 않아 concurrencyPolicy Forbid 때문에 다음 실행이 시작되지 않습니다`,
			},
			evidence: [
				{source: run, detail: `active since ${new Date(startMs).toISOString()}`},
				{
					source: name,
					detail: `schedule ${schedule}, concurrencyPolicy Forbid, ${hasDeadline ? 'a deadline that is longer' : 'no activeDeadlineSeconds'}`,
				},
			],
			remedies: hasDeadline
				? []
				: [
						// Together with the end of the one that hangs (with-run-writes.ts).
						inOrder([writeOf(cronJob, [{path: ['spec', 'jobTemplate', 'spec', 'activeDeadlineSeconds'], to: seconds}])], {
							side: 'workload',
							sure: false,
							text: {en: `End later runs of ${name} after ${seconds} s`, ko: `${name}의 이후 실행을 ${seconds}초 뒤에 끝냅니다`},
						}),
					],
		},
	];
}

const minuteMs = 60_000;

/** A run was due, its time is over by far, and none was made: nobody tells why but the events. */
export function missedRuns(cronJob: KubeObject, survey: Survey): readonly Cause[] {
	const schedule = textAt(cronJob, 'spec', 'schedule') ?? '';
	if (!survey.isRead('Job', cronJob.metadata.namespace)) return [];
	const lastMs = Math.max(Date.parse(textAt(cronJob, 'status', 'lastScheduleTime') ?? '') || 0, lastWrite(cronJob).atMs);
	const dueMs = nextRun(schedule, lastMs);
	const nextMs = dueMs === undefined ? undefined : nextRun(schedule, dueMs);
	const isLate = nextMs !== undefined && survey.nowMs > nextMs + 5 * minuteMs;
	if (
		valueAt(cronJob, 'spec', 'suspend') === true ||
		textAt(cronJob, 'spec', 'timeZone') !== undefined ||
		!isLate ||
		runsOf(cronJob, survey).some(isActive)
	)
		return [];
	const name = refText(refOf(cronJob));
	const told = survey
		.all('Event', cronJob.metadata.namespace)
		.filter(
			each =>
				textAt(each, 'involvedObject', 'kind') === 'CronJob' &&
				textAt(each, 'involvedObject', 'name') === cronJob.metadata.name &&
				textAt(each, 'type') === 'Warning',
		);
	return [
		{
			id: 'runs-missed',
			resource: refOf(cronJob),
			path: 'spec.schedule',
			cause: {
				en: `${name} should have run at ${new Date(dueMs ?? 0).toISOString()} and again at ${new Date(nextMs).toISOString()}, and did not`,
				ko: `${name}가 ${new Date(dueMs ?? 0).toISOString()}와 ${new Date(nextMs).toISOString()}에 실행되어야 했지만 실행되지 않았습니다`,
			},
			evidence: [
				{source: name, detail: `schedule ${schedule}, lastScheduleTime ${textAt(cronJob, 'status', 'lastScheduleTime') ?? 'never'}`},
				...told.slice(-2).map(each => ({source: 'Event', detail: `${textAt(each, 'reason')}: ${textAt(each, 'message')}`})),
			],
			remedies: [],
			noRemedy: {
				en: 'The controller does not start it: look at its events, and whether the controller manager is well',
				ko: '컨트롤러가 시작하지 않습니다: 이벤트와 컨트롤러 매니저 상태를 확인하세요',
			},
		},
	];
}

/** `parallelism: 0` starts no pod: mostly the way to hold a Job back that somebody forgot. */
export function startsNoPod(object: KubeObject): readonly Cause[] {
	const place = object.kind === 'CronJob' ? ['spec', 'jobTemplate', 'spec'] : ['spec'];
	if (numberAt(object, ...place, 'parallelism') !== 0) return [];
	const name = refText(refOf(object));
	return [
		{
			id: 'run-starts-no-pod',
			resource: refOf(object),
			path: [...place, 'parallelism'].join('.'),
			cause: {
				en: `${name} has parallelism 0: it starts no pod and never ends`,
				ko: `${name}의 parallelism이 0이라 파드를 만들지 않고 끝나지도 않습니다`,
			},
			evidence: [{source: name, detail: `${[...place, 'parallelism'].join('.')} 0, ${writeText(object)}`}],
			remedies: [
				exchange(object, [{path: [...place, 'parallelism'], from: 0, to: 1}], {
					side: 'workload',
					sure: true,
					amount: '1',
					text: {en: `Let ${name} start one pod at a time`, ko: `${name}가 파드를 하나씩 만들게 합니다`},
				}),
			],
		},
	];
}

const failedFor = (job: KubeObject, reason: string) =>
	listAt(job, 'status', 'conditions').find(
		each => textAt(each, 'type') === 'Failed' && textAt(each, 'status') === 'True' && textAt(each, 'reason') === reason,
	);

/** How long the last run that succeeded took, in seconds. */
function usualSeconds(runs: readonly KubeObject[]): number | undefined {
	const done = runs.find(job => textAt(job, 'status', 'completionTime') !== undefined);
	return done === undefined ? undefined : Math.ceil((Date.parse(textAt(done, 'status', 'completionTime') ?? '') - startOf(done)) / 1000);
}

/** Of a Job that ran nothing can be changed any more: it is made anew. How long it takes a person knows better. */
function longerAnew(job: KubeObject, seconds: number): Remedy {
	const name = refText(refOf(job));
	const to = seconds * 4;
	return inOrder(jobAnew(job, operationsOf({path: ['spec', 'activeDeadlineSeconds'], from: seconds, to})), {
		side: 'workload',
		sure: false,
		text: {en: `Run ${name} anew, and give it ${to} s`, ko: `${name}을(를) ${to}초를 주고 다시 실행합니다`},
	});
}

/** A run that its own activeDeadlineSeconds ended. */
export function outOfTime(object: KubeObject, survey: Survey): readonly Cause[] {
	const isCron = object.kind === 'CronJob';
	const runs = isCron ? runsOf(object, survey) : [object];
	const [last] = runs;
	if (last === undefined || failedFor(last, 'DeadlineExceeded') === undefined) return [];
	const place = isCron ? ['spec', 'jobTemplate', 'spec', 'activeDeadlineSeconds'] : ['spec', 'activeDeadlineSeconds'];
	const seconds = numberAt(object, ...place);
	const name = refText(refOf(object));
	const usual = usualSeconds(runs);
	const to = usual === undefined || seconds === undefined ? undefined : Math.max(usual * 2, seconds * 2);
	return [
		{
			id: 'run-out-of-time',
			resource: refOf(object),
			path: place.join('.'),
			hurts: [refOf(last)],
			cause: {
				en: `${refText(refOf(last))} was ended after ${seconds ?? numberAt(last, 'spec', 'activeDeadlineSeconds') ?? 'some'} s (activeDeadlineSeconds) before it was through`,
				ko: `${refText(refOf(last))}이(가) activeDeadlineSeconds ${seconds ?? ''}초를 넘겨 끝나기 전에 종료되었습니다`,
			},
			evidence: [
				{source: refText(refOf(last)), detail: 'condition Failed, DeadlineExceeded'},
				...(usual === undefined ? [] : [{source: name, detail: `a run that succeeded took ${usual} s`}]),
			],
			remedies:
				!isCron && seconds !== undefined
					? [longerAnew(object, seconds)]
					: to === undefined || seconds === undefined
						? []
						: [
								exchange(object, [{path: place, from: seconds, to}], {
									side: 'workload',
									sure: true,
									amount: String(to),
									text: {en: `Give runs of ${name} ${to} s`, ko: `${name}의 실행에 ${to}초를 줍니다`},
								}),
							],
		},
	];
}
