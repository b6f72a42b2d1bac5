import {DriftError, MkcoaError, troubleOf} from '../error.ts';
import type {JsonObject} from '../json.ts';
import {type KubeObject, refText} from '../kube/kube-object.ts';
import type {Write} from '../plan.ts';
import {unsealWrite} from '../secrets/seal.ts';
import {ConflictError, LostAnswerError} from '../tool.ts';
import {isSighted} from './is-sighted.ts';
import {brokenBy} from './precondition.ts';
import type {Run, RunMemory} from './run-memory.ts';
import {sightingOf} from './sighting.ts';

/** A status update may slip in between the read and the write this often before we give up. */
const maxConflicts = 8;

const conflicted = Symbol('the version moved between read and write');
/** A deletion of what the plan expects to be absent: done before it began, and nothing for the journal. */
const nothingThere = Symbol('there is nothing to delete');

/** One write of a run, with the number of its place in the plan. */
type Sending = {readonly run: Run; readonly memory: RunMemory; readonly write: Write; readonly index: number};

/** Sends one write of a run, announced and journaled, and bound to what the run expects of its object. */
export async function sendWrite(sending: Sending): Promise<void> {
	const {run, write} = sending;
	run.emit({kind: 'write', op: write.op, ref: write.ref});
	for (let tries = 1; ; tries++) {
		const answer = await sendOnce(sending, tries === maxConflicts);
		if (answer === nothingThere) return;
		if (answer !== conflicted) return finish(sending, answer);
	}
}

/** A write that is tried again after its answer was lost: perhaps the object tells by now that it was done. */
export async function settlesDoubt(sending: Sending): Promise<boolean> {
	const {run, memory, write, index} = sending;
	const before = memory.doubtOf(index);
	if (before === undefined) return false;
	const live = await run.effector.read(write.ref, run.signal);
	const isDone = isSighted(write, before, live);
	memory.settle(index, write);
	if (isDone) await finish(sending, live ?? null);
	return isDone;
}

async function finish({run, memory, write, index}: Sending, answer: JsonObject | null): Promise<void> {
	memory.answered(index, write, answer);
	await run.journal.complete(run.journalId, index, {after: answer});
}

/** Reads, checks, writes down, sends. A conflict of versions means that nothing was done. */
async function sendOnce(sending: Sending, isLast: boolean): Promise<JsonObject | null | typeof conflicted | typeof nothingThere> {
	const {run, memory, write, index} = sending;
	run.signal.throwIfAborted();
	const live = await run.effector.read(write.ref, run.signal);
	const expected = memory.expected(write.ref);
	const isOwn = write.op === 'delete' && write.anyVersion === true;
	const broken = isOwn ? brokenBy(expected, live, 'identity') : brokenBy(expected, live);
	if (broken !== undefined) throw new DriftError([broken]);
	if (write.op === 'delete' && live === undefined) return nothingThere;
	await run.journal.intend(run.journalId, {index, write, before: live ?? null});
	try {
		return await settled(run, write, await run.effector.send(unsealWrite(write, run.sealed), live, run.signal));
	} catch (error) {
		if (error instanceof LostAnswerError || run.signal.aborted) return await sighted(sending, live, error);
		await run.journal.complete(run.journalId, index, {error: troubleOf(error).code});
		if (!(error instanceof ConflictError)) throw error;
		if (isLast) throw new DriftError([`${refText(write.ref)} changes faster than it can be written`], {cause: error});
		return conflicted;
	}
}

/** A subresource answers something else than the object (a Scale), so the object is read again. */
async function settled(run: Run, write: Write, answer: JsonObject | null): Promise<JsonObject | null> {
	if (write.op !== 'patch' || write.subresource === undefined) return answer;
	try {
		return (await run.effector.read(write.ref, run.signal)) ?? null;
	} catch (error) {
		throw error instanceof MkcoaError ? new LostAnswerError(error) : error;
	}
}

/**
 * No answer tells whether the write was done; the object may. Where it does not, the effect stays intended: the server may still be at it,
 * and `resume` and `undo` look again.
 */
async function sighted({run, memory, write, index}: Sending, before: KubeObject | undefined, error: unknown): Promise<JsonObject | null> {
	const live = await run.effector.read(write.ref, run.signal).catch(() => before);
	if (!run.signal.aborted && sightingOf(write, before ?? null, live) === 'done') return live ?? null;
	memory.doubt(index, write, before ?? null);
	throw error;
}
