import {type McpServer, ProtocolError, ProtocolErrorCode, type ServerContext} from '@modelcontextprotocol/server';
import * as z from 'zod';
import {demandTasks} from './demand-tasks.ts';
import type {RunningTask} from './running-task.ts';
import {tasksExtension} from './task.ts';
import type {TaskStore} from './task-store.ts';

type Attaching = {readonly store: TaskStore; readonly principalOf: (context: ServerContext) => string};

const ofTask = z.object({taskId: z.string().max(200)});

/**
 * Serves the Tasks extension of 2026-07-28 on a server that is not connected yet: `tasks/get`, `tasks/update` and `tasks/cancel`. There is no list:
 * whoever has lost an id has lost the task. Results stand in `tasks/get`.
 */
export function attachTasks({server}: McpServer, {store, principalOf}: Attaching): void {
	server.registerCapabilities({extensions: {[tasksExtension]: {}}});

	const found = (id: string, context: ServerContext): RunningTask => {
		demandTasks(context);
		const task = store.find(principalOf(context), id);
		if (task === undefined)
			throw new ProtocolError(ProtocolErrorCode.InvalidParams, 'No task of yours has this id, or it ended too long ago');
		return task;
	};
	server.setRequestHandler('tasks/get', {params: ofTask}, ({taskId}, context) => found(taskId, context).see());
	server.setRequestHandler('tasks/update', {params: ofTask}, ({taskId}, context) => {
		// The SDK lifts the responses out of the parameters.
		found(taskId, context).answer(context.mcpReq.inputResponses ?? {});
		return {};
	});
	server.setRequestHandler('tasks/cancel', {params: ofTask}, ({taskId}, context) => {
		found(taskId, context).cancel();
		return {};
	});
}
