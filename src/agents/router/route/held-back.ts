import {refOf} from '../../../core/kube/kube-object.ts';
import type {Clause} from '../clause.ts';
import {withoutUnwanted} from '../create/reading/unwanted.ts';
import {kindWord} from '../names/kind-words.ts';
import {mentionsIn} from '../names/mentions-in.ts';
import type {Call, Understanding} from '../understanding.ts';
import {isConditional} from '../words/conditional.ts';
import {doubts} from '../words/doubts.ts';
import {givesOrder, moodOf} from '../words/mood/mood-of.ts';
import {isPostponed} from '../words/postponed.ts';
import {withoutTold} from '../words/reasons.ts';
import type {World} from '../world.ts';
import {isChanging} from './is-changing.ts';
import {namedKinds} from './ordered.ts';

type Calls = Extract<Understanding, {kind: 'calls'}>;
type Why = 'doubt' | 'later' | 'condition';

/**
 * The question that stands instead of a plan where a request only weighs it, takes it back, or wants it at another time or under a condition that mkcoa
 * does not watch. Undefined: nothing holds it back.
 * @param whole the whole request, which may take back what one of its clauses says
 * @param clause the clause that the plan was read from, after a condition on replicas was settled
 */
export async function heldBack(whole: Clause, clause: Clause, plan: Calls, world: World): Promise<Understanding | undefined> {
	const why = whyNot(whole, clause, plan);
	if (why === undefined) return undefined;
	const texts = (clause.language === 'ko' ? korean : english)[why];
	return {kind: 'question', text: texts(plan.said), choices: await readings(clause, world)};
}

function whyNot(whole: Clause, clause: Clause, {calls, isSure}: Calls): Why | undefined {
	const changes = calls.filter(isChanging);
	if (changes.length === 0) return undefined;
	// `서비스는 안 만들어도 돼요` weighs nothing of what is to be made.
	const wanted = withoutUnwanted(whole.text);
	if (isSure !== true && (!givesOrder(whole.text) || isOther(clause)) && !describesNew(wanted, changes)) return 'doubt';
	if (doubts(wanted)) return 'doubt';
	// What is made anew, a schedule or a setting may speak of times and conditions of its own.
	if (!changes.some(({tool, input}) => isActNow(tool, input.kind) && !speaksOfEvents.test(String(input.patch)))) return undefined;
	if (leavesChoice(whole.text, changes)) return 'doubt';
	if (isPostponed(withoutTold(whole.text))) return 'later';
	// `cordon it until the disk is replaced`: the node stays closed, and nothing is to happen by itself.
	const waits = changes.every(({tool}) => tool === 'node_cordon' || tool === 'workload_scale')
		? withoutTold(clause.text).replaceAll(/\b(?:until|till)\b[^,;]*/gi, '')
		: withoutTold(clause.text);
	return isConditional(waits) ? 'condition' : undefined;
}

/** `should I restart web? And scale cart to 3`: another part of the request is the order. */
const isOther = ({text}: Clause) => ['weighed', 'question', 'forbidden', 'told'].includes(moodOf(text));

const past =
	/\b(?:was|were|had|(?:has|have) been|did|used to|yesterday|ago|deployed|created|ran|launched)\b|[았었였했됐갔왔났렸졌꿨켰](?:어|다|습|네|는|음|던)/i;

/** What runs an image is made, and nothing else is done. */
const isMaking = (calls: readonly Call[]) =>
	calls.every(({tool, input}) => tool === 'resource_apply' && /^\s+(?:- )?image: /m.test(String(input.manifest)));

/** `payments에 outbox-db를 두려고 합니다. postgres:16.4 한 대입니다.`: what runs an image under a new name is not there, so to describe it is to want it. */
const describesNew = (text: string, calls: readonly Call[]) =>
	!['weighed', 'forbidden'].includes(moodOf(text)) && !/\?|까요?(?=[\s.]|$)/.test(text) && !past.test(text) && isMaking(calls);

/** `restart web or cart`: one of them is meant, and the plan has both. */
const leavesChoice = (text: string, calls: readonly Call[]) =>
	/\bto [\w.:/-]+ or (?!more\b|less\b|fewer\b|so\b)[\w.:/-]+/i.test(text) ||
	[...text.matchAll(/([\w-]+),? (?:or) (?:the )?([\w-]+)|([\w-]+)(?:이나|나)\s([\w-]+)/gi)].some(([, ...names]) => {
		const both = names.filter(name => name !== undefined);
		return both.every(name => calls.some(({input}) => [input.name, input.node, String(input.workload).replace(/.*\//, '')].includes(name)));
	});

/** Fields that say what is to happen when something else does. */
const speaksOfEvents = /persistentVolumeClaimRetentionPolicy|(?:liveness|readiness|startup)Probe|\/lifecycle\b|"(?:preStop|postStart)"/;

const isActNow = (tool: string, kind: unknown) =>
	tool !== 'resource_apply' && tool !== 'secret_manage' && !(tool === 'resource_patch' && kind === 'CronJob');

const english: {readonly [why in Why]: (said: string) => string} = {
	doubt: said => `Nothing is changed by a thought, a question or an order taken back. Should this really be done now: ${said}?`,
	later: said => `mkcoa changes things now or not at all; it keeps no appointments. Now: ${said}? Then say it without the time.`,
	condition: said =>
		`mkcoa waits for nothing and cannot tell whether the condition holds. Now: ${said}? Then say it without the condition.`,
};
const korean: {readonly [why in Why]: (said: string) => string} = {
	doubt: said => `고민, 질문, 취소한 말로는 아무것도 바꾸지 않습니다. 지금 정말 할까요: ${said}?`,
	later: said => `mkcoa는 지금 바꾸거나 바꾸지 않을 뿐, 예약하지 않습니다. 지금 할까요: ${said}? 그렇다면 시각을 빼고 말씀해 주세요.`,
	condition: said => `mkcoa는 기다리지 않으며 조건이 맞는지 판단할 수 없습니다. 지금 할까요: ${said}? 그렇다면 조건을 빼고 말씀해 주세요.`,
};

/** How the object stands, which is what a decision needs. */
async function readings(clause: Clause, world: World) {
	const {mentions} = await mentionsIn(clause, world, namedKinds);
	const object = mentions[0]?.objects[0];
	if (object === undefined) return [];
	const {kind, namespace, name} = refOf(object);
	const word = kindWord(kind, clause.language);
	const requests =
		clause.language === 'ko'
			? [`${namespace === undefined ? '' : `${namespace} 네임스페이스의 `}${name} ${word} 보여줘`, `${name}에 무슨 문제가 있어?`]
			: [`Show ${word} ${name}${namespace === undefined ? '' : ` in ${namespace}`}`, `What is wrong with ${word} ${name}?`];
	return requests.map(text => ({text, request: text}));
}
