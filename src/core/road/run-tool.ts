import {refuseRounded} from '../diff/exact-numbers.ts';
import {isNotAllowed, MkcoaError, stopped, troubleOf} from '../error.ts';
import {isJsonObject, type Json} from '../json.ts';
import type {AnyOutcome} from '../outcome.ts';
import {digestOf, essenceOf, type Plan} from '../plan.ts';
import {isSameCluster} from '../same-cluster.ts';
import {storableValues} from '../secrets/confined.ts';
import {sealDraft} from '../secrets/seal.ts';
import {type AnyTool, type ChangeToolOf, type Context, StoppedError} from '../tool.ts';
import {audited} from './audited.ts';
import {carryOut} from './carry-out.ts';
import {decide} from './decide.ts';
import {parsedInput} from './parsed-input.ts';
import {brokenBy, movedBetween} from './precondition.ts';
import type {EarlierPlan, MadePlan, Road} from './road.ts';
import {withValues} from './with-values.ts';

/**
 * The one road to an effect: plan, policy, confirmation, plan again, journal, apply, outcome.
 * Never throws: what goes wrong is an Outcome, redacted like everything that leaves here.
 */
export const runTool = <Ports>(tool: AnyTool<Ports>, input: unknown, road: Road<Ports>): Promise<AnyOutcome> =>
	travel(tool, road, context => (tool.effect === 'read' ? answer(tool, input, context) : change(tool, input, road, context)));

/**
 * The same road for a plan that was made before: nothing is planned anew. It is applied exactly, or refused because it is for
 * another cluster, or because an object that it speaks of has moved.
 */
export const applyPlan = <Ports>(tool: ChangeToolOf<Ports>, earlier: EarlierPlan, road: Road<Ports>): Promise<AnyOutcome> =>
	travel(tool, road, async context => {
		await refuseOtherCluster(earlier.plan, road);
		const moved = earlier.resume === undefined ? await movedOrRefused(earlier.plan, road) : [];
		if (moved.length > 0) return drifted(tool, road, earlier, moved);
		return proceed(tool, await withValues(tool, earlier, road, context), road, context, () => movedSince(earlier.plan, road));
	});

/** What everyone on the road gets, and the one place where failures become outcomes and secrets are taken out. */
async function travel<Ports>(
	tool: AnyTool<Ports>,
	road: Road<Ports>,
	go: (context: Context<Ports>) => Promise<AnyOutcome>,
): Promise<AnyOutcome> {
	const emit: Road<Ports>['emit'] = event => road.emit(event.kind === 'planned' ? event : (road.redact(event) as typeof event));
	emit({kind: 'started', tool: tool.name});
	const {ports, clock, signal, answerCharacters, toldCompactly, holder, holderDied} = road;
	const outcome = await go({ports, clock, signal, emit, holder, holderDied, answerCharacters, toldCompactly}).catch((error: unknown) =>
		failed(tool.name, error, road.signal),
	);
	const clean = cleaned(outcome, road);
	road.emit({kind: 'ended', outcome: clean});
	return clean;
}

/** A plan was sealed when it was made, and its digest stands for its text: it leaves as it is. */
function cleaned<Ports>(outcome: AnyOutcome, road: Road<Ports>): AnyOutcome {
	const {plan, ...rest} = outcome as AnyOutcome & {readonly plan?: Plan};
	const clean = road.redact(rest) as AnyOutcome;
	return plan === undefined ? clean : ({...clean, plan} as AnyOutcome);
}

function failed(tool: string, error: unknown, signal: AbortSignal): AnyOutcome {
	const nothing = {done: [], undone: [], left: []};
	// Whoever was waited for until the time was over is named in the error.
	const isTold = error instanceof MkcoaError && error.trouble.code === 'timed-out';
	if (signal.aborted && !isTold)
		return {
			kind: 'failed',
			tool,
			error: stopped(signal.reason, 'The call was cancelled before it changed anything'),
			...nothing,
		};
	// A reading tool changes nothing, and may have found out what the failure is.
	if (error instanceof StoppedError) return {kind: 'failed', tool, error: error.trouble, ...nothing, ...outputOf(error)};
	return {kind: 'failed', tool, error: troubleOf(error), ...nothing};
}

const outputOf = ({output}: StoppedError) => (output === undefined ? {} : {output});

async function answer<Ports>(
	tool: Extract<AnyTool<Ports>, {effect: 'read'}>,
	input: unknown,
	context: Context<Ports>,
): Promise<AnyOutcome> {
	return {kind: 'done', tool: tool.name, output: tool.output.parse(await tool.run(parsedInput(tool, input), context)) as Json};
}

async function change<Ports>(tool: ChangeToolOf<Ports>, input: unknown, road: Road<Ports>, context: Context<Ports>): Promise<AnyOutcome> {
	const made = await planned(tool, input, road, context);
	return proceed(tool, made, road, context, async () => {
		const again = await planned(tool, input, road, context);
		if (essenceOf(again.plan) === essenceOf(made.plan)) return [];
		// The objects themselves tell more than two plans: who wrote them last.
		const moved = await movedSince(made.plan, road);
		return moved.length > 0 ? moved : movedBetween(made.plan, again.plan);
	});
}

const namespaceOf = (input: Json) => (isJsonObject(input) && typeof input.namespace === 'string' ? input.namespace : undefined);

async function planned<Ports>(tool: ChangeToolOf<Ports>, input: unknown, road: Road<Ports>, context: Context<Ports>): Promise<MadePlan> {
	const made = await tool.plan(parsedInput(tool, input), context);
	for (const {writes} of made.steps) writes.forEach(refuseRounded);
	const {draft, sealed} = sealDraft(made, road.known);
	for (const value of Object.values(sealed)) road.known.add(value);
	const plan: Plan = {...draft, version: 1, tool: tool.name, target: await road.target(namespaceOf(draft.input))};
	return {plan, digest: digestOf(plan), sealed};
}

async function proceed<Ports>(
	tool: ChangeToolOf<Ports>,
	made: EarlierPlan,
	road: Road<Ports>,
	context: Context<Ports>,
	movedMeanwhile: () => Promise<readonly string[]>,
): Promise<AnyOutcome> {
	const {plan, digest} = made;
	context.emit({kind: 'planned', plan, digest});
	if (plan.steps.every(({writes, outside}) => writes.length === 0 && outside !== true))
		return {kind: 'nothing-to-do', tool: tool.name, digest, plan};
	if (road.mode === 'plan') {
		await road.keep?.({...made, sealed: storableValues(plan, made.sealed)});
		return {kind: 'planned', tool: tool.name, digest, plan};
	}
	const decided = await decide(tool, made, road);
	if (decided.kind !== 'approved') return decided;
	const moved = made.resume === undefined ? await movedMeanwhile() : [];
	if (moved.length > 0) return drifted(tool, road, made, moved);
	return carryOut(tool, made, decided.approval, road, context);
}

async function refuseOtherCluster<Ports>({target}: Plan, road: Road<Ports>): Promise<void> {
	const here = await road.target(target.namespace);
	if (isSameCluster(here, target)) return;
	throw new MkcoaError({
		kind: 'usage',
		code: 'another-cluster',
		what: 'The plan was made for another cluster and was not applied',
		why:
			`it is for ${target.context} (${target.cluster}), and this is ${here.context} (${here.cluster})` +
			(here.cluster === target.cluster ? ': nothing proves that this address still leads to that cluster' : ''),
		next: here.context === target.context ? 'Make a new plan here' : `Use --context ${target.context}, or make a new plan here`,
	});
}

/** Objects of the plan that are no longer as it saw them, one sentence each. */
async function movedSince<Ports>(plan: Plan, road: Road<Ports>): Promise<readonly string[]> {
	const moved: string[] = [];
	for (const condition of plan.preconditions) {
		const broken = brokenBy(condition, await road.effector.read(condition.ref, road.signal));
		if (broken !== undefined) moved.push(broken);
	}
	return moved;
}

/** Who may not even look at an object is told of all rights that the plan takes, not of the first one that was missing. */
async function movedOrRefused<Ports>(plan: Plan, road: Road<Ports>): Promise<readonly string[]> {
	try {
		return await movedSince(plan, road);
	} catch (error) {
		if (isNotAllowed(error)) await road.effector.demandRights(plan);
		throw error;
	}
}

async function drifted<Ports>(tool: ChangeToolOf<Ports>, road: Road<Ports>, made: MadePlan, moved: readonly string[]): Promise<AnyOutcome> {
	await audited(road, tool.name, made)('drifted', moved.join('; '));
	return {kind: 'drifted', tool: tool.name, digest: made.digest, moved};
}
