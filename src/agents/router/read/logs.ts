import type {JsonObject} from '../../../core/json.ts';
import {objectAt, textAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {containersOf, podSpecOf} from '../../../core/kube/pod-spec.ts';
import type {Clause} from '../clause.ts';
import {exactPod} from '../names/exact-pod.ts';
import {theOne} from '../names/the-one.ts';
import type {Intent, Understanding} from '../understanding.ts';
import {amountsIn} from '../words/amounts.ts';
import {clauseOf} from '../words/clauses-of.ts';
import {spoken, whereSpoken} from '../words/spoken.ts';
import type {World} from '../world.ts';
import {asksToRead} from './asks-to-read.ts';
import {saidByCluster} from './events.ts';
import {patternWrittenIn} from './log-pattern.ts';
import {answer, inLanguage} from './say.ts';

const runners = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'] as const;

/** `Last 20 log lines of web`, `grep ERROR in web's logs`, `logs of the exporter container`, `이전 로그`. */
export const logs: Intent = {
	name: 'logs',
	async understand(asked, world) {
		const clause = withoutVerb(asked);
		if (!asksToRead(asked) || !isAboutLogs(asked)) return undefined;
		if (asksForRight.test(clause.text)) return undefined;
		const pod = await exactPod(clause, world);
		const found = pod === undefined ? await runnerIn(clause, world) : undefined;
		if (found?.found === 'several') return found.question;
		const object = pod ?? (found?.found === 'one' ? found.object : undefined);
		if (object === undefined) return undefined;
		return callFor(clause, object, world, found?.found === 'one' ? new Set([found.mention.first, found.mention.last]) : new Set());
	},
};

const asksForRight = /\b(?:who|may|allowed)\b|\bcan (?!you\b|u\b|i\b|we\b)|누구|권한/i;

/** `the last 100 lines of web` are of its log, and so is what it has been printing. */
const isAboutLogs = (clause: Clause) => !spoken(clause, 'event events 이벤트') && !saidByCluster.test(clause.text) && speaksOfLines(clause);

const speaksOfLines = (clause: Clause) =>
	spoken(clause, 'log logs stdout stderr output grep tail 로그 출력') ||
	lines.some(pattern => pattern.test(clause.text)) ||
	level.test(clause.text);

const writes =
	'print(?:s|ed|ing)?|logg?(?:s|ed|ing)?|say(?:s|ing)?|said|spit(?:s|ting)? out|writ(?:es?|ing|ten)|wrote|complain(?:s|ing|ed)? in|emit(?:s|ted|ting)?|report(?:s|ed|ing)?';
const lines: readonly RegExp[] = [
	/\b(?:show|see|quote|give|find|paste|want|need|care about|interested in)\b.*\b(?:the|that|those|matching|any|every|all|only|just) (?:\w+ )?(?:log )?(?:lines?|entries)\b/i,
	new RegExp(`\\b(?:has|have|does|did|is|was|been)\\b.*\\b(?:${writes})\\b`, 'i'),
	new RegExp(`\\bwhat(?:ever)?\\b.*\\b(?:${writes})\\b`, 'i'),
	/\blines? (?:with|containing|mentioning|matching|that|where|about|from|of)\b|\b(?:boot|start-?up|shutdown|exit|crash) ?messages?\b/i,
	/\ball (?:the |its )?lines\b|(?:나온|나오는|들어간|포함된|있는|적힌|찍힌)\s?(?:줄|라인)|(?<!배포|변경|수정|롤아웃|리비전)(?:[한된인은]|\s)기록(?:을|이|만|도)?\s?(?:\S+\s)?(?:찾|보여|있|알려|확인)/,
	/\b(?:last|latest|recent|newest|final|tail)\b.*\b(?:lines?|messages?|words|entries)\b|마지막.*줄|최근.*줄/i,
	/\b(?:errors?|exceptions?|stack ?traces?|tracebacks?)\b.*\b(?:from|in|by|of)\b|\b(?:error|warn\w*|info|debug|fatal)[- ]?(?:level )?(?:lines?|entries|messages)\b/i,
	/(?:뭐|뭘|무엇|무슨\s?(?:말|메시지|내용))\S*\s?(?:\S+\s)?(?:찍|남기|남겼|뱉)|(?:찍|남)[힌은긴는]\s?(?:거|것|줄|내용|메시지|에러)|[가-힣]\s?줄만/,
];
/** Programs write how grave a line is in capitals. */
const level = /\b(?:WARN|ERROR|FATAL|INFO|DEBUG|TRACE|PANIC)\b|\blevel=/;

/** The last run of a job that is called so is one of its CronJob. */
async function runnerIn(clause: Clause, world: World) {
	const found = await theOne(clause, world, runners);
	return found.found === 'none' ? theOne(clauseOf(clause.text.replace(/(?<!\w)jobs?\b|(?<!크론)잡/gi, ' ')), world, runners) : found;
}

/** `search the logs of web`: a workload may be called search. */
const withoutVerb = (clause: Clause): Clause =>
	/^(search|find|look|scan|check)$/.test(clause.words[0]?.text ?? '') ? {...clause, words: clause.words.slice(1)} : clause;

async function callFor(clause: Clause, object: KubeObject, world: World, taken: ReadonlySet<number>): Promise<Understanding> {
	const {namespace = world.namespace, name} = object.metadata;
	const container = containerIn(clause, object, taken);
	const target = await targetOf(object, world);
	if (target === undefined) return notRun(clause, `${namespace}/${name}`);
	const previous = isPrevious(clause);
	const said = patternIn(clause, taken, container);
	const pods = await podsOf(target, namespace, world);
	const names = new Set([
		...clause.words.filter((_, at) => taken.has(at)).map(({text}) => text),
		...containersOf(podSpecOf(object)).map(each => textAt(each, 'name') ?? ''),
		namespace,
		...name.split('-'),
	]);
	const pattern = said ?? (await patternWrittenIn(clause, {namespace, pods, previous}, names, world)) ?? levelIn(clause);
	const input: JsonObject = {
		namespace,
		...target,
		...(container === undefined ? {} : {container}),
		...(previous ? {previous} : {}),
		...linesOf(clause, pattern),
	};
	return {
		kind: 'calls',
		said: inLanguage(clause.language, `Logs of ${namespace}/${name}`, `${namespace}/${name}의 로그`),
		calls: [{tool: 'pod_logs', input}],
	};
}

const selectorText = (labels: object) =>
	Object.entries(labels)
		.map(([key, value]) => `${key}=${value}`)
		.join(',');

const notRun = ({language}: Clause, name: string): Understanding =>
	answer(
		inLanguage(language, `Logs of ${name}`, `${name}의 로그`),
		inLanguage(
			language,
			`No job of CronJob ${name} is there any more, or none has run yet: there is no log to read.`,
			`CronJob ${name}의 잡이 남아 있지 않거나 아직 실행된 적이 없어 읽을 로그가 없습니다.`,
		),
		[],
		language,
	);

/** By the workload's own selector; the pods of jobs carry the name of their job. */
async function targetOf(object: KubeObject, world: World): Promise<JsonObject | undefined> {
	const {kind, metadata, spec} = object;
	if (kind === 'Pod') return {pod: metadata.name};
	if (kind === 'CronJob') {
		const jobs = await world.objects('Job', metadata.namespace);
		const own = jobs.filter(job => job.metadata.ownerReferences?.some(owner => owner.name === metadata.name && owner.kind === 'CronJob'));
		const newest = own.toSorted((a, b) => (b.metadata.creationTimestamp ?? '').localeCompare(a.metadata.creationTimestamp ?? ''))[0];
		return newest === undefined ? undefined : {labelSelector: `batch.kubernetes.io/job-name=${newest.metadata.name}`};
	}
	const labels = objectAt(spec, 'selector', 'matchLabels');
	return {labelSelector: Object.keys(labels).length === 0 ? `batch.kubernetes.io/job-name=${metadata.name}` : selectorText(labels)};
}

/** A container that is named: beside the word, where no other word could mean it, or as the one that is left. */
function containerIn({words, text}: Clause, object: KubeObject, taken: ReadonlySet<number>): string | undefined {
	const names = containersOf(podSpecOf(object)).map(each => textAt(each, 'name') ?? '');
	const beside = words.findIndex(word => /^(container|sidecar|컨테이너|사이드카)$/.test(word.text));
	const near = beside === -1 ? [] : [words[beside - 1]?.text, words[beside + 1]?.text];
	const wanted = names.filter(name => !isLeftOut(name).test(text));
	const named = near.find(word => word !== undefined && wanted.includes(word));
	if (named !== undefined || names.length < 2) return named;
	const said = words.find((word, at) => !taken.has(at) && wanted.includes(word.text))?.text;
	return said ?? (wanted.length === 1 ? wanted[0] : undefined);
}

/** `skip the exporter`, `not the exporter's`, `exporter 말고`. */
const isLeftOut = (name: string) =>
	new RegExp(
		`\\b(?:skip|not|except|without|excluding|leave out|ignore|but|minus|other than)(?: for| from| of)? (?:the |that of (?:the )?)?${name}(?![\\w-])|(?<![\\w-])${name} (?:is )?(?:excluded|left out|omitted|aside)\\b|(?<![\\w-])${name}(?:의)?\\s?(?:거|것|컨테이너|로그)?(?:는|은)?\\s?(?:말고|빼고|제외|아니라|필요\\s?없)`,
		'i',
	);

const beforeItsEnd =
	/\bbefore (?:it|they|that|the (?:pod|container|process|crash|restart|kill)|its)\b.*?\b(?:died|dies|crash\w*|restart\w*|killed|went down|fell over|exit\w*|end\w*|stopped)\b|(?:죽기|꺼지기|재시작(?:되기|하기)?|크래시(?:나기)?) ?(?:바로 ?)?(?:전|직전)/i;

const isPrevious = (clause: Clause) =>
	beforeItsEnd.test(clause.text) ||
	spoken(
		clause,
		'previous before_the_restart before_restart before_it_restarted before_the_crash crashed previously 이전 직전 재시작_전 죽기_전',
	);

/** Words before what every line that is wanted holds. */
const looking = 'grep contain containing mention mentioning match matching with having like pattern filter include including';
/** Words of the search that are none of the line. */
const fillers = /^(?:for|the|a|an|any|lines?|words?|text|string|all|only|messages?|단어|문구|문자열|말|글자|텍스트|이라는|라는|내용)$/;
const notLooked = /^(?:in|from|of|at|it|them|that|this|logs?|lines?|로그|줄|라인|거|것)$/;

/** What a line must hold: quoted text, what stands behind `grep` or `containing`, what stands before `들어간` or `포함`. */
function patternIn(clause: Clause, taken: ReadonlySet<number>, container: string | undefined): string | undefined {
	const {words} = clause;
	const quoted = words.find((word, at) => word.quoted && !taken.has(at) && word.text !== container);
	if (quoted !== undefined) return quoted.raw;
	const isWanted = (at: number) => words[at] !== undefined && !taken.has(at) && !notLooked.test(words[at]?.text ?? '');
	const korean = whereSpoken(clause, '관련 포함 들어간 들어있 포함된 포함한 찍 나오');
	const before = words.findLastIndex(({text}, at) => at < korean && !fillers.test(text));
	if (before !== -1 && isWanted(before) && /^[\w.:/=-]+$/.test(words[before]?.text ?? '')) return words[before]?.raw;
	const isSearch = /^(?:please )?(?:search|look|scan|check|find)\b/i.test(clause.text);
	const at = whereSpoken(clause, isSearch ? `${looking} for` : looking);
	const next = at === -1 ? -1 : words.findIndex(({text}, index) => index > at && !fillers.test(text));
	return isWanted(next) ? words[next]?.raw : undefined;
}

/** Where the log cannot be looked through for what it is written with. */
function levelIn(clause: Clause): string | undefined {
	if (spoken(clause, 'error 에러 오류')) return 'error';
	return spoken(clause, 'warning warn 경고 워닝') ? 'warn' : spoken(clause, 'exception 예외') ? 'exception' : undefined;
}

async function podsOf(target: JsonObject, namespace: string, world: World): Promise<readonly KubeObject[]> {
	const wanted = String(target.labelSelector ?? '')
		.split(',')
		.map(pair => pair.split('='));
	return (await world.objects('Pod', namespace)).filter(({metadata}) =>
		target.pod === undefined ? wanted.every(([key = '', value]) => metadata.labels?.[key] === value) : metadata.name === target.pod,
	);
}

/** How many lines, how young, and whether lines of one shape are told as one: who counts lines or looks for words wants each of them. */
function linesOf(clause: Clause, pattern: string | undefined): JsonObject {
	const amounts = amountsIn(clause);
	const time = amounts.find(amount => amount.kind === 'duration');
	const lines = amounts.find(amount => amount.kind === 'number' && Number.isInteger(amount.value) && amount.value > 0);
	const single = /\b(?:last|latest|newest|final) (?:log )?line\b|마지막 (?:로그 )?(?:한 ?)?줄/i.test(clause.text) ? 1 : undefined;
	const count = lines?.kind === 'number' ? Math.min(lines.value, 5000) : single;
	return {
		...(time?.kind === 'duration' ? {sinceMinutes: Math.max(1, Math.ceil(time.seconds / 60))} : {}),
		...(pattern === undefined ? {} : {pattern: pattern.slice(0, 200)}),
		...(pattern !== undefined ? {tail: 5000} : count !== undefined ? {tail: count} : {}),
		...(pattern !== undefined || count !== undefined ? {fold: false} : {}),
	};
}
