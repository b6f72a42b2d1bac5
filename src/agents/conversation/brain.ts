import type {Json} from '../../core/json.ts';
import type {AnyOutcome} from '../../core/outcome.ts';
import type {servedTool} from '../../core/served-tool.ts';
import type {EmitChat, EndReason} from './event.ts';

/** One call of a tool by an agent. */
type ToolCall = {
	readonly id: string;
	readonly agent: string;
	readonly tool: string;
	readonly input: Json;
	/** A model chose this call. Left out where no model did. */
	readonly chosen?: ModelChoice | undefined;
	/** The plan is made and shown, and nobody is asked for a yes. */
	readonly onlyShown?: boolean | undefined;
};

/** What is known of the model that chose a call. */
export type ModelChoice = {
	/** It has read text that somebody else wrote. */
	readonly tainted: boolean;
	/** All that the person said in this conversation: only files and variables that are named there are read for the model. */
	readonly said: string;
	/** What the person should know of how the model came to this call. */
	readonly why?: string | undefined;
};

/** The tools that a conversation reaches. Every change travels the road: a person says yes, or it waits. */
export type Tools = {
	readonly list: () => Promise<readonly ReturnType<typeof servedTool>[]>;
	/** Never rejects: what goes wrong is an Outcome. Emits `run` events of the call, and nothing else. */
	readonly call: (call: ToolCall, emit: EmitChat, signal: AbortSignal) => Promise<AnyOutcome>;
	/** The tools of these toolsets alone. Left out where all tools are one set. */
	readonly within?: (toolsets: readonly string[]) => Tools;
};

/** An earlier turn, as it is kept. Redacted. */
export type Turn = {readonly request: string; readonly answer: string; readonly reason: EndReason};

/** What the person said now, and what stands around it. */
export type Asked = {
	/** As it was typed: a value may stand in it that no model may see. */
	readonly request: string;
	/** Piped text: data, never orders. */
	readonly context?: string | undefined;
	/** All that the person said, where `request` is a task that an agent wrote. */
	readonly said?: string | undefined;
	/** Name of the agent that the person chose; whoever fits if left out. */
	readonly to?: string | undefined;
	readonly earlier: readonly Turn[];
};

/** Turns words into calls of tools. Two of them: the built-in router, and a loop around a model. */
export type Brain = {
	readonly name: string;
	/**
	 * Emits all but `ended`, which the conversation adds.
	 * @throws MkcoaError when it cannot go on, such as a model that is down: the conversation then goes on with the next brain
	 */
	readonly turn: (asked: Asked, tools: Tools, emit: EmitChat, signal: AbortSignal) => Promise<EndReason>;
};
