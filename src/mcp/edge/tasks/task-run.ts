import type {CallToolResult, InputRequests} from '@modelcontextprotocol/server';
import type {Answers} from './task-questions.ts';

/** What the run of a task may do beside its work. */
export type TaskWays = {
	/** Aborts when the client no longer wants it. What is done already is told by the result, so a run that ends well despite of it has ended well. */
	readonly signal: AbortSignal;
	/** Tells how it goes. */
	readonly say: (text: string) => void;
	/** Asks the client, and waits for all answers. They come from outside: whoever reads them checks them. */
	readonly ask: (requests: InputRequests) => Promise<Answers>;
};

/** The work behind a call. */
export type TaskRun = (ways: TaskWays) => Promise<CallToolResult>;
