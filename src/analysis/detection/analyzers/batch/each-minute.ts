import {isSchedule} from '../../../../core/cron-schedule.ts';
import {textAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {lastWrite, writeText} from '../../../diagnosis/last-write.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';

/** One hour of the day, or one in several: a span of hours, such as 9-17, is a time in which something is to run all the while. */
const oneHour = /^(?:\d{1,2}|\*\/(?:[2-9]|1\d|2[0-3]))$/;

/** It says itself that it runs so often. */
const isMeant = ({metadata}: KubeObject) => /minute|continuous|분마다/i.test(JSON.stringify([metadata.name, metadata.annotations ?? {}]));

/** The minute of its last run, as long as that was by an earlier schedule. */
function formerMinute(job: KubeObject): number | undefined {
	const ran = Date.parse(textAt(job, 'status', 'lastScheduleTime') ?? '');
	return Number.isNaN(ran) || ran >= lastWrite(job).atMs ? undefined : new Date(ran).getUTCMinutes();
}

/** `* 3 * * *`: a star where the minute belongs starts what is to run once sixty times. */
export function eachMinute(job: KubeObject): readonly Cause[] {
	const schedule = textAt(job, 'spec', 'schedule') ?? '';
	const [minute = '', hour = '', ...days] = schedule.trim().split(/\s+/);
	if (!isSchedule(schedule) || !/^\*(?:\/1)?$/.test(minute) || !oneHour.test(hour) || isMeant(job)) return [];
	const name = refText(refOf(job));
	const former = formerMinute(job);
	const to = [former ?? 0, hour, ...days].join(' ');
	return [
		{
			id: 'schedule-each-minute',
			resource: refOf(job),
			path: 'spec.schedule',
			cause: {
				en: `${name} runs at ${schedule}: sixty times in its hour, once each minute`,
				ko: `${name}의 일정 ${schedule}은(는) 그 시간 동안 1분마다, 60번 실행됩니다`,
			},
			evidence: [{source: name, detail: `spec.schedule ${schedule}, ${writeText(job)}`}],
			remedies: [
				exchange(job, [{path: ['spec', 'schedule'], from: schedule, to}], {
					side: 'workload',
					sure: former !== undefined,
					amount: to,
					text: {en: `Run ${name} once in its hour (${to})`, ko: `${name}를 그 시간에 한 번만 실행합니다 (${to})`},
				}),
			],
		},
	];
}
