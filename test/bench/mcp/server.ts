import type {Client} from '@modelcontextprotocol/client';

export type Answer = Awaited<ReturnType<Client['callTool']>>;

/** Calls a tool, and answers what the server does. */
export type Ask = (tool: string, input: {readonly [field: string]: unknown}) => Promise<Answer>;

/** One call as people read it. */
type Call = {readonly tool: string; readonly input: {readonly [field: string]: unknown}};

/** What a server is asked: one call, or the same again with the cursor of the answer before until there is none. */
type Question = Call & {readonly goesOn?: (answer: Answer) => {readonly [field: string]: unknown} | undefined};

/** The same questions to every server. */
export const questions = {
	list: '1,000 pods of one namespace',
	'list-all': '1,000 pods, every one of them',
	log: 'The log, as the tool reads it by itself',
	'log-all': 'The log, all 100,000 lines',
} as const;
export type QuestionName = keyof typeof questions;

/** An MCP server over stdio, as data. */
export type Server = {
	readonly name: string;
	readonly version: string;
	/** Arguments of Node. */
	readonly readOnly: readonly string[];
	readonly withChanges: readonly string[];
	/** Beside KUBECONFIG and a PATH with kubectl. */
	readonly env?: {readonly readOnly?: Readonly<Record<string, string>>};
	/** Settings without which it gives no answer to large questions. What it does by itself is told too. */
	readonly raised?: Readonly<Record<string, string>>;
	readonly asks: Readonly<Record<QuestionName, Question>>;
	/** Whatever reads, as a model calls it that wants to know what is wrong with `till`. */
	readonly reads: readonly Call[];
	/** What reads only when changes are allowed as well. */
	readonly readsWithChanges: readonly Call[];
};

/** A call as it stands in a table. */
export const callText = ({tool, input}: Call) => `${tool} ${JSON.stringify(input)}`;
