import {alsoMeant, type Field, field, meaning, named} from '../field.ts';

const jobs = ['Job', 'CronJob'] as const;

/** Fields of Jobs and CronJobs, beside their pods. */
export const ofJobs: readonly Field[] = [
	field(
		['CronJob'],
		'object',
		'spec.concurrencyPolicy',
		[
			...named('Allow', 'Forbid', 'Replace'),
			meaning(
				'Forbid',
				/\b(?:no|never|not|don't|mustn't|without) (?:\w+ ){0,2}(?:overlap\w*|concurrent(?: runs?| jobs?)?|(?:runs? |jobs? )?(?:twice )?at the same time|twice at once|side by side)\b|\bone (?:run|job) at a time\b|(?:동시 ?실행|중복 ?실행|동시에 (?:두 ?번|둘|2번|여러)|겹쳐|겹치)\S* ?(?:\S+ )?(?:금지|막|불가|방지|안 |않|없)/,
			),
			meaning(
				'Replace',
				/\b(?:replac\w+|kill\w*|cancel\w*|stop\w*) (?:the |a )?(?:running|old|previous|earlier|last|still running) (?:one|run|job)\b|(?:이전|기존|돌던|실행 ?중인) ?(?:잡|실행|것|거)\S* ?(?:대체|교체|중단|죽이)/,
			),
		],
		/\bconcurrency(?: policy)?\b|동시 ?(?:실행|성)(?: ?정책)?/,
	),
	alsoMeant(
		[
			meaning(
				0,
				/\bno (?:successful|succeeded|completed) (?:jobs?|runs?|ones?)\b|성공한? ?(?:기록|이력|잡|실행)\S* ?(?:남기지|보관하지|안 남)/,
			),
		],
		field(
			['CronJob'],
			'object',
			'spec.successfulJobsHistoryLimit',
			'count',
			/\bsuccess(?:ful|es)?\b(?: (?:jobs?|runs?|ones?))?(?: history)?(?: limit)?|성공(?:한)?(?: ?(?:기록|이력|잡|실행))?/,
		),
	),
	alsoMeant(
		[meaning(0, /\bno failed (?:jobs?|runs?|ones?)\b|실패한? ?(?:기록|이력|잡|실행)\S* ?(?:남기지|보관하지|안 남)/)],
		field(
			['CronJob'],
			'object',
			'spec.failedJobsHistoryLimit',
			'count',
			/\bfail(?:ed|ure|ures)?\b(?: (?:jobs?|runs?|ones?))?(?: history)?(?: limit)?|실패(?:한)?(?: ?(?:기록|이력|잡|실행))?/,
		),
	),
	field(
		['CronJob'],
		'object',
		'spec.startingDeadlineSeconds',
		'seconds',
		/\bstarting deadline\b|\bstarts? late\b|\b(?:can't|cannot|can not|fails? to|doesn't|not) start(?: within| in)?\b|시작 ?(?:기한|데드라인|마감)|시작하지 ?못하면|시작 ?못 ?하면/,
	),
	field(['CronJob'], 'object', 'spec.timeZone', 'name', /\btime ?zone\b|시간대|타임 ?존/),
	field(jobs, 'job', 'completions', 'count', /\bcompletions?\b|\btimes in all\b|완료(?: ?(?:수|횟수))?/),
	field(jobs, 'job', 'completionMode', [meaning('Indexed', /\bindexed\b|인덱스(?:드)?|인덱싱/)], /\bcompletion mode\b/),
	field(['CronJob'], 'job', 'parallelism', 'count', /\bparallelism\b|병렬(?:도|성)/),
	field(
		['Job'],
		'job',
		'parallelism',
		'count',
		/\bparallelism\b|\bin parallel\b|\bat (?:a time|once)\b|\bconcurrently\b|병렬(?:도|성)?|동시(?:에)?/,
	),
	field(jobs, 'job', 'backoffLimit', 'count', /\bback-?off(?: limit)?\b|\bretr(?:y|ies|ied)\b|\bre-?attempts?\b|재시도|백오프(?: ?리밋)?/),
	field(
		jobs,
		'job',
		'backoffLimitPerIndex',
		'count',
		/\bback-?off limit per index\b|\bretries per index\b|(?:재시도|백오프)[^,.]{0,12}인덱스(?:당|별)|인덱스(?:당|별) ?(?:재시도|백오프)/,
	),
	field(jobs, 'job', 'maxFailedIndexes', 'count', /\bmax(?:imum)? failed index(?:es)?\b|\bfailed indexes\b/),
	field(
		jobs,
		'job',
		'ttlSecondsAfterFinished',
		'seconds',
		/\bttl\b|\bafter (?:it is |it's |being |they are )?(?:finish(?:ed|ing)|done|over|completion|completed)\b|\bafter (?:it|they) (?:finish|end|complete)(?:es|s)?\b|끝나고|완료(?:되고)? ?(?:후|뒤)|끝난 ?(?:뒤|후|지)|종료 ?후/,
	),
	field(
		jobs,
		'job',
		'activeDeadlineSeconds',
		'seconds',
		/\b(?:active )?deadline\b|\btime ?limit\b|\btime ?out\b|\bmay (?:take|run)(?: for| at most| up to)?(?= ?\d)|\bat most\b(?= (?:\d+|an?|half an?|one|two|three|five|ten|fifteen|twenty|thirty) ?(?:s|secs?|seconds?|m|mins?|minutes?|h|hours?|days?)\b)|\bkill(?:ed)?(?: it)? (?:after|if)\b|(?:제한 ?시간|시간 ?제한|타임아웃|데드라인)/,
	),
];
