import {numberAt} from '../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../core/kube/kube-object.ts';
import type {Clause} from '../clause.ts';
import type {Intent, Understanding} from '../understanding.ts';
import {moodOf} from '../words/mood/mood-of.ts';
import {spoken, spokenNearly} from '../words/spoken.ts';
import {type Asking, allOf, inLanguage, type Planned, type Question, question} from './asking.ts';
import {plainText, withoutWhatStays} from './plain-text.ts';
import {type ReplicaChange, replicaChange, replicaChangeFrom, replicasAfter} from './scale-words.ts';
import {inNamespace, isQuestion, scalableKinds, targetsIn, workloadText} from './targets.ts';
import {isTerse, withoutRemark} from './terse.ts';

const scaling = `fleet scale resize replica replicas pod pods instance instances copy broker worker member server consumer shard peer enough plenty suffice sufficient short minus plus lose shed shave pull size spin none each apiece use get halve double triple quadruple twice grow shrink bring up down more fewer less extra another increase
	decrease reduce raise lower run set make need want add put stop zero keep give dial knock ramp park wake take drop cut trim slash bump
	레플리카 복제본 파드 포드 인스턴스 개 배 늘리 늘어나 줄이 띄우 맞추 스케일 스케일링 증설 축소 확장 올리 내리 유지 증가 감소 설정 변경 바꾸 절반 돌리 필요 남기 끄 멈추 중지 중단 정지`;

const counted = /\d(?:개|대| ?배)/;

const replicaWords =
	'park fleet replica pod instance copy broker worker node member shard server consumer peer scale halve double triple quadruple stop 레플리카 복제본 파드 포드 인스턴스 스케일 스케일링 증설 대수 늘리 줄이 띄우 남기 끄 멈추';

/** `web goes to 4`, where nothing is said that is counted otherwise. */
const goesTo =
	/^(?!.*\b(?:port|delay|period|timeout|threshold|max|min|limit|request|priority|history|days?)\b)(?:[\w-]+ ){1,6}go(?:es)? (?:(?:up|down|back) )?to \d{1,3}[.!]?$/;

/** Whether a clause speaks of replicas by a word of theirs, or counts things in Korean. */
const isOfPods = (clause: Clause, text: string) =>
	spokenNearly(clause, replicaWords) || ofNow.test(text) || goesTo.test(text) || counted.test(text) || /\breplicas?=\d/.test(text);

/** `to 150% of what it has`, `half of what runs now`: a share of the pods that there are. */
const ofNow =
	/(?:\d ?%|\bhalf|\bthirds?|\bquarters?) of (?:what|the (?:size|number|count|fleet)|its (?:current|present) (?:size|number|count))\b(?!.*\b(?:memory|cpu|limit|request|storage|disk)\b)|(?:\d+ ?분의 ?\d+|절반|반) ?(?:수준|정도|규모)(?!.*(?:메모리|cpu|한도|요청|용량))/;

const side = '(?:[\\w-]*(?:blue|green|canary|stable)|블루|그린|카나리)';

/** `traffic goes to green; blue shrinks to 2`, `green이 받게 하고 blue는 2개로`: the side that is to serve is none that is scaled. */
const isOfTraffic = (text: string) =>
	new RegExp(
		`\\b(?:cut|flip|hand|swing)\\w* (?:\\S+ ){0,3}over to ${side}\\b|\\b(?:shift|move|send|route|direct|steer|switch|migrate|point)\\w* (?!\\d)(?:\\S+ ){1,6}?(?:on)?to (?:the )?${side}\\b.*\\d|\\btraffic\\b.*\\b(?:goes?|moves?|to|onto)\\b.*\\b(?:blue|green|canary|stable)\\b.*\\d|\\b(?:points?|live|switch\\w*|select\\w*|serv\\w+|rout\\w+) .*\\b(?:to|at|from|by|on) ${side}\\b.*\\d|\\b${side} (?:should )?(?:serves?|takes? over|answers?)\\b.*\\d|트래픽.*(?:넘|전환|보내).*\\d|${side}\\s?(?:쪽|버전|파드|디플로이먼트)?(?:(?:으로|로)\\s(?:전부\\s|모두\\s|다\\s)?(?:옮|보내|보낸|전환|돌리|돌려|돌린|넘긴|바꾼|바꾸|바꿔|연결|넘기|넘겨|향하|가게|흐르)|(?:이|가|만)\\s(?:다\\s|전부\\s|모두\\s)?받|[을를]\\s(?:바라보|보게|가리키)).*\\d`,
	).test(text);

/** `파드 하나만 죽여줘`: which one goes is not said, and their number stays. */
const killsPod = /(?:파드|포드|pod)\S*\s?(?:\S+\s)?(?:죽여|죽이|킬)|\bkill (?:a|one|some|any|one of) [^.;]*\bpods?\b/i;

/** `one broker at a time`: how many at once, and not how many there are. */
const inTurn = /\b(?:at a time|at once|one by one|one after (?:the other|another)|in turn)\b|하나씩|한 ?번에 (?:하나|한|둘|두|\d)|차례로/;

/** A number with another unit counts no pods, and a bound is none of the replicas themselves. */
const isClear = (text: string) =>
	!/\b(?:automatically|on (?:its|their) own|itself|themselves)\b|자동|\d ?%[^,.;]*\b(?:cpu|memory)\b|\b(?:cpu|memory)\b[^,.;]*\d ?%|\b(?:max|min)(?:imum)?(?:replicas)?\b|\bevery \d|최대|최소/.test(
		text,
	) && !/\d ?(?:s|ms|secs?|seconds?|m|mins?|minutes?|hours?|days?|초|분(?!의)|시간|[kmgt]i?b?|cores?)(?![a-z])/i.test(text);

function scaled({clause}: Asking, object: KubeObject, change: ReplicaChange): Planned | Question {
	const ref = refOf(object);
	const before = replicasOf(object);
	const after = replicasAfter(before, change);
	if (after === undefined)
		return question(
			clause,
			`${refText(ref)} has ${before} replicas, which is fewer than should go. How many should it have?`,
			`${refText(ref)}의 레플리카는 ${before}개라 그만큼 줄일 수 없습니다. 몇 개로 할까요?`,
		);
	return {
		said: inLanguage(clause, `Scale ${refText(ref)} from ${before} to ${after}`, `${refText(ref)} 레플리카를 ${before}개에서 ${after}개로`),
		calls: [{tool: 'workload_scale', input: {workload: workloadText(object), replicas: after, ...inNamespace(object)}}],
	};
}

const replicasOf = (object: KubeObject) => numberAt(object, 'spec', 'replicas') ?? 1;

/** A workload that is to stop, and no word of zero: zero pods is not guessed. More or fewer, and no number: the number is asked. */
function unsaid({clause}: Asking, targets: readonly KubeObject[]): Understanding | undefined {
	const [target] = targets;
	// `we pay for more pods than we need` tells why, and no order of its own.
	if (target === undefined || moodOf(clause.text) === 'told') return undefined;
	const {name, namespace} = target.metadata;
	const to = (count: number) =>
		inLanguage(clause, `Scale ${name} in ${namespace} to ${count}`, `${namespace}의 ${name} 레플리카를 ${count}개로 맞춰줘`);
	if (spoken(clause, 'stop halt 멈추 중지 중단 끄 turn_off shut_down'))
		return question(
			clause,
			`Stopping ${name} means zero pods: scale it to 0?`,
			`${name}을(를) 멈추면 파드가 0개가 됩니다. 0개로 줄일까요?`,
			[{text: inLanguage(clause, 'Scale it to zero', '0개로 줄이기'), request: to(0)}],
		);
	if (!spoken(clause, 'scale increase decrease reduce raise lower more fewer grow 늘리 줄이 스케일 스케일링 증설 축소')) return undefined;
	const now = replicasOf(target);
	return question(
		clause,
		`How many replicas should ${name} have? It has ${now}.`,
		`${name}의 레플리카를 몇 개로 할까요? 지금은 ${now}개입니다.`,
		[
			{text: String(now + 1), request: to(now + 1)},
			{text: String(now * 2), request: to(now * 2)},
		],
	);
}

/** `triple that limit`: of something else than pods. */
const ofOther =
	/\b(?:doubl|tripl|quadrupl|halv|rais|lower|increas)\w*\s+(?:that|the|its|this|those|these)\s+(?:[\w-]+\s+)?(?:limits?|requests?|memory|cpu|quotas?|timeouts?|size|disks?|storage)\b|(?:한도|제한|리밋|메모리|쿼터|용량)(?:를|을)?\s?(?:두|세|네|\d+)\s?배/;

/** Changes replicas of workloads: to a number, by a number, by a share. */
export const scaleIntent: Intent = {
	name: 'scale',
	async understand(spoken, world, talk) {
		const bare = withoutRemark(spoken);
		// What is told may hold the number: `5개는 돼야 버틸 것 같아. 맞춰줘`.
		const clause = replicaChange(plainText(bare)) === undefined ? spoken : bare;
		const asking = {clause, world, talk};
		// A remark may name the workload that the order leaves out.
		const named = {...asking, clause: spoken};
		const text = withoutWhatStays(plainText(clause));
		// `and web's to 1`: of a field that another part names.
		if (/\w['’]s to \S+[.!]?$/.test(text)) return undefined;
		const change = replicaChange(text);
		if (!isClear(text) || [isOfTraffic(text), ofOther.test(text), killsPod.test(text), inTurn.test(text)].includes(true)) return undefined;
		const targets = await targetsIn(named, scalableKinds);
		const speaks = goesTo.test(text) || spokenNearly(clause, scaling) || isOfPods(clause, text);
		if (isQuestion(targets)) return change === undefined || !speaks ? undefined : targets;
		if (targets.length === 0 || !((speaks && isOfPods(clause, text)) || (await isTerse(asking, targets, scaling)))) return undefined;
		if (change === undefined) return unsaid(asking, targets);
		const said = new Set(
			[...text.matchAll(/\b(?:to|at) (\d+)(?![\w.%])|(\d+)(?:개|대)로/g)].map(([, english, korean]) => english ?? korean),
		);
		if (targets.length > 1 && said.size > 1)
			return question(clause, 'How many replicas should each of them have?', '각각 레플리카를 몇 개로 할까요?');
		return allOf(targets.map(target => scaled(asking, target, replicaChangeFrom(text, replicasOf(target)) ?? change)));
	},
};
