import type {CallToolResult, InputRequests} from '@modelcontextprotocol/server';

/** Name of the extension that tasks are served by. @see https://modelcontextprotocol.github.io/ext-tasks/specification/2026-07-28/tasks.html */
export const tasksExtension = 'io.modelcontextprotocol/tasks';

/** A call that goes on after its answer, as its client is told of it. */
type Task = {
	readonly taskId: string;
	readonly status: TaskState['status'];
	/** How it goes, in words for people. */
	readonly statusMessage?: string;
	/** ISO 8601. */
	readonly createdAt: string;
	readonly lastUpdatedAt: string;
	/** Milliseconds from its creation for which it is kept; null where nothing but its end limits that. It grows as long as the task runs. */
	readonly ttlMs: number | null;
	/** How often to ask. */
	readonly pollIntervalMs: number;
};

/** Where a task stands, with what belongs to that. */
export type TaskState =
	| {readonly status: 'working'}
	| {readonly status: 'input_required'; readonly inputRequests: InputRequests}
	| {readonly status: 'completed'; readonly result: CallToolResult}
	| {readonly status: 'failed'; readonly error: {readonly code: number; readonly message: string}}
	| {readonly status: 'cancelled'};

/** A task with its questions, its result or its error. */
export type DetailedTask = Task & TaskState;
