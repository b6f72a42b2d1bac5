import {DriftError, MkcoaError, troubleOf} from '../error.ts';
import type {Emit} from '../event.ts';
import type {Journal, JournaledEffect, SealedValues} from '../journal.ts';
import {canonicalJson, isJsonObject, type Json, type JsonObject} from '../json.ts';
import {type KubeObject, type Ref, refKey, refText} from '../kube/kube-object.ts';
import type {ApprovedPlan, Precondition, Write} from '../plan.ts';
import {unsealWrite} from '../secrets/seal.ts';
import {ConflictError, type Effector, type Effects, LostAnswerError} from '../tool.ts';
import {brokenBy, preconditionOf, watchedBy} from './precondition.ts';
import {sightingOf} from './sighting.ts';

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

const unknowable = ({ref}: Write, why: string) =>
	new MkcoaError({
		kind: 'environment',
		code: 'pre-image-unavailable',
		what: `It cannot be told whether ${refText(ref)} was written already`,
		why,
		next: 'Look at it, and take back what was done or make a new plan',
	});

const asAnswer = (after: Json | undefined): JsonObject | null => (isJsonObject(after) ? after : null);

/** A write that deletes leaves nothing behind; one that evicts or runs a program tells nothing of the object. */
const leaves = (write: Write, answer: JsonObject | null): KubeObject | undefined =>
	write.op !== 'delete' && write.op !== 'evict' && isKubeObject(answer) ? answer : undefined;

/** The hands of one run. */
export function performing(run: Run): Performing {
	const done: string[] = [];
	const unsure: string[] = [];
	const expected = new Map<string, Precondition>(run.plan.preconditions.map(condition => [refKey(condition.ref), condition]));
	let nextIndex = 0;

	async function send(write: Write): Promise<JsonObject | null> {
		const index = nextIndex++;
		const earlier = run.earlier?.find(
			effect => effect.index === index && canonicalJson(effect.write as Json) === canonicalJson(write as Json),
		);
		if (earlier !== undefined && (await wasDone(earlier))) return replay(earlier, index);
		run.emit({kind: 'write', op: write.op, ref: write.ref});
		for (let tries = 1; ; tries++) {
			const answer = await sendOnce(write, index, tries === maxConflicts);
			if (answer === conflicted) continue;
			done.push(describe(write));
			remember(write, answer);
			await run.journal.complete(run.journalId, index, {after: answer});
			return answer;
		}
	}

	/** Reads, checks, writes down, sends. A conflict of versions means that nothing was done. */
	async function sendOnce(write: Write, index: number, isLast: boolean): Promise<JsonObject | null | typeof conflicted> {
		run.signal.throwIfAborted();
		const live = await checkedRead(write.ref);
		await run.journal.intend(run.journalId, {index, write, before: live ?? null});
		try {
			return await settled(write, await run.effector.send(unsealWrite(write, run.sealed), live, run.signal));
		} catch (error) {
			if (error instanceof LostAnswerError || run.signal.aborted) return await sighted(write, live, error);
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
	async function sighted(write: Write, before: KubeObject | undefined, error: unknown): Promise<JsonObject | null> {
		const live = await run.effector.read(write.ref, run.signal).catch(() => before);
		if (!run.signal.aborted && sightingOf(write, before ?? null, live) === 'done') return live ?? null;
		unsure.push(describe(write));
		throw error;
	}

	/** A process that died after it wrote down what it would do says nothing of whether it was done. The object tells. */
	async function wasDone({write, before, state, unavailable}: JournaledEffect): Promise<boolean> {
		if (state === 'failed') return false;
		if (unavailable !== undefined) throw unknowable(write, unavailable);
		if (state === 'done') return true;
		const sighting = sightingOf(write, before, await run.effector.read(write.ref, run.signal));
		if (sighting === 'unknown') throw unknowable(write, 'its answer was lost, and the object does not show who changed it');
		return sighting === 'done';
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
		if (earlier.state === 'intended') await run.journal.complete(run.journalId, index, {after: answer});
		return answer;
	}

	async function perform(write: Write): Promise<KubeObject | null> {
		return leaves(write, await send(write)) ?? null;
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
			async run(write) {
				const answer = await send(write);
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
