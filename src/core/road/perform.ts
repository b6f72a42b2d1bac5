import {MkcoaError} from '../error.ts';
import type {JsonObject} from '../json.ts';
import {type KubeObject, refText} from '../kube/kube-object.ts';
import type {Write} from '../plan.ts';
import type {Effects} from '../tool.ts';
import {earlierRun} from './earlier-run.ts';
import {leaves, type Run, type RunMemory, runMemory} from './run-memory.ts';
import {sendWrite, settlesDoubt} from './send-write.ts';
import {tend} from './tend.ts';

export type Performing = {readonly effects: Effects} & Pick<RunMemory, 'done' | 'unsure'>;

/** The hands of one run. */
export function performing(whole: Run): Performing {
	const {steps} = whole.plan;
	let {signal} = whole;
	const run: Run = {
		...whole,
		get signal() {
			return signal;
		},
	};
	const memory = runMemory(run.plan.preconditions);
	const earlier = earlierRun(run, memory);
	let nextIndex = 0;

	async function send(write: Write, index: number): Promise<JsonObject | null> {
		if (!(await earlier.replays(write, index))) await sendWrite({run, memory, write, index});
		return memory.answerTo(index);
	}
	const perform = async (write: Write): Promise<KubeObject | null> => leaves(write, await send(write, nextIndex++)) ?? null;

	/** Each write has the number of its place, so that a run which skips some is journaled like one that does not. */
	const indexOf = (step: number, write: number) => steps.slice(0, step).reduce((sum, {writes}) => sum + writes.length, 0) + write;

	const effects: Effects = {
		perform,
		async performStep(index) {
			const step = steps[index];
			if (step === undefined) throw new Error(`The plan has no step ${index}`);
			const of = step.on === 'failure' ? steps.length : steps.filter(({on}) => on !== 'failure').length;
			run.emit({kind: 'step', index, of, title: step.title});
			const answers: (KubeObject | null)[] = [];
			for (const write of step.writes) answers.push(await perform(write));
			return answers;
		},
		async performAt(step, number) {
			const write = steps[step]?.writes[number];
			if (write === undefined) throw new Error(`The plan has no write ${number} in step ${step}`);
			await earlier.recall();
			const index = indexOf(step, number);
			if (!memory.hasAnswer(index) && !(await settlesDoubt({run, memory, write, index}))) await send(write, index);
			return leaves(write, memory.answerTo(index)) ?? null;
		},
		async wasDone(step, write) {
			await earlier.recall();
			const all = [...(steps[step]?.writes.keys() ?? [])];
			const asked = write === undefined ? all : [write];
			return asked.length > 0 && asked.every(at => memory.hasAnswer(indexOf(step, at)));
		},
		tend: (write, seen) => tend(run, write, seen),
		until(other) {
			signal = AbortSignal.any([signal, other]);
		},
		async run(write) {
			const answer = await send(write, nextIndex++);
			if (answer !== null) return answer;
			throw new MkcoaError({
				kind: 'environment',
				code: 'no-answer',
				what: `${refText(write.ref)} answered nothing`,
				next: 'See what the program did before you run it again',
			});
		},
	};
	return {done: memory.done, unsure: memory.unsure, effects};
}
