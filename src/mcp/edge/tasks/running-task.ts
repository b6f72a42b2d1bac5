import {type InputRequests, ProtocolError, ProtocolErrorCode} from '@modelcontextprotocol/server';
import {type Clock, sleep} from '../../../core/clock.ts';
import {oneLine} from '../../../core/text/one-line.ts';
import {inWords} from '../in-words.ts';
import type {DetailedTask, TaskState} from './task.ts';
import {type Answers, type Questions, questionsOf} from './task-questions.ts';
import type {TaskRun} from './task-run.ts';
import type {FollowedTask} from './task-source.ts';

/** One task of this process, from its beginning to a while after its end. */
export type RunningTask = Pick<FollowedTask, 'answer'> & {
	readonly id: string;
	readonly see: () => DetailedTask;
	/** Asks it to end. It tells by itself whether it has, and as what. */
	readonly cancel: () => void;
	/** Ends its run, whatever a client may ask for. */
	readonly stop: () => void;
	/** Resolves when it has ended, one way or the other. */
	readonly ended: Promise<void>;
	/** Whether it ends within so many milliseconds. */
	readonly endsWithin: (ms: number) => Promise<boolean>;
	readonly hasEnded: () => boolean;
	/** Whether it has ended so long ago that it need not be kept. */
	readonly isPast: () => boolean;
};

/** How a task differs from the usual one. */
export type TaskKind = {
	/** One of its own by which it is found later, too; drawn by chance if left out. */
	readonly id?: string | undefined;
	/** Why a client that cancels it does not stop it, and what would. It is told and the run goes on. */
	readonly goesOn?: string | undefined;
};

type Beginning = TaskKind & {readonly id: string; readonly run: TaskRun; readonly clock: Clock};

/** How long a result is kept for whoever comes back for it, and a question for whoever answers it. */
const keptMs = 60 * 60_000;
const pollIntervalMs = 1000;

/** Begins the run; it goes on until it ends or is cancelled, whether anybody asks for it or not. */
export function runningTask({id, run, clock, goesOn}: Beginning): RunningTask {
	const stop = new AbortController();
	const createdMs = clock.now();
	let updatedMs = createdMs;
	let state: TaskState = {status: 'working'};
	let message: string | undefined;
	let note: string | undefined;
	let questions: Questions | undefined;
	let asked = 0;

	const become = (next: TaskState) => {
		state = next;
		updatedMs = clock.now();
	};
	const hasEnded = () => !['working', 'input_required'].includes(state.status);

	async function ask(requests: InputRequests): Promise<Answers> {
		if (questions !== undefined) throw new Error('A task asks one set of questions at a time');
		asked += 1;
		const own = questionsOf(requests, asked);
		questions = own;
		become({status: 'input_required', inputRequests: own.open()});
		// Nobody may ever answer.
		const forget = clock.schedule(keptMs, () => stop.abort());
		try {
			return await own.answers(stop.signal);
		} finally {
			forget();
			questions = undefined;
			become({status: 'working'});
		}
	}

	async function carryOut(): Promise<void> {
		const ways = {
			signal: stop.signal,
			say: (text: string) => {
				if (hasEnded()) return;
				message = oneLine(text);
				updatedMs = clock.now();
			},
			ask,
		};
		try {
			become({status: 'completed', result: await run(ways)});
		} catch (thrown) {
			const end: TaskState = stop.signal.aborted ? {status: 'cancelled'} : await endBy(thrown);
			if (end.status === 'failed') message = end.error.message;
			become(end);
		}
	}
	// What throws is a state of the task.
	const ended = carryOut();
	const words = () => [message, ...(hasEnded() ? [] : [note])].filter(text => text !== undefined).join('. ');

	return {
		id,
		ended,
		see: () => ({
			taskId: id,
			...state,
			...(words() === '' ? {} : {statusMessage: words()}),
			createdAt: new Date(createdMs).toISOString(),
			lastUpdatedAt: new Date(updatedMs).toISOString(),
			ttlMs: Math.ceil((hasEnded() ? updatedMs : clock.now()) - createdMs + keptMs),
			pollIntervalMs,
		}),
		answer(responses) {
			if (questions?.take(responses)) become({status: 'input_required', inputRequests: questions.open()});
		},
		cancel() {
			if (goesOn === undefined) stop.abort();
			else note = goesOn;
		},
		stop: () => stop.abort(),
		async endsWithin(ms) {
			const over = new AbortController();
			const late = sleep(clock, ms, over.signal).then(
				() => false,
				() => true,
			);
			return Promise.race([ended.then(() => true), late]).finally(() => over.abort());
		},
		hasEnded,
		isPast: () => hasEnded() && clock.now() > updatedMs + keptMs,
	};
}

/** What was thrown, as a result in words; the protocol's own errors are what lets a task fail. */
async function endBy(thrown: unknown): Promise<TaskState> {
	try {
		return {status: 'completed', result: await inWords(() => Promise.reject(thrown))};
	} catch (error) {
		const {code, message} = error instanceof ProtocolError ? error : {code: ProtocolErrorCode.InternalError, message: 'The call failed'};
		return {status: 'failed', error: {code, message}};
	}
}
