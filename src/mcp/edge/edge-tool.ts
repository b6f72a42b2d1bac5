import type {CallToolResult, InputRequiredResult, ServerContext, Tool} from '@modelcontextprotocol/server';
import type {JsonObject} from '../../core/json.ts';
import type {Rights} from '../../core/roles/rights.ts';
import type {Needs} from './scopes.ts';

/** Who calls over the edge: proved by the transport, never said by a message. */
export type EdgeCaller = {
	/** The person or the account. */
	readonly principal: string;
	/** The program, as it calls itself: for people to read, never to decide by. */
	readonly agent: string;
	/** Groups that he belongs to, as his token says. */
	readonly groups?: readonly string[] | undefined;
	/** What he may do; undefined where the one who started mkcoa calls himself. */
	readonly scopes?: readonly string[] | undefined;
	/** What his roles let him do; undefined where nobody is under roles, or he is not. */
	readonly rights?: Rights | undefined;
};

/** One call as a tool sees it. */
export type EdgeCall = {
	readonly caller: EdgeCaller;
	readonly signal: AbortSignal;
	/** Whether its client says that it can ask the one who sits at it. */
	readonly canAsk: boolean;
	/** Whether its client says that it shows pages of servers. */
	readonly canShow: boolean;
	/** Trace that the client says the call belongs to (W3C Trace Context). */
	readonly trace: string | undefined;
	/** Tells the client how a long call goes on, where it asked to hear of it. */
	readonly progress: (text: string, total?: number) => void;
	/**
	 * Keeps the call's place at the turnstile until work is through that outlives its answer. Call it before the answer. Missing where the answer has to
	 * be all of it: what a resource tells, or a completion.
	 */
	readonly holdPlace?: ((until: Promise<unknown>) => void) | undefined;
	/** The protocol's own, for what only it knows. */
	readonly context: ServerContext;
};

/** A tool as the edge serves it. What it rejects with is told as a failure without its message, which may hold anything. */
export type EdgeTool = {
	readonly listed: Tool;
	readonly needs: Needs;
	/** Called by pages that the client shows, and by no model: there only for clients that show pages. */
	readonly forPages?: true;
	/** Address of the page that shows its answers. */
	readonly page?: string;
	readonly call: (input: JsonObject, call: EdgeCall) => Promise<CallToolResult | InputRequiredResult>;
};
