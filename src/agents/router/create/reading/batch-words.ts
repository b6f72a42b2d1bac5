import {numberOf} from '../../words/number-words.ts';
import type {CronJobWish, JobWish} from '../manifests/workloads.ts';
import {commandIn} from './command.ts';
import {segmentEnd, segmentStart, type Wish} from './wish.ts';

const number = String.raw`(\d+|no|zero|one|two|three|four|five|six|seven|eight|nine|ten|twenty|한|두|세|네|다섯|열)`;

/** The first number that one of these patterns catches; `N` stands for the number. */
function caught(text: string, ...patterns: readonly string[]): number | undefined {
	for (const pattern of patterns) {
		const found = new RegExp(pattern.replaceAll('N', number), 'i')
			.exec(text)
			?.slice(1)
			.find(part => part !== undefined);
		if (found !== undefined) return /^no$/i.test(found) ? 0 : numberOf(found.toLowerCase());
	}
	return undefined;
}

/** Seconds of a duration that stands before or behind words such as these. */
function secondsNear(wish: Wish, pattern: RegExp): number | undefined {
	return wish.amounts
		.flatMap(amount => (amount.kind === 'duration' ? [amount] : []))
		.find(({first, last}) =>
			pattern.test(
				wish.words
					.slice(Math.max(segmentStart(wish, first), first - 12), Math.min(segmentEnd(wish, last), last + 9))
					.map(({raw}) => raw)
					.join(' '),
			),
		)?.seconds;
}

/** `created suspended`, `suspend 상태로`: not started yet. */
const isSuspended = ({text}: Wish): true | undefined =>
	/\b(?:suspended|paused|on hold|dormant|switched off)\b|\bsuspend(?:=|: ?| )(?:true|on)\b|\b(?:in )?suspend state\b|(?:suspend|중지|정지|중단|멈춘|멈춰|꺼진|꺼둔|보류)(?:된|한|시킨|둔)? ?(?:상태|채)|suspend(?:로|를|해서|하고| 걸어|해 ?두|해놓)|일시 ?(?:중지|정지|중단)(?:해서|로|해 ?두|해 ?놓)/i.test(
		text,
	)
		? true
		: undefined;

/** `5 completions, all of them in parallel`. */
const allAtOnce =
	/\b(?:all|every one)(?: of them| \d+| pods| runs)? (?:in parallel|at once|at the same time|concurrently|simultaneously|together)\b|(?:전부|모두|다) ?(?:동시에|병렬로|한꺼번에)/i;

export function jobWordsIn(wish: Wish): JobWish {
	const said = countsIn(wish);
	return said.parallelism === undefined && allAtOnce.test(wish.text) ? {...said, parallelism: said.completions} : said;
}

const noRetry =
	/\b(?:no|without|zero|never any) (?:re-?tr(?:y|ies)|re-?attempts?)\b|\b(?:never|not|don't|do not|must not|mustn't)(?: be)? (?:re-?tr(?:y|ied))\b|재시도(?:는|은|를|도|가)? ?(?:하지|안|없|금지|말|0)/i;

const goesAtOnce =
	/(?:delet|remov|clean)\w*(?: it| up)?(?: up)? (?:immediately|right away|at once|straight away|as soon as)\b[^.;]*\b(?:done|finish\w*|complet\w*|over|ends?)|(?:끝나면|끝나자마자|완료되면|종료되면) ?(?:바로|즉시|곧바로|곧장) ?(?:지우|지워|삭제|정리|없)/i;

const countsIn = (wish: Wish): JobWish => ({
	suspend: isSuspended(wish),
	completions: caught(
		wish.text,
		'N (?:successful )?completions?',
		'(?:until|once|when|after|as soon as) (?:all )?N (?:of them |[a-z]+ )??(?:(?:have|has|are|is|were|was) )?(?:been )?(?:complet\\w+|finish\\w*|succe\\w+|done|through|processed|over)\\b',
		'N (?:runs?|pods|tasks|items|shards|passes) (?:(?:to|must|should|have to|has to|need to|shall) )(?:be )?(?:complet\\w+|finish\\w*|succe\\w+|done|made)',
		// `12 shards three at a time`, `샤드 12개를 3개씩`
		'N [a-z]+s,? (?:(?:in (?:batches|groups) of|with) )?(?:\\d+|[a-z]+)(?: of them)? (?:at a time|at once|in parallel|at the same time)',
		'N ?개(?:를|을)?,? ?(?:한 ?번에 ?|동시에 ?)?(?:\\d+|한|두|세|네|다섯|여섯) ?개씩',
		'N (?:runs?|times|pods|passes) in (?:total|all)',
		'completions?(?: of| to|:|=)? ?N',
		String.raw`(?<!\b(?:retr\w+|tr(?:y|ies)|fail\w*|at most|up to|only|max(?:imum)?) )\bN times\b(?! a)`,
		'완료 ?(?:수|횟수)?(?:는|은|를)? ?N',
		'N ?(?:번|회|개) ?(?:완료|성공)',
		'N ?(?:번|회) ?(?:실행|돌)',
	),
	parallelism: caught(
		wish.text,
		'N (?:(?:pods?|workers?|of them|runs?) )?(?:(?:running|working|going|active|busy) )?(?:at a time|at any (?:one |given )?(?:time|moment)|at once|at the same time|in parallel|in flight|concurrently|simultaneously|side by side|abreast|together)',
		'N (?:parallel|concurrent|simultaneous) (?:pods?|workers?|runs?|tasks?)',
		'N workers?\\b',
		'parallelism(?: of| to|:|=)? ?N',
		'동시(?:에| 실행(?: 수)?(?:는|은)?|성)? ?(?:최대 ?)?N',
		'병렬(?:도|성|로)?(?:는|은|을)? ?N',
		'N ?개씩',
	),
	backoffLimit: noRetry.test(wish.text)
		? 0
		: caught(
				wish.text,
				'(?:after|at most|up to|max(?:imum)?(?: of)?|with|allow) N (?:retry|retries|failures|attempts|failed)',
				'backoff ?limit(?: of| to|:|=)? ?N',
				'retry (?:at most |up to )?N',
				String.raw`\bN retries`,
				'재시도(?:는|은|를|횟수)? ?(?:횟수는? ?)?(?:최대 ?)?N',
				'최대 ?N ?(?:번|회)(?:까지|만)? ?재시도',
				'실패(?:는|를)? ?(?:허용(?:은|을)? ?)?(?:횟수(?:는|를)? ?)?(?:최대 ?)?N ?(?:번|회)',
				'(?:tolerat\\w+|allow\\w*|accept\\w*) (?:up to |at most )?N fail\\w*',
				'N ?(?:번|회)(?:까지|만)? ?(?:실패|재시도)',
			),
	ttlSecondsAfterFinished: goesAtOnce.test(wish.text)
		? 0
		: secondsNear(
				wish,
				/\bttl\b|clean(?:ed)?\b|\b(?:keep|kept|keeps|stays?|left|leave|hang)\b.{0,12}\b(?:around|behind|for)\b|\b(?:delete|deleted|remove|removed|gone|disappear)\b.*(?:after|finish|done|complet|end)|after (?:it |they )?(?:is |are )?(?:finish|done|complet|end)|끝나|완료 ?(?:후|되)|종료 ?(?:후|되)|정리|삭제/i,
			),
	activeDeadlineSeconds: secondsNear(
		wish,
		/\bdeadline\b|\btime ?(?:out|limit)\b|\b(?:hard )?stop(?:ped)? (?:it )?(?:after|at)\b|\bat the latest\b|\bended after\b|\bcap(?:ped)? at\b|\bkill|\bterminat\w*(?! grace)|run(?:s|ning)? (?:for )?(?:longer|more|over) than|\blonger than\b|\bgive up\b|\babort\w*|\bcut (?:it )?off\b|\b(?:not|isn't|hasn't|never) (?:yet )?(?:done|finished|over|through|complete|completed)\b|\b(?:at most|no more than|up to|max(?:imum)?) .* (?:long|running|runtime|in total)|\bmay (?:take|run|last)\b|\bstill (?:running|going|busy|at it|not done) after\b|\btakes? (?:longer|more) than\b|\b(?:done|finish\w*|complete\w*|over|through)\b.{0,12}\b(?:within|inside)\b|타임아웃|넘으면|넘게|넘기면|초과|포기|제한 ?시간|시간 ?제한|(?:안에|내에|까지) .*(?:안|못|않)|강제 ?종료|최대 .*(?:까지만|동안만)|최대 ?\d+ ?(?:초|분|시간)|\d+ ?(?:초|분|시간) ?제한/i,
	),
});

export const cronWordsIn = (wish: Wish): Omit<CronJobWish, 'schedule' | 'timeZone'> => ({
	suspend: isSuspended(wish),
	concurrencyPolicy: concurrencyIn(wish.text),
	successfulJobsHistoryLimit: caught(
		wish.text,
		'N (?:last )?success(?:ful|es)',
		'success(?:ful|es)?(?: jobs?| runs?)?(?: history)?(?: limit)?(?: of| to|:|=)? ?N',
		'성공(?:한)?(?: ?(?:잡|작업|실행|이력|기록|히스토리|것|건))*(?:은|는|을|를|도)? ?N',
	),
	failedJobsHistoryLimit: caught(
		wish.text,
		'N (?:last )?fail(?:ed|ures)',
		'failed(?: jobs?| runs?)?(?: history)?(?: limit)?(?: of| to|:|=)? ?N',
		'실패(?:한)?(?: ?(?:잡|작업|실행|이력|기록|히스토리|것|건))*(?:은|는|을|를|도)? ?N',
	),
	startingDeadlineSeconds: secondsNear(
		wish,
		/starting ?deadline|\b(?:older|later) than\b|\bstale\b|start(?:s|ed)? (?:it |the (?:run|job) |them )?(?:late|within)|\bmiss\w*\b.*\bstart|\bstart\w*\b.*\bmiss|\b(?:can't|cannot|could not|couldn't|doesn't|did not|didn't|not) start|\blate\b|시작.{0,8}(?:못|늦|안|지나)|늦게 ?시작|놓치/i,
	),
});

function concurrencyIn(text: string): CronJobWish['concurrencyPolicy'] {
	if (
		/\b(?:replace|cancel|kill|stop)\b.{0,24}\b(?:running|previous|old|earlier|last)|concurrency ?policy.{0,4}replace|\breplaced by\b|\bgives? way\b|\breplac(?:es?|ing)\b.{0,30}\b(?:run|job|one|still)\b|(?:이전|기존|앞선?|돌던|지난|아직|끝났).{0,24}(?:대체|교체|중단|종료하|종료시|죽이|갈아|밀어)|\b(?:still|previous|last|earlier|old|running|unfinished|not (?:yet )?(?:done|over|finished))\b.{0,40}\b(?:replace|kill|cancel|stop|abort|terminate|end)(?:s|ed)?\b/i.test(
			text,
		)
	)
		return 'Replace';
	return /overlap|\bskip\w*\b.{0,40}\b(?:still|running|previous|last|overlap\w*|going|busy|unfinished)|\b(?:still|running|previous|last|unfinished)\b.{0,40}\bskip|\bstill (?:running|going|busy|active|at it|in progress|goes|runs)\b|\b(?:not|hasn't|isn't|never) (?:yet )?(?:finished|done|over)\b|(?:이전|앞|기존|겹|실행 ?중|돌고|끝나지).{0,20}건너뛰|끝나지 ?않|안 ?끝났|남아 ?있|아직 ?(?:돌|실행)|동시에.{0,10}(?:않|말|금지|안)|concurrency ?policy.{0,4}forbid|\bforbid\b|(?:never|not|no) (?:run )?(?:two|concurrent|in parallel|simultaneous)|one (?:run )?at a time|(?:never|not|no) more than one (?:run |job )?(?:at|in|run|of)|while .{0,30}still running|겹[치쳐칠침]|중복 ?실행|동시 ?실행|동시에 ?(?:실행|돌).{0,6}(?:않|말|금지)/i.test(
		text,
	)
		? 'Forbid'
		: undefined;
}

/** `nightly-etl` is a name, `mon-fri` and `15-minute` are times. */
const timed =
	/^(?:(?:mon|tue|wed|thu|fri|sat|sun)\w*|\d+)(?:-(?:mon|tue|wed|thu|fri|sat|sun)\w*|-\d+)+$|-(?:minute|hour|day|week|month)s?$/i;
const hyphened = /(?<![\w./])[a-z0-9]+(?:-[a-z0-9]+)+(?![\w/])/gi;

/** The text without names and the lines that a container runs: times and numbers in them are no schedule. */
export function withoutCommands(wish: Wish): string {
	const lines = Object.values(commandIn(wish)).flatMap(list => (list === undefined ? [] : [list.join(' '), list.at(-1) ?? '']));
	return lines
		.filter(line => line.length > 2)
		.reduce((text, line) => text.replace(line, ' '), wish.text)
		.replaceAll(hyphened, word => (timed.test(word) ? word : ' '));
}
