import type {Clause} from '../clause.ts';
import type {Call, Intent, Talk, Understanding} from '../understanding.ts';
import {clauseOf} from '../words/clauses-of.ts';
import {withoutClosingPlea} from '../words/closing-plea.ts';
import {withoutFillers} from '../words/fillers.ts';
import {kindFirst} from '../words/kind-first.ts';
import {languageOf} from '../words/language.ts';
import {listed} from '../words/listed.ts';
import {withoutFrame} from '../words/mood/polite-mood.ts';
import {onlyShown} from '../words/only-shown.ts';
import {creating} from '../words/order-verbs.ts';
import {ownedKeys} from '../words/owned-keys.ts';
import {ownersTold} from '../words/owner-told.ts';
import {particlesJoined} from '../words/particles-joined.ts';
import {passiveOrders} from '../words/passive-orders.ts';
import {placeFirst} from '../words/place-first.ts';
import {plainVerbs} from '../words/plain-verbs.ts';
import {withoutProhibitions} from '../words/prohibitions.ts';
import {namesSpelled} from '../words/spelled-names.ts';
import {spoken} from '../words/spoken.ts';
import {withoutToldBetween} from '../words/told-between.ts';
import {valuesTurned} from '../words/turns-it.ts';
import {sourcesNamed} from '../words/whole-source.ts';
import type {World} from '../world.ts';
import {type Told, withoutAsides} from './asides.ts';
import {settled} from './condition/settled.ts';
import {corrected} from './correction/corrected.ts';
import {fellToDefault} from './fell-to-default.ts';
import {firstOf} from './first-of.ts';
import {toldByName} from './groups/told-by-name.ts';
import {heldBack} from './held-back.ts';
import {isChanging} from './is-changing.ts';
import {kubectlInWords} from './kubectl/in-words.ts';
import {leftOut} from './left-out.ts';
import {leftStanding} from './left-standing.ts';
import {type OrderRouting, orders} from './orders.ts';
import {qualifiedNames} from './qualified-names.ts';
import {saidRight} from './said-right.ts';
import {withoutSparing} from './sparing/without-sparing.ts';
import {strangerIn} from './stranger.ts';
import {unexplainedName} from './unexplained-name.ts';
import {unplanned} from './unplanned.ts';
import {withoutSpared} from './without-spared.ts';
import {writtenNames} from './written-names.ts';

/** How a request is understood. */
export type Routing = OrderRouting & {
	/** Look at the whole request before it is cut: what they refuse stays refused, whatever stands beside it. */
	readonly guards: readonly Intent[];
	/** Read the whole request before it is cut: what they understand is all of it. */
	readonly wholes?: readonly Intent[];
};

/** What wordings alone tell, before anything is looked up. */
const plainly = [
	particlesJoined,
	kindFirst,
	withoutClosingPlea,
	withoutFillers,
	namesSpelled,
	ownedKeys,
	ownersTold,
	valuesTurned,
	sourcesNamed,
];
const plainlySaid = (said: string) => plainly.reduce((text, plain) => plain(text), said);

/**
 * What a request means. One refusal or one question stands for the whole request: nothing of it is done before that is settled. Else answers, and at the
 * end the calls of all its orders.
 */
export async function route(said: string, world: World, routing: Routing): Promise<readonly Understanding[]> {
	const meant = await corrected(
		placeFirst(await leftStanding(await writtenNames(plainlySaid(said), world), world), await world.namespaces()),
		world,
	);
	if (meant === 'unclear') return [unclear(said)];
	const shown = onlyShown(meant.text);
	const looked = await settled(kubectlInWords(shown ?? meant.text), world);
	if (looked.request === '') return looked.answers;
	const {rest, forbids} = withoutProhibitions(passiveOrders(listed(withoutToldBetween(looked.request))));
	const request = plainVerbs(
		(await qualifiedNames(rest, world))
			.split(/(?<=[.!?]\s)/)
			.map(withoutFrame)
			.join(''),
	);
	const whole = clauseOf(request);
	const talk: Talk = {clauses: [whole], index: 0, earlier: [], nowMs: routing.nowMs};
	const guarded = await firstOf(routing.guards, whole, world, talk);
	if (guarded !== undefined) return [guarded];
	const understand = (text: string, seen: World) => withoutTelling(text, seen, routing);
	const understood = (await withoutSparing(whole, world, understand)) ?? (await understand(request, world));
	const explained = await Promise.all(understood.map(one => (one.kind === 'question' ? withStranger(one, whole, world) : one)));
	const places = await fellToDefault(said, explained, world);
	if (places.length > 0) return [whichPlace(whole, places)];
	const right = saidRight(whole);
	const isForbidden = (call: Call) =>
		forbids(call) ||
		(call.tool === 'resource_patch' && right.has(String(call.input.kind))) ||
		(call.tool === 'resource_delete' && removesCause.test(request));
	const allowed = explained.map(one => (one.kind === 'calls' && one.calls.some(isForbidden) ? forbidden(one, whole) : one));
	return [...looked.answers, ...(shown === undefined ? allowed : allowed.map(one => asShown(one, whole)))];
}

/** `look what holds it back and remove that`: what is to go is the cause that is looked for, and not the object. */
const removesCause =
	/\b(?:what(?:ever)?|which (?:one|part|field|setting)|why|the (?:cause|reason|culprit))\b[^.;]*?,?\s+(?:and|then)\s+(?:then\s+)?(?:delete|remove|drop|get rid of|take (?:out|away)|take)\s+(?:that|it|this|them|those)\b/i;

/** What is done to what is there: a name beside it is no new one. */
const onLive =
	'restart reboot bounce scale delete remove cordon uncordon drain suspend resume 재시작 재기동 코든 드레인 삭제 롤백 늘리 줄이';

/** A question that says which of the names is nobody's. */
async function withStranger(asked: Extract<Understanding, {kind: 'question'}>, whole: Clause, world: World): Promise<Understanding> {
	if (creating(whole.words) || !spoken(whole, onLive)) return asked;
	const name = (await unexplainedName(whole, asked.text, world)) ?? (await strangerIn(whole.text, asked.text, world));
	if (name === undefined || asked.text.includes(name)) return asked;
	const text = whole.language === 'ko' ? `${name}(이)라는 것은 찾지 못했습니다.` : `Nothing is called ${name}.`;
	return {...asked, text: `${text} ${asked.text}`};
}

const unclear = (said: string): Understanding => ({
	kind: 'question',
	text:
		languageOf(said) === 'ko'
			? '무엇을 무엇으로 정정하는지 알 수 없습니다. 전체를 다시 한 문장으로 말해 주시겠어요?'
			: 'Something is corrected, and I cannot tell what takes the place of what. What is the whole order?',
	choices: [],
});

/** What is told beside an order is left out where the order is understood without it. What was done before is never done again. */
async function withoutTelling(request: string, world: World, routing: Routing): Promise<readonly Understanding[]> {
	const whole = clauseOf(request);
	const told = await withoutAsides(request, world);
	const short = told?.rest === undefined ? [] : await understoodOf(clauseOf(told.rest), world, routing);
	const isAll = short.length > 0 && short.every(({kind}) => kind === 'calls' || kind === 'answer');
	// What is told may say where the thing lives that is made.
	if (isAll && (await fellToDefault(request, short, world)).length === 0) return short;
	const understood = await understoodOf(whole, world, routing);
	const changes = understood.some(one => one.kind === 'calls' && one.calls.some(isChanging));
	return told?.isHistory === true && changes ? [short.find(({kind}) => kind === 'question') ?? whichOfTold(whole, told)] : understood;
}

const whichOfTold = ({language}: Clause, {names}: Told): Understanding => ({
	kind: 'question',
	text:
		language === 'ko'
			? `앞에서 말한 것은 지시가 아닌 것으로 이해했습니다. 무엇을 어떻게 바꿀까요(${names.join(', ')})? 이름과 값을 함께 말씀해 주세요.`
			: `What is told first is no order by itself. What should change now (${names.join(', ')})? Say its name and the value in one sentence.`,
	choices: [],
});

async function understoodOf(whole: Clause, world: World, routing: Routing): Promise<readonly Understanding[]> {
	return (
		(await wholly(whole, world, routing)) ??
		(await withoutSpared(whole, world, (text, seen = world) => ordersByName(text, seen, routing))) ??
		(await ordersByName(whole.text, world, routing))
	);
}

/** The orders of a request after the groups that it tells are told by name. */
async function ordersByName(request: string, world: World, routing: Routing): Promise<readonly Understanding[]> {
	const told = await toldByName(request, world);
	return typeof told === 'string' ? orders(told, world, routing) : [told];
}

/** What is weighed, put off or only a part of the request is asked about, as anywhere. */
async function wholly(whole: Clause, world: World, {wholes = [], nowMs}: Routing): Promise<readonly Understanding[] | undefined> {
	const found = await firstOf(wholes, whole, world, {clauses: [whole], index: 0, earlier: [], nowMs});
	if (found?.kind !== 'calls') return found === undefined ? undefined : [found];
	// What a semicolon parts is a sentence of its own, with a mood of its own.
	const parted = clauseOf(whole.text.replaceAll('; ', '. '));
	return [
		(await heldBack(parted, parted, found, world)) ??
			(found.isSure === true ? undefined : await leftOut(whole, [found], world)) ??
			(await unplanned(whole, [found], world)) ??
			found,
	];
}

const whichPlace = ({language}: Clause, places: readonly string[]): Understanding => ({
	kind: 'question',
	text:
		language === 'ko'
			? `어느 네임스페이스에 만들까요? 말씀하신 것은 ${places.join(', ')}에 있고, 말하지 않으면 default입니다.`
			: `In which namespace should it be made? What is spoken of lives in ${places.join(', ')}; with no word it would be default.`,
	choices: [],
});

/** The plan would do what the request forbids. */
const forbidden = ({said}: Extract<Understanding, {kind: 'calls'}>, {language}: Clause): Understanding => ({
	kind: 'question',
	text:
		language === 'ko'
			? `하지 말라고 한 일이 들어 있어 계획하지 않습니다: ${said}. 무엇을 할까요?`
			: `The request forbids what this would do: ${said}. What should be done instead?`,
	choices: [],
});

/** A plan that nobody is asked to approve, and says so. */
const asShown = (one: Understanding, {language}: Clause): Understanding =>
	one.kind !== 'calls'
		? one
		: {
				...one,
				said: language === 'ko' ? `계획만 보여주고 적용하지 않습니다: ${one.said}` : `Only shown, nothing is applied: ${one.said}`,
				onlyShown: true,
			};
