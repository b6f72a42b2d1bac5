import type {EdgeCaller} from '../edge-tool.ts';
import type {DetailedTask} from './task.ts';
import type {Answers} from './task-questions.ts';

/** A task as its client follows it. */
export type FollowedTask = {
	readonly see: () => DetailedTask | Promise<DetailedTask>;
	/** Takes answers to its questions. Those that it never asked, or has the answer to, are passed over. */
	readonly answer: (responses: Answers) => void;
	/** Asks it to end. Whether it does, and as what, it tells by itself. */
	readonly cancel: () => void | Promise<void>;
};

/** Where tasks are found: undefined where there is none of this id for this caller. Ids of others are none. */
export type TaskSource = (caller: EdgeCaller, id: string) => FollowedTask | undefined | Promise<FollowedTask | undefined>;
