import type {JsonObject} from '../../../core/json.ts';
import {objectAt, textAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {containersOf, podSpecOf} from '../../../core/kube/pod-spec.ts';
import type {Clause} from '../clause.ts';
import {exactPod} from '../names/exact-pod.ts';
import {theOne} from '../names/the-one.ts';
import type {Intent, Understanding} from '../understanding.ts';
import {amountsIn} from '../words/amounts.ts';
import {spoken, whereSpoken} from '../words/spoken.ts';
import type {World} from '../world.ts';
import {asksToRead} from './asks-to-read.ts';
import {patternWrittenIn} from './log-pattern.ts';
import {inLanguage} from './say.ts';

const runners = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'] as const;

/** `Last 20 log lines of web`, `grep ERROR in web's logs`, `logs of the exporter container`, `이전 로그`. */
export const logs: Intent = {
	name: 'logs',
	async understand(asked, world) {
		const clause = withoutVerb(asked);
		if (!asksToRead(asked) || !isAboutLogs(asked)) return undefined;
		if (spoken(clause, 'who may can allowed 누구 권한')) return undefined;
		const pod = await exactPod(clause, world);
		const found = pod === undefined ? await theOne(clause, world, runners) : undefined;
		if (found?.found === 'several') return found.question;
		const object = pod ?? (found?.found === 'one' ? found.object : undefined);
		if (object === undefined) return undefined;
		return callFor(clause, object, world, found?.found === 'one' ? new Set([found.mention.first, found.mention.last]) : new Set());
	},
};

/** `the last 100 lines of web` are of its log, and so is what it has been printing. */
const isAboutLogs = (clause: Clause) => !spoken(clause, 'event events 이벤트') && speaksOfLines(clause);

const speaksOfLines = (clause: Clause) =>
	/\b(?:show|see|quote|give|find)\b.*\b(?:the|that|those|matching) (?:log )?lines?\b/i.test(clause.text) ||
	/\b(?:has|have|does|did|is|was)\b.*\b(?:print(?:ed|ing)?|logg?(?:ed|ing)?|say(?:ing)?|spit(?:ting)? out|writ(?:e|ing|ten)|complain(?:ing|ed)? in)\b/i.test(
		clause.text,
	) ||
	spoken(clause, 'log logs stdout stderr output grep tail 로그 출력') ||
	/\b(?:last|latest|recent|newest|tail)\b.*\blines?\b|마지막.*줄/i.test(clause.text) ||
	/\b(?:errors?|exceptions?|stack ?traces?|tracebacks?)\b.*\b(?:from|in|by|of)\b/i.test(clause.text);

/** `search the logs of web`: a workload may be called search. */
const withoutVerb = (clause: Clause): Clause =>
	/^(search|find|look|scan|check)$/.test(clause.words[0]?.text ?? '') ? {...clause, words: clause.words.slice(1)} : clause;

async function callFor(clause: Clause, object: KubeObject, world: World, taken: ReadonlySet<number>): Promise<Understanding> {
	const {namespace = world.namespace, name} = object.metadata;
	const container = containerIn(clause, object, taken);
	const target = await targetOf(object, world);
	const previous = isPrevious(clause);
	const said = patternIn(clause, taken, container);
	const pods = await podsOf(target, namespace, world);
	const names = new Set([
		...clause.words.filter((_, at) => taken.has(at)).map(({text}) => text),
		container ?? '',
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

/** By the workload's own selector; the pods of jobs carry the name of their job. */
async function targetOf(object: KubeObject, world: World): Promise<JsonObject> {
	const {kind, metadata, spec} = object;
	if (kind === 'Pod') return {pod: metadata.name};
	if (kind === 'CronJob') {
		const jobs = await world.objects('Job', metadata.namespace);
		const own = jobs.filter(job => job.metadata.ownerReferences?.some(owner => owner.name === metadata.name && owner.kind === 'CronJob'));
		const newest = own.toSorted((a, b) => (b.metadata.creationTimestamp ?? '').localeCompare(a.metadata.creationTimestamp ?? ''))[0];
		return {labelSelector: `batch.kubernetes.io/job-name=${newest?.metadata.name ?? metadata.name}`};
	}
	const labels = objectAt(spec, 'selector', 'matchLabels');
	return {labelSelector: Object.keys(labels).length === 0 ? `batch.kubernetes.io/job-name=${metadata.name}` : selectorText(labels)};
}

/** A container that is named: beside the word, or where no other word could mean it. */
function containerIn({words}: Clause, object: KubeObject, taken: ReadonlySet<number>): string | undefined {
	const names = containersOf(podSpecOf(object)).map(each => textAt(each, 'name') ?? '');
	const beside = words.findIndex(({text}) => /^(container|sidecar|컨테이너|사이드카)$/.test(text));
	const near = beside === -1 ? [] : [words[beside - 1]?.text, words[beside + 1]?.text];
	const named = near.find(text => text !== undefined && names.includes(text));
	if (named !== undefined || names.length < 2) return named;
	return words.find(({text}, at) => !taken.has(at) && names.includes(text))?.text;
}

const beforeItsEnd =
	/\bbefore (?:it|they|that|the (?:pod|container|process|crash|restart|kill)|its)\b.*?\b(?:died|dies|crash\w*|restart\w*|killed|went down|fell over|exit\w*|end\w*|stopped)\b|(?:죽기|꺼지기|재시작(?:되기|하기)?|크래시(?:나기)?) ?(?:바로 ?)?(?:전|직전)/i;

const isPrevious = (clause: Clause) =>
	beforeItsEnd.test(clause.text) ||
	spoken(
		clause,
		'previous before_the_restart before_restart before_it_restarted before_the_crash crashed previously 이전 직전 재시작_전 죽기_전',
	);

/** Words that stand around what is looked for. */
const looking =
	'grep contain containing mention mentioning match matching with about having like pattern filter include including regarding';

/** What a line must hold: quoted text, what stands behind `grep` or `containing`, what stands before `관련` or `포함`. */
function patternIn(clause: Clause, taken: ReadonlySet<number>, container: string | undefined): string | undefined {
	const {words} = clause;
	const quoted = words.find((word, at) => word.quoted && !taken.has(at) && word.text !== container);
	if (quoted !== undefined) return quoted.raw;
	const korean = whereSpoken(clause, '관련 포함 들어간 들어있 포함된 포함한 나오 있');
	const before = words[korean - 1];
	if (korean > 0 && before !== undefined && !taken.has(korean - 1) && !/^(로그|줄|라인|log|logs|line)$/.test(before.text))
		return before.raw;
	const isSearch = /^(?:please )?(?:search|look|scan|check|find)\b/i.test(clause.text);
	const at = whereSpoken(clause, isSearch ? `${looking} for` : looking);
	const next = words.slice(at + 1).find(({text}) => !/^(for|the|a|any|lines?|word|text|string|all|only|messages?)$/.test(text));
	const isName = next === undefined || taken.has(words.indexOf(next)) || /^(in|from|of|log|logs)$/.test(next.text);
	if (at !== -1 && !isName) return next.raw;
	return undefined;
}

/** Where the log cannot be looked through for what it is written with. */
function levelIn(clause: Clause): string | undefined {
	if (spoken(clause, 'error 에러 오류')) return 'error';
	return spoken(clause, 'warning 경고') ? 'warn' : spoken(clause, 'exception 예외') ? 'exception' : undefined;
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
