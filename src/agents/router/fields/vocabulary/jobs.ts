import {type Field, field, meaning, named} from '../field.ts';

const jobs = ['Job', 'CronJob'] as const;

/** Fields of Jobs and CronJobs, beside their pods. */
export const ofJobs: readonly Field[] = [
	field(
		['CronJob'],
		'object',
		'spec.concurrencyPolicy',
		named('Allow', 'Forbid', 'Replace'),
		/\bconcurrency(?: policy)?\b|동시 ?(?:실행|성)(?: ?정책)?/,
	),
	field(
		['CronJob'],
		'object',
		'spec.successfulJobsHistoryLimit',
		'count',
		/\bsuccess(?:ful|es)?\b(?: (?:jobs?|runs?|ones?))?(?: history)?(?: limit)?|성공(?:한)?(?: ?(?:기록|이력|잡|실행))?/,
	),
	field(
		['CronJob'],
		'object',
		'spec.failedJobsHistoryLimit',
		'count',
		/\bfail(?:ed|ure|ures)?\b(?: (?:jobs?|runs?|ones?))?(?: history)?(?: limit)?|실패(?:한)?(?: ?(?:기록|이력|잡|실행))?/,
	),
	field(['CronJob'], 'object', 'spec.startingDeadlineSeconds', 'seconds', /\bstarting deadline\b|\bstarts? late\b|시작 ?기한/),
	field(['CronJob'], 'object', 'spec.timeZone', 'name', /\btime ?zone\b|시간대|타임 ?존/),
	field(jobs, 'job', 'completions', 'count', /\bcompletions?\b|\btimes in all\b|완료(?: ?(?:수|횟수))?/),
	field(jobs, 'job', 'completionMode', [meaning('Indexed', /\bindexed\b|인덱스(?:드)?/)], /\bcompletion mode\b/),
	field(jobs, 'job', 'parallelism', 'count', /\bparallelism\b|\bin parallel\b|\bat (?:a time|once)\b|\bconcurrently\b|병렬|동시에/),
	field(jobs, 'job', 'backoffLimit', 'count', /\bback-?off(?: limit)?\b|\bretr(?:y|ies)\b|재시도/),
	field(
		jobs,
		'job',
		'ttlSecondsAfterFinished',
		'seconds',
		/\bttl\b|\bafter (?:it is |it's |being )?(?:finished|done|over)\b|\bafter it (?:finishes|ends)\b|끝나고|완료 ?후|끝난 ?(?:뒤|후|지)/,
	),
	field(
		jobs,
		'job',
		'activeDeadlineSeconds',
		'seconds',
		/\b(?:active )?deadline\b|\btime ?limit\b|\btime ?out\b|\bmay (?:take|run)(?: for)?\b(?! again)|\bat most\b|(?:제한 ?시간|시간 ?제한|타임아웃)/,
	),
];
