import {DriftError, stopped, type Trouble, troubleOf} from '../error.ts';
import type {Json} from '../json.ts';
import {refText} from '../kube/kube-object.ts';
import type {AnyOutcome} from '../outcome.ts';
import {type Approval, type ApprovedPlan, approve, type Plan} from '../plan.ts';
import {confinedJournal, storableValues} from '../secrets/confined.ts';
import {type ChangeToolOf, type Context, StoppedError} from '../tool.ts';
import {audited} from './audited.ts';
import {type Performing, performing} from './perform.ts';
import type {EarlierPlan, Road} from './road.ts';

/** Opens the journal, applies, and closes the journal with what came of it. */
export async function carryOut<Ports>(
	tool: ChangeToolOf<Ports>,
	made: EarlierPlan,
	approval: Approval,
	road: Road<Ports>,
	context: Context<Ports>,
): Promise<AnyOutcome> {
	const {digest, sealed, resume} = made;
	const plan = approve(made.plan, approval);
	const journal = await opened(made, plan, approval, road);
	const audit = audited(road, tool.name, made);
	await audit('approved', `${approval.how} by ${approval.by}${chosenBy(road.chosen)}, journal ${journal}`, approval.by);
	context.emit({kind: 'approved', digest, journal});
	const hands = performing({
		plan,
		sealed,
		journal: confinedJournal(road.journal, plan, sealed),
		journalId: journal,
		effector: road.effector,
		emit: context.emit,
		signal: road.signal,
		earlier: resume?.effects,
	});
	const outcome = await applied(tool, context, plan, hands, {journal, digest});
	try {
		await road.journal.close(journal, road.redact(outcome) as AnyOutcome);
		await audit(outcome.kind === 'done' ? 'applied' : 'failed', `journal ${journal}: ${hands.done.join(', ') || 'nothing written'}`);
	} catch (error) {
		return unrecorded(outcome, error, hands.done, {journal, digest});
	}
	return outcome;
}

async function opened<Ports>({resume, digest, sealed, waited}: EarlierPlan, plan: Plan, approval: Approval, road: Road<Ports>) {
	if (resume === undefined)
		return road.journal.open({plan, digest, approval, sealed: storableValues(plan, sealed), undoes: undoneBy(plan), waited});
	await road.journal.resume(resume.journal);
	return resume.journal;
}

const chosenBy = (chosen: Road<unknown>['chosen']) => (chosen === undefined ? '' : `, chosen by the model of ${chosen.agent}`);

/** The change stands though its end could not be written down: whoever reads this must not take it for undone. */
function unrecorded(outcome: AnyOutcome, error: unknown, done: readonly string[], ids: Ids): AnyOutcome {
	if (outcome.kind !== 'done') return outcome;
	const {what, why, ...trouble} = troubleOf(error);
	const reason = why === undefined ? what : `${what}: ${why}`;
	const told = {...trouble, what: 'The change was made, and its end could not be written down', why: reason};
	return {kind: 'failed', tool: outcome.tool, error: told, ...ids, done, undone: [], left: [], output: outcome.output};
}

/** The journal entry that a plan takes back: the `undo` tool names it in its resolved input. */
const undoneBy = ({tool, input: {id}}: Plan) => (tool === 'undo' && typeof id === 'string' ? id : undefined);

type Ids = {readonly journal: string; readonly digest: string};

async function applied<Ports>(
	tool: ChangeToolOf<Ports>,
	context: Context<Ports>,
	plan: ApprovedPlan,
	hands: Performing,
	ids: Ids,
): Promise<AnyOutcome> {
	try {
		const output = tool.output.parse(await tool.apply(plan, context, hands.effects)) as Json;
		return {kind: 'done', tool: tool.name, output, ...ids, plan};
	} catch (error) {
		return ended(tool.name, error, context.signal, plan, hands, ids);
	}
}

function ended(tool: string, error: unknown, signal: AbortSignal, plan: Plan, {done, unsure}: Performing, ids: Ids): AnyOutcome {
	if (error instanceof StoppedError) {
		const {undone, left, output} = error;
		return {
			kind: 'failed',
			tool,
			error: error.troubleOf(ids.journal),
			...ids,
			done,
			undone,
			left,
			...(output === undefined ? {} : {output}),
		};
	}
	const untouched = done.length + unsure.length === 0;
	if (error instanceof DriftError && untouched) return {kind: 'drifted', tool, moved: error.moved, ...ids};
	const next = untouched ? 'Nothing was changed' : wayOn(plan, ids.journal, unsure);
	return {kind: 'failed', tool, error: midway(error, signal, next), ...ids, done, undone: [], left: unsent(plan, done)};
}

/** What was planned and not sent, in words. */
const unsent = (plan: Plan, done: readonly string[]) =>
	plan.steps
		.filter(({on}) => on !== 'failure')
		.flatMap(({writes}) => writes.map(({op, ref}) => `${op} ${refText(ref)}`))
		.filter((text, index) => index >= done.length || done[index] !== text);

const wayOn = ({confined, undo}: Plan, journal: string, unsure: readonly string[]) => {
	const doubt = unsure.length === 0 ? '' : `Whether this was done is not known: ${unsure.join(', ')}. `;
	const back = confined !== undefined && !undo.possible ? confined.takeBack : `mkcoa undo ${journal}`;
	return `${doubt}Take back what was done with: ${back}, or go on with: ${confined?.goOn ?? `mkcoa resume ${journal}`}`;
};

function midway(error: unknown, signal: AbortSignal, next: string): Trouble {
	if (error instanceof DriftError)
		return {kind: 'environment', code: 'drifted', what: 'The world changed while the plan was being applied', why: error.message, next};
	if (signal.aborted) return {...stopped(signal.reason, 'The run was cancelled'), next};
	const trouble = troubleOf(error);
	return {...trouble, next: trouble.next === undefined ? next : `${trouble.next}. ${next}`};
}
