import type {Machine} from '../result.ts';
import type {Spread} from '../statistics.ts';
import type {QuestionName} from './server.ts';

/** What one question costs whoever asks it. */
export type Cost = {
	readonly calls: number;
	/** Of the whole result as JSON: text and structured content. */
	readonly tokens: number;
	/** Of the text alone. */
	readonly textTokens: number;
	readonly ms: Spread;
	/** Of the pods that were listed, how many the answer names; of those that are not ready, too. */
	readonly pods: number;
	readonly unready: number;
	/** In the server's words, where it gave no answer. */
	readonly failure?: string;
	/** The same with its own settings, where it was measured with others. */
	readonly failureByItself?: string;
	/** Whether a client with the SDK's own settings would have ended the connection. */
	readonly tooLong: boolean;
};

/** `described` are the tools that publish a schema of their answer. */
type ToolList = {readonly tools: number; readonly described: number; readonly tokens: number};

/** What was found in the answers of all calls that read. */
export type Safety = {
	readonly calls: number;
	/** Calls that were answered by an error: nothing could leak there. */
	readonly refused: readonly string[];
	/** Each with the first call that told it. */
	readonly leaks: readonly {readonly what: string; readonly call: string; readonly readOnly: boolean}[];
	/** Calls whose answer holds control characters of a terminal. */
	readonly escapes: number;
	/** Calls that showed a log line which gives orders, and of these the ones that marked it as data. */
	readonly injections: number;
	readonly fenced: number;
};

export type ServerResult = {
	readonly name: string;
	readonly version: string;
	readonly era: string;
	readonly connectMs: Spread;
	/** From the start of the process until 1,000 pods are listed. */
	readonly firstAnswerMs: Spread;
	readonly readOnly: ToolList;
	readonly withChanges: ToolList;
	readonly costs: Readonly<Record<QuestionName, Cost>>;
	readonly safety: Safety;
};

export type McpReport = {
	readonly date: string;
	readonly machine: Machine;
	readonly runs: number;
	/** mkcoa first. */
	readonly servers: readonly [ServerResult, ...ServerResult[]];
	/** How each server was called, by question. */
	readonly asked: readonly {
		readonly name: string;
		readonly asks: Readonly<Record<QuestionName, string>>;
		readonly reads: readonly string[];
		readonly readsWithChanges: readonly string[];
	}[];
};

/** At four characters a token. */
export const tokensOf = (value: unknown): number => Math.ceil(JSON.stringify(value).length / 4);
