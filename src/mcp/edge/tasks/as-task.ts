import type {CallToolResult} from '@modelcontextprotocol/server';
import type {EdgeCall} from '../edge-tool.ts';
import {demandTasks, knowsTasks} from './demand-tasks.ts';
import type {DetailedTask} from './task.ts';
import type {TaskRun} from './task-run.ts';
import type {TaskStore} from './task-store.ts';

type AsTask = {
	/** Whether a client that cannot follow tasks is refused; else it waits for the result. */
	readonly required?: boolean;
};

/**
 * Answers a call of a tool with a task where its client can follow one, and with the result where not.
 * @throws MissingRequiredClientCapabilityError where a task is required, or the run asks, and the client cannot follow tasks
 */
export async function asTask(
	store: TaskStore,
	{caller, context, signal, progress}: EdgeCall,
	run: TaskRun,
	{required = false}: AsTask = {},
) {
	if (required) demandTasks(context);
	if (knowsTasks(context)) return created(store.begin(caller.principal, run));
	return run({
		signal,
		say: progress,
		ask: async () => {
			demandTasks(context);
			return {};
		},
	});
}

/** The SDK takes a tool's answer only with content; a task has none yet. What its state holds belongs to `tasks/get`. */
function created({taskId, status, statusMessage, createdAt, lastUpdatedAt, ttlMs, pollIntervalMs}: DetailedTask): CallToolResult {
	const told = statusMessage === undefined ? {} : {statusMessage};
	return {resultType: 'task', content: [], taskId, status, ...told, createdAt, lastUpdatedAt, ttlMs, pollIntervalMs};
}
