import {randomUUID} from 'node:crypto';
import type {Clock} from '../../../core/clock.ts';
import {MkcoaError} from '../../../core/error.ts';
import type {EdgeCaller} from '../edge-tool.ts';
import {ownerOf} from '../may-use.ts';
import {type RunningTask, runningTask, type TaskKind} from './running-task.ts';
import type {TaskRun} from './task-run.ts';

/** Whose a task is. Its scopes may grow meanwhile, when a client steps up. */
type Owner = Pick<EdgeCaller, 'principal' | 'rights'>;

/** Calls that go on after their answer, each for the principal alone who began it. */
export type TaskStore = {
	/** Begins a run, of which nobody else knows until it is kept. */
	readonly start: (run: TaskRun, kind?: TaskKind) => RunningTask;
	/** From now on its principal finds it by its id. @throws MkcoaError `too-many-tasks` where all that a principal may have are running */
	readonly keep: (owner: Owner, task: RunningTask) => void;
	/** Whether one more that runs leaves him places for other calls. */
	readonly hasRoom: (owner: Owner) => boolean;
	/** Undefined where there is none of this id for him: ids of others are none, and so are his own once his roles are others. */
	readonly find: (owner: Owner, id: string) => RunningTask | undefined;
	/** Tells all that run to end, and waits for a while until they have. */
	readonly close: () => Promise<void>;
};

type Kept = {readonly owner: string; readonly task: RunningTask};

/** Tasks of one principal, those that have ended and are kept for him among them. */
const mostOfOne = 50;
const mostOfAll = 1000;
/** Those that run hold places of their principal: half of the 32 that he has are left for calls that end at once. */
const mostRunning = 16;
/** How long what runs may take to come to a place from where it can be gone on with. */
const graceMs = 10_000;

/** Keeps tasks in memory. The work behind them has a record of its own: a plan's run is in the journal. */
export function taskStore(clock: Clock): TaskStore {
	const kept = new Map<string, Kept>();

	const named = ({principal, rights}: Owner) => ownerOf({principal, rights});
	const ownOf = (owner: string) => [...kept].filter(([, each]) => each.owner === owner);

	function makeRoom(owner: string): void {
		for (const [id, {task}] of kept) if (task.isPast()) kept.delete(id);
		const own = ownOf(owner);
		if (own.length >= mostOfOne) giveUp(own);
		if (kept.size >= mostOfAll) giveUp([...kept]);
	}
	function giveUp(tasks: readonly (readonly [string, Kept])[]): void {
		const [id] = tasks.find(([, {task}]) => task.hasEnded()) ?? [];
		if (id === undefined) throw tooMany();
		kept.delete(id);
	}

	return {
		start: (run, kind) => runningTask({...kind, id: kind?.id ?? randomUUID(), run, clock}),
		keep(by, task) {
			const owner = named(by);
			makeRoom(owner);
			kept.set(task.id, {owner, task});
		},
		hasRoom: owner => ownOf(named(owner)).filter(([, {task}]) => !task.hasEnded()).length < mostRunning,
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

const tooMany = () =>
	new MkcoaError({
		kind: 'environment',
		code: 'too-many-tasks',
		what: 'Too many tasks of yours run already',
		next: 'Wait until some of them end, or cancel them, and ask again',
	});
