import type {
	GetPromptResult,
	InputRequiredResult,
	McpServer,
	Prompt,
	ProtocolEra,
	ReadResourceResult,
	Resource,
	ResourceTemplateType,
	ServerContext,
} from '@modelcontextprotocol/server';
import type {EdgeCall, EdgeCaller, EdgeTool} from './edge-tool.ts';
import type {Needs} from './scopes.ts';
import type {Turnstile} from './turnstile.ts';

/** Things that a client reads by their address. */
export type EdgeResources = {
	/** Those that are listed; others are found by a template. */
	readonly list: (call: EdgeCall) => Promise<readonly Resource[]>;
	readonly templates: readonly ResourceTemplateType[];
	/** Whether a caller is told of an address or a template; if left out, everybody is. */
	readonly isFor?: ((uri: string, caller: EdgeCaller) => boolean) | undefined;
	/** Undefined where nothing is at this address, or nothing for this caller. */
	readonly read: (uri: string, call: EdgeCall) => Promise<ReadResourceResult | undefined>;
};

/** A task that a person picks, in words that a model follows. */
export type EdgePrompt = {
	readonly listed: Prompt;
	/** What its steps take; who may not do all of that is not told of it. */
	readonly needs?: readonly Needs[] | undefined;
	readonly get: (given: {readonly [argument: string]: string}, call: EdgeCall) => Promise<GetPromptResult | InputRequiredResult>;
};

/** What a value is wanted for: an argument of a prompt, or a variable of a template. */
type Completing = {
	/** Name of the prompt, or the template. */
	readonly of: string;
	readonly argument: string;
	readonly typed: string;
	/** What was chosen already. */
	readonly given: {readonly [argument: string]: string};
};

/** All that the edge serves. */
export type EdgeRegistry = {
	readonly version: string;
	/** What a client is told when it connects. */
	readonly instructions: string;
	/** In the order in which they are listed. */
	readonly tools: readonly EdgeTool[];
	/** Why a tool is not served that mkcoa has; undefined where it has none of this name. */
	readonly withheld?: ((tool: string) => string | undefined) | undefined;
	readonly resources: EdgeResources;
	readonly prompts: readonly EdgePrompt[];
	readonly complete: (wanted: Completing, call: EdgeCall) => Promise<readonly string[]>;
	readonly turnstile: Turnstile;
	/** Checks what a client sends back of the state of a question, before anything reads it. @throws where it is not what was given to this client */
	readonly verifyState?: ((state: string, context: ServerContext) => Promise<unknown>) | undefined;
	/** Extensions of the protocol, attached to each server of an era before it connects. */
	readonly extend?: ((mcp: McpServer, era: ProtocolEra) => void) | undefined;
};
