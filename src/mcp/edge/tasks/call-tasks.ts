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

export const callTasks = (store: TaskStore, plans: TaskSource): CallTasks => ({
	lasting: (call, run, plan) => asTask(store, call, run, {patienceMs, ...(plan === undefined ? {} : {id: planTaskId(plan), goesOn})}),
	async waiting(plan, call) {
		if (!knowsTasks(call.context)) return undefined;
		const task = await plans(call.caller, planTaskId(plan));
		return task === undefined ? undefined : created(await task.see());
	},
	find(caller, id) {
		const task = store.find(caller.principal, id);
		// Of a plan that is carried out here this process knows most; what came of it stands in the journal, for others too.
		return task === undefined || (isPlanTask(id) && task.hasEnded()) ? plans(caller, id) : task;
	},
});
