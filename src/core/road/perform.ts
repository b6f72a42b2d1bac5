import {DriftError, MkcoaError, troubleOf} from '../error.ts';
import type {Emit} from '../event.ts';
import type {Journal, JournaledEffect, SealedValues} from '../journal.ts';
import {canonicalJson, isJsonObject, type Json, type JsonObject} from '../json.ts';
import {type KubeObject, type Ref, refKey, refText} from '../kube/kube-object.ts';
import type {ApprovedPlan, Precondition, Write} from '../plan.ts';
import {unsealWrite} from '../secrets/seal.ts';
import {ConflictError, type Effector, type Effects, LostAnswerError} from '../tool.ts';
import {brokenBy, preconditionOf, watchedBy} from './precondition.ts';
import {shows} from './shows.ts';
import {sightingOf} from './sighting.ts';
import {tend} from './tend.ts';

/** A status update may slip in between the read and the write this often before we give up. */
const maxConflicts = 8;

type Run = {
	readonly plan: ApprovedPlan;
	readonly sealed: SealedValues;
	readonly journal: Journal;
	readonly journalId: string;
	readonly effector: Effector;
	readonly emit: Emit;
	readonly signal: AbortSignal;
	/** Effects of an earlier run of the same plan that died: they are not sent again. */
	readonly earlier?: readonly JournaledEffect[] | undefined;
};

/** `done` lists what was done, `unsure` what was sent without an answer that tells; in words, in order. */
export type Performing = {readonly effects: Effects; readonly done: readonly string[]; readonly unsure: readonly string[]};

const describe = (write: Write) => `${write.op} ${refText(write.ref)}`;

/** An answer that is an object of the cluster; a Status of a deletion or a program's output is not. */
const isKubeObject = (answer: JsonObject | null): answer is KubeObject =>
	answer !== null && answer.kind !== 'Status' && typeof answer.kind === 'string' && 'metadata' in answer;

const conflicted = Symbol('the version moved between read and write');
/** A deletion of what the plan expects to be absent: done before it began, and nothing for the journal. */
const nothingThere = Symbol('there is nothing to delete');

const unknowable = ({ref}: Write, why: string) =>
	new MkcoaError({
		kind: 'environment',
		code: 'pre-image-unavailable',
		what: `It cannot be told whether ${refText(ref)} was written already`,
		why,
		next: 'Look at it, and take back what was done or make a new plan',
	});

/** @throws `pre-image-unavailable` where the object shows neither that the write reached it nor that it did not */
function isSighted(write: Write, before: KubeObject | null, live: KubeObject | undefined): boolean {
	const sighting = sightingOf(write, before, live);
	if (sighting !== 'unknown') return sighting === 'done';
	// A patch made twice within a second leaves the same trace; what it sets is there all the same.
	if (shows(write, before ?? undefined, live)) return true;
	throw unknowable(write, 'its answer was lost, and the object does not show who changed it');
}

const asAnswer = (after: Json | undefined): JsonObject | null => (isJsonObject(after) ? after : null);

/** A write that deletes leaves nothing behind; one that evicts or runs a program tells nothing of the object. */
const leaves = (write: Write, answer: JsonObject | null): KubeObject | undefined =>
	write.op !== 'delete' && write.op !== 'evict' && isKubeObject(answer) ? answer : undefined;

/** The hands of one run. */
export function performing(run: Run): Performing {
	const done: string[] = [];
	const unsure: string[] = [];
	const expected = new Map<string, Precondition>(run.plan.preconditions.map(condition => [refKey(condition.ref), condition]));
	const answers = new Map<number, JsonObject | null>();
	/** Writes whose answer was lost, with the object as they found it. */
	const doubts = new Map<number, KubeObject | null>();
	let nextIndex = 0;

	const earlierAt = (index: number, write: Write) =>
		run.earlier?.find(effect => effect.index === index && canonicalJson(effect.write as Json) === canonicalJson(write as Json));

	async function send(write: Write, index: number): Promise<JsonObject | null> {
		const earlier = earlierAt(index, write);
		if (earlier !== undefined && !answers.has(index) && (await isDone(earlier))) return replay(earlier, index);
		run.emit({kind: 'write', op: write.op, ref: write.ref});
		for (let tries = 1; ; tries++) {
			const answer = await sendOnce(write, index, tries === maxConflicts);
			if (answer === nothingThere) return null;
			if (answer !== conflicted) return finish(write, index, answer);
		}
	}

	async function finish(write: Write, index: number, answer: JsonObject | null): Promise<JsonObject | null> {
		done.push(describe(write));
		remember(write, answer);
		answers.set(index, answer);
		await run.journal.complete(run.journalId, index, {after: answer});
		return answer;
	}

	/** Reads, checks, writes down, sends. A conflict of versions means that nothing was done. */
	async function sendOnce(
		write: Write,
		index: number,
		isLast: boolean,
	): Promise<JsonObject | null | typeof conflicted | typeof nothingThere> {
		run.signal.throwIfAborted();
		const live = await checkedRead(write.ref);
		if (write.op === 'delete' && live === undefined) return nothingThere;
		await run.journal.intend(run.journalId, {index, write, before: live ?? null});
		try {
			return await settled(write, await run.effector.send(unsealWrite(write, run.sealed), live, run.signal));
		} catch (error) {
			if (error instanceof LostAnswerError || run.signal.aborted) return await sighted(write, index, live, error);
			await run.journal.complete(run.journalId, index, {error: troubleOf(error).code});
			if (!(error instanceof ConflictError)) throw error;
			if (isLast) throw new DriftError([`${refText(write.ref)} changes faster than it can be written`], {cause: error});
			return conflicted;
		}
	}

	/** A subresource answers something else than the object (a Scale), so the object is read again. */
	async function settled(write: Write, answer: JsonObject | null): Promise<JsonObject | null> {
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
	async function sighted(write: Write, index: number, before: KubeObject | undefined, error: unknown): Promise<JsonObject | null> {
		const live = await run.effector.read(write.ref, run.signal).catch(() => before);
		if (!run.signal.aborted && sightingOf(write, before ?? null, live) === 'done') return live ?? null;
		unsure.push(describe(write));
		doubts.set(index, before ?? null);
		throw error;
	}

	/** A write that is tried again after its answer was lost: perhaps the object tells by now that it was done. */
	async function isSettled(write: Write, index: number): Promise<boolean> {
		const before = doubts.get(index);
		if (before === undefined) return false;
		const live = await run.effector.read(write.ref, run.signal);
		const isDone = isSighted(write, before, live);
		doubts.delete(index);
		unsure.splice(unsure.indexOf(describe(write)), 1);
		if (isDone) await finish(write, index, live ?? null);
		return isDone;
	}

	/** A process that died after it wrote down what it would do says nothing of whether it was done. The object tells. */
	async function isDone({write, before, state, unavailable}: JournaledEffect): Promise<boolean> {
		if (state === 'failed') return false;
		if (unavailable !== undefined) throw unknowable(write, unavailable);
		if (state === 'done') return true;
		return isSighted(write, before, await run.effector.read(write.ref, run.signal));
	}

	async function checkedRead(ref: Ref): Promise<KubeObject | undefined> {
		const live = await run.effector.read(ref, run.signal);
		const condition = expected.get(refKey(ref));
		if (condition === undefined) throw new Error(`The plan has no precondition for ${refText(ref)}`);
		const broken = brokenBy(condition, live);
		if (broken !== undefined) throw new DriftError([broken]);
		return live;
	}

	/** From now on the object is expected as this run left it. */
	function remember(write: Write, answer: JsonObject | null) {
		if (write.op === 'exec' || write.op === 'evict') return;
		const key = refKey(write.ref);
		expected.set(key, preconditionOf(leaves(write, answer), write.ref, watchedBy(expected.get(key))));
	}

	async function replay(earlier: JournaledEffect, index: number): Promise<JsonObject | null> {
		const answer = earlier.state === 'done' ? asAnswer(earlier.after) : ((await run.effector.read(earlier.write.ref, run.signal)) ?? null);
		done.push(describe(earlier.write));
		remember(earlier.write, answer);
		answers.set(index, answer);
		if (earlier.state === 'intended') await run.journal.complete(run.journalId, index, {after: answer});
		return answer;
	}

	async function perform(write: Write): Promise<KubeObject | null> {
		return leaves(write, await send(write, nextIndex++)) ?? null;
	}

	/** Each write has the number of its place, so that a run which skips some is journaled like one that does not. */
	const indexOf = (step: number, write: number) => run.plan.steps.slice(0, step).reduce((sum, {writes}) => sum + writes.length, 0) + write;

	let recalled = false;
	/** What an earlier run left is what this one expects, also of steps that it does not come by. */
	async function recall(): Promise<void> {
		for (const earlier of (run.earlier ?? []).toSorted((a, b) => a.index - b.index))
			if (!answers.has(earlier.index) && (await isDone(earlier))) await replay(earlier, earlier.index);
		recalled = true;
	}

	async function performAt(step: number, number: number): Promise<KubeObject | null> {
		const write = run.plan.steps[step]?.writes[number];
		if (write === undefined) throw new Error(`The plan has no write ${number} in step ${step}`);
		if (!recalled) await recall();
		const index = indexOf(step, number);
		if (!answers.has(index) && !(await isSettled(write, index))) await send(write, index);
		return leaves(write, answers.get(index) ?? null) ?? null;
	}

	return {
		done,
		unsure,
		effects: {
			perform,
			async performStep(index) {
				const step = run.plan.steps[index];
				if (step === undefined) throw new Error(`The plan has no step ${index}`);
				run.emit({kind: 'step', index, of: run.plan.steps.length, title: step.title});
				const answers: (KubeObject | null)[] = [];
				for (const write of step.writes) answers.push(await perform(write));
				return answers;
			},
			performAt,
			async wasDone(step, write) {
				if (!recalled) await recall();
				const all = [...(run.plan.steps[step]?.writes.keys() ?? [])];
				const asked = write === undefined ? all : [write];
				return asked.length > 0 && asked.every(at => answers.has(indexOf(step, at)));
			},
			tend: (write, seen) => tend(run, write, seen),
			async run(write) {
				const answer = await send(write, nextIndex++);
				if (answer === null)
					throw new MkcoaError({
						kind: 'environment',
						code: 'no-answer',
						what: `${refText(write.ref)} answered nothing`,
						next: 'See what the program did before you run it again',
					});
				return answer;
			},
		},
	};
}
