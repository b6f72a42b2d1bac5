import {type McpServer, ProtocolError, ProtocolErrorCode, type ServerContext} from '@modelcontextprotocol/server';
import * as z from 'zod';
import type {EdgeCaller} from '../edge-tool.ts';
import {inProtocol} from '../in-words.ts';
import {demandTasks} from './demand-tasks.ts';
import {tasksExtension} from './task.ts';
import type {FollowedTask, TaskSource} from './task-source.ts';
import {toldTask} from './told-task.ts';

type Attaching = {readonly find: TaskSource; readonly callerOf: (context: ServerContext) => EdgeCaller};

const ofTask = z.object({taskId: z.string().max(200)});

/**
 * Serves the Tasks extension of 2026-07-28 on a server of that era which is not connected yet: `tasks/get`, `tasks/update` and `tasks/cancel`. There
 * is no list: whoever has lost an id has lost the task. Results stand in `tasks/get`.
 */
export function attachTasks({server}: McpServer, {find, callerOf}: Attaching): void {
	server.registerCapabilities({extensions: {[tasksExtension]: {}}});

	async function on<Result>(id: string, context: ServerContext, go: (task: FollowedTask) => Result | Promise<Result>): Promise<Result> {
		demandTasks(context);
		return inProtocol(async () => {
			const task = await find(callerOf(context), id);
			if (task === undefined)
				throw new ProtocolError(ProtocolErrorCode.InvalidParams, 'No task of yours has this id, or it ended too long ago');
			return go(task);
		});
	}
	server.setRequestHandler('tasks/get', {params: ofTask}, ({taskId}, context) =>
		on(taskId, context, async task => toldTask(await task.see())),
	);
	server.setRequestHandler('tasks/update', {params: ofTask}, ({taskId}, context) =>
		on(taskId, context, task => {
			// The SDK lifts the responses out of the parameters.
			task.answer(context.mcpReq.inputResponses ?? {});
			return {};
		}),
	);
	server.setRequestHandler('tasks/cancel', {params: ofTask}, ({taskId}, context) =>
		on(taskId, context, async task => {
			await task.cancel();
			return {};
		}),
	);
}
