import type {JournaledEffect} from '../journal.ts';
import {canonicalJson, isJsonObject} from '../json.ts';
import type {Write} from '../plan.ts';
import {isSighted, unknowable} from './is-sighted.ts';
import type {Run, RunMemory} from './run-memory.ts';

/** What an earlier run of the same plan did before it died: it is taken over, not done again. */
export function earlierRun(run: Run, memory: RunMemory) {
	const effects = run.earlier ?? [];
	let recalled = false;

	async function isReplayed(effect: JournaledEffect): Promise<boolean> {
		if (memory.hasAnswer(effect.index) || !(await isDone(run, effect))) return false;
		await replay(run, memory, effect);
		return true;
	}

	return {
		/** Takes one write over; false where it is still to be sent. */
		async replays(write: Write, index: number): Promise<boolean> {
			const effect = effects.find(earlier => earlier.index === index && isSame(earlier.write, write));
			return effect !== undefined && (await isReplayed(effect));
		},
		/** Takes all of them over: what an earlier run left is what this one expects, also of steps that it does not come by. */
		async recall(): Promise<void> {
			if (recalled) return;
			for (const effect of effects.toSorted((a, b) => a.index - b.index)) await isReplayed(effect);
			recalled = true;
		},
	};
}

const isSame = (a: Write, b: Write) => canonicalJson(a) === canonicalJson(b);

/** A process that died after it wrote down what it would do says nothing of whether it was done. The object tells. */
async function isDone({effector, signal}: Run, {write, before, state, unavailable}: JournaledEffect): Promise<boolean> {
	if (state === 'failed') return false;
	if (unavailable !== undefined) throw unknowable(write, unavailable);
	return state === 'done' || isSighted(write, before, await effector.read(write.ref, signal));
}

async function replay(run: Run, memory: RunMemory, {index, write, state, after}: JournaledEffect): Promise<void> {
	const kept = isJsonObject(after) ? after : null;
	const answer = state === 'done' ? kept : ((await run.effector.read(write.ref, run.signal)) ?? null);
	memory.answered(index, write, answer);
	if (state === 'intended') await run.journal.complete(run.journalId, index, {after: answer});
}
