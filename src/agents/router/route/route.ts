import type {Clause} from '../clause.ts';
import {gathered} from '../create/gathered.ts';
import type {Call, Intent, Talk, Understanding} from '../understanding.ts';
import {clauseOf, clausesOf} from '../words/clauses-of.ts';
import {listed} from '../words/listed.ts';
import {givesOrder, moodOf} from '../words/mood/mood-of.ts';
import {withoutFrame} from '../words/mood/polite-mood.ts';
import {onlyShown} from '../words/only-shown.ts';
import {plainVerbs} from '../words/plain-verbs.ts';
import {withoutProhibitions} from '../words/prohibitions.ts';
import {spoken as isSpoken} from '../words/spoken.ts';
import {corrected} from '../words/taken-back.ts';
import type {World} from '../world.ts';
import {isBackground} from './background.ts';
import {underCondition} from './condition.ts';
import {cutByNames} from './cut-by-names.ts';
import {heldBack} from './held-back.ts';
import {joinedCalls} from './joined-calls.ts';
import {leftOut} from './left-out.ts';
import {notUnderstood} from './not-understood.ts';
import {saidAgain} from './pronouns.ts';
import {unknownPlace} from './unknown-place.ts';
import {withoutSpared} from './without-spared.ts';

/** How a request is understood. */
export type Routing = {
	/** Look at the whole request before it is cut: what they refuse stays refused, whatever stands beside it. */
	readonly guards: readonly Intent[];
	/** Read the whole request before it is cut: what they understand is all of it. */
	readonly wholes?: readonly Intent[];
	/** Asked clause by clause, in this order. */
	readonly intents: readonly Intent[];
	/** Those that only tell: asked first where a request, or a part of it, gives no order. */
	readonly telling?: readonly Intent[];
	readonly nowMs: number;
	/** The request of the turn before, which `it` may point at. Nothing is deleted by it. */
	readonly before?: string | undefined;
};

/**
 * What a request means. One refusal or one question stands for the whole request: nothing of it is done before that is settled. Else answers, and at the
 * end the calls of all its orders.
 */
export async function route(said: string, world: World, routing: Routing): Promise<readonly Understanding[]> {
	const shown = onlyShown(said);
	const {rest, forbids} = withoutProhibitions(listed(corrected(shown ?? said)));
	const request = plainVerbs(
		rest
			.split(/(?<=[.!?]\s)/)
			.map(withoutFrame)
			.join(''),
	);
	const whole = clauseOf(request);
	const talk: Talk = {clauses: [whole], index: 0, earlier: [], nowMs: routing.nowMs};
	const guarded = await firstOf(routing.guards, whole, world, talk);
	if (guarded !== undefined) return [guarded];
	const understood =
		(await wholly(whole, world, routing, talk)) ??
		(await withoutSpared(whole, world, text => orders(text, world, routing))) ??
		(await orders(request, world, routing));
	const allowed = understood.map(one => (one.kind === 'calls' && one.calls.some(forbids) ? forbidden(one, whole) : one));
	return shown === undefined ? allowed : allowed.map(one => asShown(one, whole));
}

/** What is weighed, put off or only a part of the request is asked about, as anywhere. */
async function wholly(whole: Clause, world: World, {wholes = []}: Routing, talk: Talk): Promise<readonly Understanding[] | undefined> {
	const found = await firstOf(wholes, whole, world, talk);
	if (found?.kind !== 'calls') return found === undefined ? undefined : [found];
	return [(await heldBack(whole, whole, found, world)) ?? (await leftOut(whole, [found], world)) ?? found];
}

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

async function orders(request: string, world: World, {intents, telling = [], nowMs, before}: Routing): Promise<readonly Understanding[]> {
	const whole = clauseOf(request);
	const cut = await Promise.all(clausesOf(request).map(clause => cutByNames(clause, world)));
	const clauses: Clause[] = [...(await gathered(cut.flat(), world))];
	const understood: Understanding[] = [];
	for (let index = 0; index < clauses.length; index += 1) {
		const asks = !givesOrder(request) || !['order', 'unclear'].includes(moodOf(clauses[index]?.text ?? ''));
		const around = {world, intents: asks ? [...telling, ...intents] : intents, earlier: [...understood], nowMs, before};
		const found = await understandAt(index, clauses, around);
		if (found === undefined && isContext(clauses, index)) continue;
		const read = found ?? (await notUnderstood(clauses[index] ?? whole, world, {clauses, index, earlier: around.earlier, nowMs}));
		const clause = clauses[index] ?? whole;
		const doubt =
			read.kind === 'calls' ? ((await unknownPlace(clause, read, world)) ?? (await heldBack(whole, clause, read, world))) : undefined;
		const understanding = doubt ?? read;
		if (understanding.kind === 'refusal' || understanding.kind === 'question') return [understanding];
		understood.push(understanding);
	}
	const missing = await leftOut(whole, understood, world);
	return missing === undefined ? together(understood) : [missing];
}

type Around = {
	readonly world: World;
	readonly intents: readonly Intent[];
	readonly earlier: readonly Understanding[];
	readonly nowMs: number;
	/** The request of the turn before, which `it` may point at. Nothing is deleted by it. */
	readonly before?: string | undefined;
};

/** `The sale starts at noon. Scale web to 5`: what is told beside an order needs no answer. */
const isContext = (clauses: readonly Clause[], index: number) =>
	isBackground(clauses[index]?.text ?? '') && clauses.some(({text}, at) => at !== index && givesOrder(text) && !isBackground(text));

/** Understands one clause; what it points at is said again in its place, so that the clauses behind it see it. */
async function understandAt(
	index: number,
	clauses: Clause[],
	{world, intents, earlier, nowMs, before}: Around,
): Promise<Understanding | undefined> {
	const talk: Talk = {clauses, index, earlier, nowMs};
	const spoken = clauses[index];
	if (spoken === undefined) throw new Error(`no clause ${index}`);
	const decided = await underCondition(spoken, world, talk);
	if (decided !== undefined && 'kind' in decided) return decided;
	const [order, ...behind] = decided === undefined ? [] : clausesOf(decided.text);
	clauses.splice(index + 1, 0, ...behind);
	const clause = order ?? (await saidAgain(spoken, clauses[index - 1] ?? earlierTurn(spoken, before), talk, world));
	clauses[index] = clause;
	return firstOf(intents, clause, world, talk);
}

async function firstOf(intents: readonly Intent[], clause: Clause, world: World, talk: Talk): Promise<Understanding | undefined> {
	for (const intent of intents) {
		const understanding = await intent.understand(clause, world, talk);
		if (understanding !== undefined) return understanding;
	}
	return undefined;
}

function together(understood: readonly Understanding[]): readonly Understanding[] {
	const calls: Call[] = [];
	const said: string[] = [];
	for (const one of understood) {
		if (one.kind !== 'calls') continue;
		calls.push(...one.calls);
		said.push(one.said);
	}
	const answers = understood.filter(({kind}) => kind === 'answer');
	return calls.length === 0 ? answers : [...answers, {kind: 'calls', said: said.join('; '), calls: joinedCalls(calls)}];
}

/** What was asked in the turn before, for an order that destroys nothing. */
const earlierTurn = (clause: Clause, before: string | undefined): Clause | undefined =>
	before === undefined || destroys(clause) ? undefined : clausesOf(before).at(-1);

const destroys = (clause: Clause) =>
	isSpoken(clause, 'delete remove drop erase destroy purge wipe kill drain evict exec 삭제 지우 제거 없애 날리 비우 드레인');
