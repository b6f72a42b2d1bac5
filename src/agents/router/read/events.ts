import {type FoldedEvent, foldEvents} from '../../../core/kube/folded-events.ts';
import {valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {fitsSelector} from '../../../core/kube/selector.ts';
import {age} from '../../../core/text/age.ts';
import {plainLine} from '../../../mcp/kubernetes/model/untrusted-text.ts';
import type {Clause} from '../clause.ts';
import {foundThing} from '../names/same-thing.ts';
import {isInScope, scopeIn} from '../names/scope-in.ts';
import {theOne} from '../names/the-one.ts';
import type {Intent, Talk, Understanding} from '../understanding.ts';
import {amountsIn} from '../words/amounts.ts';
import {spoken} from '../words/spoken.ts';
import type {World} from '../world.ts';
import {asksToRead} from './asks-to-read.ts';
import {answer, inLanguage, type Language} from './say.ts';

const subjects = [
	'Deployment',
	'StatefulSet',
	'DaemonSet',
	'CronJob',
	'Job',
	'Service',
	'Ingress',
	'PersistentVolumeClaim',
	'HorizontalPodAutoscaler',
	'PodDisruptionBudget',
] as const;

/** What would happen is told by no event. */
const supposed = /\bwould happen\b|\bhappens? (?:if|when)\b|[하되우]면 (?:어떻게|무슨 일)/i;

/** What is not said by a program, but of it. */
export const saidByCluster =
	/\b(?:scheduler|kubelet|kubernetes|the cluster|control plane)\b.*\b(?:says?|warn\w*|flagged|raised|said|reports?|reported|recorded|complain\w*|notes?|noted|about)\b|(?:스케줄러|쿠블렛|kubelet)\S*\s.*(?:뭐라|말|기록|남[겼긴])/i;

/** `events, not logs` */
const notLogs = /\b(?:not|no|rather than|instead of)(?: the| its)? logs?\b|로그\S?\s?(?:말고|아니)/i;

/** `events for web`, `any warnings in shop recently?`, `what happened to web in the last hour`. */
export const events: Intent = {
	name: 'events',
	async understand(clause, world, talk) {
		if (
			!asksToRead(clause) ||
			supposed.test(clause.text) ||
			!(
				saidByCluster.test(clause.text) ||
				spoken(
					clause,
					'event events event-wise warning-type noisy warning happen happened complain complaint complaining complained 이벤트 경고 워닝 무슨_일 일어나 일어난',
				)
			) ||
			(spoken(clause, 'log 로그') && !/이벤트\s?로그|\bevent logs?\b/i.test(clause.text) && !notLogs.test(clause.text))
		)
			return undefined;
		const scope = await scopeIn(clause, world);
		const workload = foundThing(await theOne(clause, world, subjects), subjects);
		// `the web pod` is of web: pods and nodes are found by their own names, where nothing else is.
		const found = workload.found === 'none' ? await theOne(clause, world, ['Pod', 'Node']) : workload;
		if (found.found === 'several') return found.question;
		const all = await world.objects('Event');
		const inside = all.filter(({metadata}) => isInScope(scope, metadata.namespace));
		if (found.found === 'none') return told(clause, inside, talk, scope.namespaces?.join(', '));
		const about = await familyOf(found.object, world);
		const own = all.filter(
			event => event.metadata.namespace === (found.object.metadata.namespace ?? event.metadata.namespace) && about(event),
		);
		return told(clause, own, talk, `${found.object.kind} ${found.object.metadata.name}`);
	},
};

/** More are counted, not told. */
const most = 40;

const involved = (event: KubeObject) =>
	`${String(valueAt(event, 'involvedObject', 'kind'))} ${String(valueAt(event, 'involvedObject', 'name'))}`;

/** The object itself, and what it made: its pods, ReplicaSets and jobs. Events of pods that are gone are known by their names. */
async function familyOf(object: KubeObject, world: World): Promise<(event: KubeObject) => boolean> {
	const {kind, metadata} = object;
	const selector = valueAt(object, 'spec', 'selector');
	const pods = (await world.objects('Pod', metadata.namespace)).filter(
		pod => kind !== 'Pod' && kind !== 'Service' && fitsSelector(selector, pod.metadata.labels),
	);
	const names = new Set([`${kind} ${metadata.name}`, ...pods.map(pod => `Pod ${pod.metadata.name}`)]);
	const made = new RegExp(`^(Pod|ReplicaSet|Job) ${metadata.name.replace(/[.]/g, '\\.')}-([a-z0-9]{4,10}|\\d+)(-[a-z0-9]{5})?$`);
	return event => names.has(involved(event)) || (kind !== 'Pod' && kind !== 'Node' && made.test(involved(event)));
}

function told(clause: Clause, all: readonly KubeObject[], {nowMs}: Talk, where: string | undefined): Understanding {
	const {language} = clause;
	const time = amountsIn(clause).find(amount => amount.kind === 'duration');
	const seconds =
		time?.kind === 'duration'
			? time.seconds
			: spoken(clause, 'hour 시간')
				? 3600
				: spoken(clause, 'today day 오늘 하루')
					? 86_400
					: undefined;
	const earliest = seconds === undefined ? '' : new Date(nowMs - seconds * 1000).toISOString();
	const isWarning = spoken(clause, 'warning warning-type 경고 워닝 문제 problem');
	const young = foldEvents(all).filter(event => (!isWarning || event.type === 'Warning') && event.last >= earliest);
	const folded = young.length > most ? toldOf(clause, young) : young;
	const what = isWarning ? inLanguage(language, 'warnings', '경고') : inLanguage(language, 'events', '이벤트');
	const place = where === undefined ? '' : inLanguage(language, ` of ${where}`, ` (${where})`);
	const span = seconds === undefined ? '' : inLanguage(language, ` of the last ${age(seconds * 1000)}`, ` (최근 ${age(seconds * 1000)})`);
	return answer(
		inLanguage(language, `${what}${place}${span}`, `${what}${place}${span}`),
		folded.length === 0
			? inLanguage(
					language,
					`No ${what}${place}${span}. Events live an hour only, unless the cluster says otherwise.`,
					`${what}가 없습니다${place}${span}. 이벤트는 보통 한 시간만 남습니다.`,
				)
			: inLanguage(
					language,
					`${folded.length} ${what}${place}${span}, newest last; their words are the cluster's:`,
					`${what} ${folded.length}건${place}${span}, 최근 것이 아래입니다:`,
				),
		folded.slice(-most).map(event => line(event, nowMs, language)),
		language,
	);
}

/** What is asked about, and how the cluster writes it. */
const reasons: readonly (readonly [said: RegExp, written: RegExp])[] = [
	[/back-?off|백오프/i, /back-?off/i],
	[/\bpull|이미지\S*\s?\S*(?:풀|당기|당겨|가져|받)/i, /pull/i],
	[/\bschedul|스케[줄쥴]/i, /schedul/i],
	[/\boom\b|\bkill|메모리\s?부족/i, /oom|kill/i],
	[/\bprobes?\b|\bunhealthy\b|프로브|헬스/i, /probe|unhealthy/i],
	[/\bmount|\bvolumes?\b|볼륨|마운트/i, /mount|volume/i],
	[/\bevict|축출/i, /evict/i],
];
const failing = /\bfail|\berrors?\b|실패|에러|오류/i;

/** Those that a clause asks about by what they tell; all where it says nothing of that, or none tells it. */
function toldOf({text}: Clause, events: readonly FoldedEvent[]): readonly FoldedEvent[] {
	const wanted = [
		...reasons.filter(([said]) => said.test(text)).map(([, written]) => written),
		...(failing.test(text) ? [/fail|error|back-?off/i] : []),
	];
	const found = events.filter(({reason, message}) => wanted.every(written => written.test(`${reason} ${message}`)));
	return found.length === 0 ? events : found;
}

const line = ({type, reason, namespace, object, message, count, last}: FoldedEvent, nowMs: number, language: Language) =>
	`- ${type === 'Warning' ? '! ' : ''}${age(nowMs - Date.parse(last))} ${plainLine(reason, 60)} ${namespace}/${object.replace(/^(\S+) /, '$1 ')}${count > 1 ? inLanguage(language, ` (${count} times)`, ` (${count}번)`) : ''}: \`${plainLine(message, 300).replaceAll('`', "'")}\``;
