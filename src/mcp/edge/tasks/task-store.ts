import {randomUUID} from 'node:crypto';
import type {Clock} from '../../../core/clock.ts';
import {MkcoaError} from '../../../core/error.ts';
import {type RunningTask, runningTask} from './running-task.ts';
import type {DetailedTask} from './task.ts';
import type {TaskRun} from './task-run.ts';

/** Calls that go on after their answer, each for the principal alone who began it. */
export type TaskStore = {
	/** Begins a run. @throws MkcoaError `too-many-tasks` where all that a principal may have are running */
	readonly begin: (principal: string, run: TaskRun) => DetailedTask;
	/** Undefined where there is none of this id for this principal: ids of others are none. */
	readonly find: (principal: string, id: string) => RunningTask | undefined;
	/** Takes no more, and tells all that run to end. */
	readonly close: () => void;
};

type Kept = {readonly principal: string; readonly task: RunningTask};

/** Tasks of one principal, those that have ended and are kept for him among them. */
const mostOfOne = 50;
const mostOfAll = 1000;

/** Keeps tasks in memory. The work behind them has a record of its own: a plan's run is in the journal. */
export function taskStore(clock: Clock): TaskStore {
	const kept = new Map<string, Kept>();

	function makeRoom(principal: string): void {
		for (const [id, {task}] of kept) if (task.isPast()) kept.delete(id);
		const own = [...kept].filter(([, each]) => each.principal === principal);
		if (own.length >= mostOfOne) giveUp(own);
		if (kept.size >= mostOfAll) giveUp([...kept]);
	}
	function giveUp(tasks: readonly (readonly [string, Kept])[]): void {
		const [id] = tasks.find(([, {task}]) => task.hasEnded()) ?? [];
		if (id === undefined) throw tooMany();
		kept.delete(id);
	}

	return {
		begin(principal, run) {
			makeRoom(principal);
			const id = randomUUID();
			const task = runningTask({id, run, clock});
			kept.set(id, {principal, task});
			return task.see();
		},
		find(principal, id) {
			const found = kept.get(id);
			if (found === undefined || found.principal !== principal) return undefined;
			if (!found.task.isPast()) return found.task;
			kept.delete(id);
			return undefined;
		},
		close() {
			for (const {task} of kept.values()) task.cancel();
			kept.clear();
		},
	};
}

const tooMany = () =>
	new MkcoaError({
		kind: 'environment',
		code: 'too-many-tasks',
		what: 'Too many tasks of yours run already',
		next: 'Wait until some of them end, or cancel them, and ask again',
	});
