import {type CallToolResult, ProtocolError} from '@modelcontextprotocol/server';
import type {EdgeCall} from '../edge-tool.ts';
import {demandTasks, knowsTasks} from './demand-tasks.ts';
import type {RunningTask, TaskKind} from './running-task.ts';
import type {DetailedTask} from './task.ts';
import type {TaskRun} from './task-run.ts';
import type {TaskStore} from './task-store.ts';

type AsTask = TaskKind & {
	/** Whether a client that cannot follow tasks is refused; else it waits for the result. */
	readonly required?: boolean;
	/** How long a call may last that is answered with its result all the same; none if left out. */
	readonly patienceMs?: number;
};

/**
 * Answers a call of a tool with a task where its client can follow one, and with the result where not, where that comes soon enough, or where as many
 * of his run as may. A task that runs holds the call's place at the turnstile.
 * @throws MissingRequiredClientCapabilityError where a task is required, or the run asks, and the client cannot follow tasks
 */
export async function asTask(
	store: TaskStore,
	call: EdgeCall,
	run: TaskRun,
	{required = false, patienceMs, ...kind}: AsTask = {},
): Promise<CallToolResult> {
	const {caller, context, signal, progress, holdPlace} = call;
	if (required) demandTasks(context);
	const direct = () => {
		const ask = async () => {
			demandTasks(context);
			return {};
		};
		return run({signal, say: progress, ask});
	};
	if (holdPlace === undefined || !knowsTasks(context)) return direct();

	// What is told until the call is answered belongs to the call, and whoever gives the call up gives up what it does.
	let isAnswered = false;
	const follow: TaskRun = ({say, ...ways}) => {
		const both = (text: string) => {
			say(text);
			if (!isAnswered) progress(text);
		};
		return run({...ways, say: both});
	};
	const task = store.start(caller.principal, follow, kind);
	if (task === undefined) return direct();
	signal.addEventListener('abort', task.stop, {once: true});
	if (signal.aborted) task.stop();
	try {
		if (patienceMs !== undefined && (await task.endsWithin(patienceMs))) return resultOf(task, signal);
		holdPlace(task.ended);
		store.keep(caller, task);
	} finally {
		isAnswered = true;
		signal.removeEventListener('abort', task.stop);
	}
	return created(task.see());
}

/** What the call would have answered, had it been none of a task. */
function resultOf(task: RunningTask, signal: AbortSignal): CallToolResult {
	const seen = task.see();
	if (seen.status === 'completed') return seen.result;
	if (seen.status === 'failed') throw new ProtocolError(seen.error.code, seen.error.message);
	throw signal.reason;
}

/** The SDK takes a tool's answer only with content; a task has none yet. What its state holds belongs to `tasks/get`. */
export function created({taskId, status, statusMessage, createdAt, lastUpdatedAt, ttlMs, pollIntervalMs}: DetailedTask): CallToolResult {
	const told = statusMessage === undefined ? {} : {statusMessage};
	return {resultType: 'task', content: [], taskId, status, ...told, createdAt, lastUpdatedAt, ttlMs, pollIntervalMs};
}
