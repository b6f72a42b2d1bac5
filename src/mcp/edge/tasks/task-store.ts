import {randomUUID} from 'node:crypto';
import type {Clock} from '../../../core/clock.ts';
import type {EdgeCaller} from '../edge-tool.ts';
import {ownerOf} from '../may-use.ts';
import {type RunningTask, runningTask, type TaskKind} from './running-task.ts';
import type {TaskRun} from './task-run.ts';

/** Whose a task is. Its scopes may grow meanwhile, when a client steps up. */
type Owner = Pick<EdgeCaller, 'principal' | 'rights'>;

/** Calls that go on after their answer, each for the principal alone who began it. */
export type TaskStore = {
	/** Begins a run, of which nobody else knows until it is kept. Undefined, and nothing has begun, where so many of his run already. */
	readonly start: (principal: string, run: TaskRun, kind?: TaskKind) => RunningTask | undefined;
	/** From now on its principal finds it by its id. Those that have ended make room for it. */
	readonly keep: (owner: Owner, task: RunningTask) => void;
	/** Undefined where there is none of this id for him: ids of others are none, and so are his own once his roles are others. */
	readonly find: (owner: Owner, id: string) => RunningTask | undefined;
	/** Tells all that run to end, and waits for a while until they have. */
	readonly close: () => Promise<void>;
};

type Kept = {readonly owner: string; readonly principal: string; readonly task: RunningTask};

/** Tasks of one principal, those that have ended and are kept for him among them. */
const mostOfOne = 50;
const mostOfAll = 1000;
/**
 * Those that run hold places of their principal: half of the 32 that he has are left for calls that end at once. They are counted from their first
 * moment, kept or not: what has begun must not find later that there is no room for it.
 */
const mostRunning = 16;
/** How long what runs may take to come to a place from where it can be gone on with. */
const graceMs = 10_000;

/** Keeps tasks in memory. The work behind them has a record of its own: a plan's run is in the journal. */
export function taskStore(clock: Clock): TaskStore {
	const kept = new Map<string, Kept>();

	const named = ({principal, rights}: Owner) => ownerOf({principal, rights});
	/** Of whom each is that runs: by his name alone, for his rights may change meanwhile. */
	const running = new Map<RunningTask, string>();

	function makeRoom(of: string): void {
		for (const [id, {task}] of kept) if (task.isPast()) kept.delete(id);
		const own = [...kept].filter(([, {principal}]) => principal === of);
		if (own.length >= mostOfOne) giveUp(own);
		if (kept.size >= mostOfAll) giveUp([...kept]);
	}
	/** There is one that has ended: fewer run than are kept. */
	function giveUp(tasks: readonly (readonly [string, Kept])[]): void {
		const [id] = tasks.find(([, {task}]) => task.hasEnded()) ?? [];
		if (id !== undefined) kept.delete(id);
	}

	return {
		start(principal, run, kind) {
			const own = [...running.values()].filter(each => each === principal);
			if (own.length >= mostRunning || running.size >= mostOfAll) return undefined;
			const task = runningTask({...kind, id: kind?.id ?? randomUUID(), run, clock});
			running.set(task, principal);
			void task.ended.then(() => running.delete(task));
			return task;
		},
		keep(by, task) {
			makeRoom(by.principal);
			kept.set(task.id, {owner: named(by), principal: by.principal, task});
		},
		find(owner, id) {
			const found = kept.get(id);
			if (found === undefined || found.owner !== named(owner)) return undefined;
			if (!found.task.isPast()) return found.task;
			kept.delete(id);
			return undefined;
		},
		async close() {
			const tasks = [...kept.values()].map(({task}) => task);
			kept.clear();
			for (const task of tasks) task.stop();
			await Promise.all(tasks.map(task => task.endsWithin(graceMs)));
		},
	};
}
