import type {CallToolResult} from '@modelcontextprotocol/server';
import type {EdgeCall} from '../edge-tool.ts';
import {asTask, created} from './as-task.ts';
import {knowsTasks} from './demand-tasks.ts';
import {goesOn, isPlanTask, planTaskId} from './plan-tasks.ts';
import type {TaskRun} from './task-run.ts';
import type {TaskSource} from './task-source.ts';
import type {TaskStore} from './task-store.ts';

/** How calls that last are told to clients that can follow tasks. To all others they are answered as ever. */
export type CallTasks = {
	/** A call that may last. `plan`: what it carries out, whose task it then is. */
	readonly lasting: (call: EdgeCall, run: TaskRun, plan?: string) => Promise<CallToolResult>;
	/** The task of a plan that waits for a person; undefined where the client cannot follow it. */
	readonly waiting: (plan: string, call: EdgeCall) => Promise<CallToolResult | undefined>;
	readonly find: TaskSource;
};

/** A call that ends sooner is answered with its result: a client that waits for a moment has less to do. */
const patienceMs = 2000;

export function callTasks(store: TaskStore, plans: TaskSource): CallTasks {
	const find: TaskSource = async (caller, id) => {
		const running = store.find(caller, id);
		if (!isPlanTask(id)) return running;
		const plan = await plans(caller, id);
		if (plan === undefined || running === undefined || running.hasEnded()) return plan;
		// Of a plan that is carried out here this process knows the newest word; all else of it stands in the journal, for others too.
		const see = async () => {
			const [seen, {statusMessage}] = [await plan.see(), running.see()];
			return seen.status === 'working' && statusMessage !== undefined ? {...seen, statusMessage} : seen;
		};
		return {...plan, see, cancel: running.cancel};
	};
	async function taskOf(plan: string, {caller}: EdgeCall): Promise<CallToolResult | undefined> {
		const task = await find(caller, planTaskId(plan));
		return task === undefined ? undefined : created(await task.see());
	}
	return {
		find,
		async lasting(call, run, plan) {
			if (plan === undefined) return asTask(store, call, run, {patienceMs});
			const answer = await asTask(store, call, run, {patienceMs, id: planTaskId(plan), goesOn});
			return (answer.resultType === 'task' ? await taskOf(plan, call) : undefined) ?? answer;
		},
		waiting: async (plan, call) => (knowsTasks(call.context) ? taskOf(plan, call) : undefined),
	};
}
