import {SUBSCRIPTION_ID_META_KEY} from '@modelcontextprotocol/server';
import * as z from 'zod';
import {declaresTasks} from './demand-tasks.ts';
import type {DetailedTask} from './task.ts';
import {toldTask} from './told-task.ts';

/** A request to hear of tasks. */
export type Listening = {
	/** Of the request, and of all that is told upon it. */
	readonly id: string | number;
	readonly taskIds: readonly string[];
};

const request = z.object({
	id: z.union([z.string(), z.number()]),
	method: z.literal('subscriptions/listen'),
	params: z.object({_meta: z.unknown(), notifications: z.object({taskIds: z.array(z.string().max(200)).min(1)})}),
});

/**
 * Reads the tasks out of a message of any kind: the SDK knows `subscriptions/listen`, but its filter has no tasks (`taskIds` is dropped when it is read,
 * and there is no event for one). Undefined where it asks for none, or its client declares no tasks.
 */
export function listeningOf(message: unknown): Listening | undefined {
	const read = request.safeParse(message);
	if (!read.success || !declaresTasks(read.data.params._meta)) return undefined;
	return {id: read.data.id, taskIds: read.data.params.notifications.taskIds};
}

const about = ({id}: Listening) => ({[SUBSCRIPTION_ID_META_KEY]: id});

/** What is told of a task to whoever listens. */
export const taskTold = (listening: Listening, task: DetailedTask) => ({
	jsonrpc: '2.0' as const,
	method: 'notifications/tasks',
	params: {...toldTask(task), _meta: about(listening)},
});

/** That these tasks are told of, which comes before anything is. */
export const acknowledged = (listening: Listening, taskIds: readonly string[]) => ({
	jsonrpc: '2.0' as const,
	method: 'notifications/subscriptions/acknowledged',
	params: {notifications: taskIds.length === 0 ? {} : {taskIds: [...taskIds]}, _meta: about(listening)},
});

/** That nothing more is told. */
export const listeningEnded = (listening: Listening) => ({
	jsonrpc: '2.0' as const,
	id: listening.id,
	result: {resultType: 'complete', _meta: about(listening)},
});
