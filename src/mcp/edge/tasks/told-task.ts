import type {DetailedTask} from './task.ts';

/** A task as it goes out: the SDK marks the results of requests, and not the one that stands in a task. */
export const toldTask = (task: DetailedTask): DetailedTask =>
	task.status === 'completed' ? {...task, result: {resultType: 'complete', ...task.result}} : task;
