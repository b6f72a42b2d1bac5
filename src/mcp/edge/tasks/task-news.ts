import {type Clock, sleep} from '../../../core/clock.ts';
import type {EdgeCaller} from '../edge-tool.ts';
import type {DetailedTask} from './task.ts';
import type {TaskSource} from './task-source.ts';

/** News of some tasks of a caller, for whoever does not want to ask again and again. */
type TaskNews = {
	/** Those of the ids that he may hear of. */
	readonly ids: readonly string[];
	/** Tells each task as it is now and whenever it is otherwise, until all have ended or the signal aborts. Never rejects. */
	readonly tell: (told: (task: DetailedTask) => void, signal: AbortSignal) => Promise<void>;
};

/** What a caller may hear of, of what he asks for. */
export type TaskNewsFor = (caller: EdgeCaller, ids: readonly string[]) => Promise<TaskNews>;

const mostIds = 50;
/** Of one principal at a time; each looks at its tasks every second. */
const mostOfOne = 20;
const lookEveryMs = 1000;

/** Other processes change tasks as well, and tell nobody: what is told here is looked for. */
export function taskNews(find: TaskSource, clock: Clock): TaskNewsFor {
	const open = new Map<string, number>();
	const count = (principal: string, more: number) => {
		const now = (open.get(principal) ?? 0) + more;
		if (now > 0) open.set(principal, now);
		else open.delete(principal);
	};
	const seen = async (caller: EdgeCaller, id: string) => (await find(caller, id))?.see();

	async function follow(caller: EdgeCaller, ids: readonly string[], told: (task: DetailedTask) => void, signal: AbortSignal) {
		const last = new Map<string, string>();
		for (let left = ids; left.length > 0 && !signal.aborted; ) {
			const ended = new Set<string>();
			for (const id of left) {
				const task = await seen(caller, id);
				if (signal.aborted) return;
				if (task === undefined || isEnd(task)) ended.add(id);
				const {lastUpdatedAt, ttlMs, ...rest} = task ?? {};
				const now = JSON.stringify(rest);
				if (task !== undefined && last.get(id) !== now) told(task);
				last.set(id, now);
			}
			left = left.filter(id => !ended.has(id));
			if (left.length > 0) await sleep(clock, lookEveryMs, signal);
		}
	}

	return async (caller, asked) => {
		const {principal} = caller;
		const isFull = (open.get(principal) ?? 0) >= mostOfOne;
		const ids: string[] = [];
		for (const id of isFull ? [] : new Set(asked.slice(0, mostIds))) if ((await seen(caller, id)) !== undefined) ids.push(id);
		return {
			ids,
			async tell(told, signal) {
				count(principal, 1);
				// A state that cannot be read ends the news: whoever asks for the task is told why.
				await follow(caller, ids, told, signal).catch(() => {});
				count(principal, -1);
			},
		};
	};
}

const isEnd = ({status}: DetailedTask) => status !== 'working' && status !== 'input_required';
