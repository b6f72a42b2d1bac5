import type {Emit} from '../event.ts';
import type {Journal, JournaledEffect, SealedValues} from '../journal.ts';
import type {JsonObject} from '../json.ts';
import {type KubeObject, type Ref, refKey, refText} from '../kube/kube-object.ts';
import type {ApprovedPlan, Precondition, Write} from '../plan.ts';
import type {Effector} from '../tool.ts';
import {preconditionOf, watchedBy} from './precondition.ts';

/** One run of an approved plan, and what it reaches for. */
export type Run = {
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

/** What a run knows of its own writes. Each has the number of its place in the plan. */
export type RunMemory = ReturnType<typeof runMemory>;

const describe = (write: Write) => `${write.op} ${refText(write.ref)}`;

/** An answer that is an object of the cluster; a Status of a deletion or a program's output is not. */
const isKubeObject = (answer: JsonObject | null): answer is KubeObject =>
	answer !== null && answer.kind !== 'Status' && typeof answer.kind === 'string' && 'metadata' in answer;

/** The object that a write left. One that deletes leaves nothing behind; one that evicts or runs a program tells nothing of the object. */
export const leaves = (write: Write, answer: JsonObject | null): KubeObject | undefined =>
	write.op !== 'delete' && write.op !== 'evict' && isKubeObject(answer) ? answer : undefined;

export function runMemory(preconditions: readonly Precondition[]) {
	const expected = new Map<string, Precondition>(preconditions.map(condition => [refKey(condition.ref), condition]));
	const answers = new Map<number, JsonObject | null>();
	const doubts = new Map<number, KubeObject | null>();
	const done: string[] = [];
	const unsure: string[] = [];
	return {
		/** In words, in order: what was done, and what was sent without an answer that tells. */
		done: done as readonly string[],
		unsure: unsure as readonly string[],
		/** What the object must still be: as the plan saw it, and from a write on as this run left it. */
		expected(ref: Ref): Precondition {
			const condition = expected.get(refKey(ref));
			if (condition === undefined) throw new Error(`The plan has no precondition for ${refText(ref)}`);
			return condition;
		},
		hasAnswer: (index: number) => answers.has(index),
		answerTo: (index: number): JsonObject | null => answers.get(index) ?? null,
		answered(index: number, write: Write, answer: JsonObject | null): void {
			done.push(describe(write));
			answers.set(index, answer);
			if (write.op === 'exec' || write.op === 'evict') return;
			const key = refKey(write.ref);
			expected.set(key, preconditionOf(leaves(write, answer), write.ref, watchedBy(expected.get(key))));
		},
		/** The answer of a write was lost; `before` is the object as the write found it. */
		doubt(index: number, write: Write, before: KubeObject | null): void {
			unsure.push(describe(write));
			doubts.set(index, before);
		},
		doubtOf: (index: number): KubeObject | null | undefined => doubts.get(index),
		settle(index: number, write: Write): void {
			doubts.delete(index);
			unsure.splice(unsure.indexOf(describe(write)), 1);
		},
	};
}
