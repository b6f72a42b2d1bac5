import type {Clause} from '../clause.ts';
import type {Call, Intent, Talk, Understanding} from '../understanding.ts';
import {type Amount, amountsIn} from '../words/amounts.ts';
import {clauseOf, clausesOf} from '../words/clauses-of.ts';
import {givesOrder, moodOf} from '../words/mood/mood-of.ts';
import {spoken as isSpoken} from '../words/spoken.ts';
import type {World} from '../world.ts';
import {isBackground} from './background.ts';
import {bestOf} from './best-of.ts';
import {underCondition} from './condition/under-condition.ts';
import {contradiction} from './contradiction.ts';
import {heldBack} from './held-back.ts';
import {impossible} from './impossible.ts';
import {actAlike, inDispute} from './in-dispute.ts';
import {joinedCalls} from './joined-calls.ts';
import {leftOut} from './left-out.ts';
import {notUnderstood} from './not-understood.ts';
import {ownValues} from './own-values.ts';
import {saidAgain} from './pronouns.ts';
import {readingsOf} from './readings.ts';
import {ungoverned} from './ungoverned.ts';
import {unknownPlace} from './unknown-place.ts';
import {unplanned} from './unplanned.ts';

/** How orders and questions are understood. */
export type OrderRouting = {
	/** Asked clause by clause, in this order. */
	readonly intents: readonly Intent[];
	/** Those that only tell: asked first where a request, or a part of it, gives no order. */
	readonly telling?: readonly Intent[];
	readonly nowMs: number;
	/** The request of the turn before, which `it` may point at. Nothing is deleted by it. */
	readonly before?: string | undefined;
};

/**
 * What the orders and questions of a request mean: of the ways to cut it, the first of which every part is understood; where there is none, the question
 * of the first. Where another way makes a plan that touches something else, none is guessed.
 */
export async function orders(request: string, world: World, routing: OrderRouting): Promise<readonly Understanding[]> {
	const whole = clauseOf(request);
	let first: readonly Understanding[] | undefined;
	let chosen: readonly Understanding[] | undefined;
	const others: (readonly Understanding[])[] = [];
	for await (const clauses of readingsOf(request, world)) {
		const understood = await ordersOf(clauses, whole, world, routing);
		if (chosen !== undefined) {
			const disputed = isPlan(understood) ? inDispute(whole, chosen, understood) : undefined;
			if (disputed !== undefined) return [disputed];
			if (isPlan(understood)) others.push(understood);
		} else if (first === undefined ? !isAsked(understood) : isPlan(understood) && holdsAmounts(whole, understood)) {
			// What is only told does no harm.
			if (!isPlan(understood)) return withAllValues(whole, understood, [], world);
			chosen = understood;
		}
		first ??= understood;
	}
	return chosen === undefined ? (first ?? []) : withAllValues(whole, chosen, others, world);
}

/** The reading, or another one that does more of the same to the same objects, if a value of the request is not in its plan. */
async function withAllValues(
	whole: Clause,
	chosen: readonly Understanding[],
	others: readonly (readonly Understanding[])[],
	world: World,
): Promise<readonly Understanding[]> {
	const missing = contradiction(whole, chosen) ?? (await unplanned(whole, chosen, world)) ?? (await ownValues(whole.text, chosen, world));
	if (missing === undefined) return chosen;
	for (const other of others)
		if (
			actAlike(chosen, other) &&
			contradiction(whole, other) === undefined &&
			(await unplanned(whole, other, world)) === undefined &&
			(await ownValues(whole.text, other, world)) === undefined
		)
			return other;
	return [missing];
}

/** A way to cut that leaves out `2Gi` has lost the part that another way asks about. */
const holdsAmounts = ({words}: Clause, understood: readonly Understanding[]) => {
	const planned = JSON.stringify(understood);
	return amountsIn({words}).every(amount => amount.kind !== 'quantity' || planned.includes(amount.quantity) || isRelative(words, amount));
};

const isRelative = (words: Clause['words'], {first, last}: Amount) =>
	/^(?:by|from|of|than|another)$/.test(words[first - 1]?.text ?? '') ||
	/^(?:more|less|extra|additional|더|만큼|대신|말고|에서)$/.test(words[last + 1]?.text ?? '');

const isAsked = (understood: readonly Understanding[]) => understood.some(({kind}) => kind === 'question');
const isPlan = (understood: readonly Understanding[]) => understood.length > 0 && understood.every(({kind}) => kind === 'calls');

/** @param whole the whole request, which may take back or put off what a part of it says */
async function ordersOf(
	cut: readonly Clause[],
	whole: Clause,
	world: World,
	{intents, telling = [], nowMs, before}: OrderRouting,
): Promise<readonly Understanding[]> {
	const clauses: Clause[] = [...cut];
	const understood: Understanding[] = [];
	for (let index = 0; index < clauses.length; index += 1) {
		const part = clauses[index] ?? whole;
		const asks = !givesOrder(whole.text) || !['order', 'unclear'].includes(moodOf(part.text));
		const around = {world, intents: asks ? [...telling, ...intents] : intents, earlier: [...understood], nowMs, before};
		const found = await understandAt(index, clauses, around);
		// What is told beside an order asks for nothing, whatever it might be taken for.
		if ((found === undefined || found.kind === 'question') && isContext(clauses, index)) continue;
		const read = found ?? (await notUnderstood(clauses[index] ?? whole, world, {clauses, index, earlier: around.earlier, nowMs}));
		const clause = clauses[index] ?? whole;
		const doubt =
			read.kind === 'calls'
				? (ungoverned(clause, read) ??
					impossible(clause, read) ??
					(await unknownPlace(clause, read, world)) ??
					(await heldBack(whole, clause, read, world)))
				: undefined;
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
	return bestOf(intents, clause, world, talk);
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
