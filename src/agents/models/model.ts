import type {Json, JsonObject} from '../../core/json.ts';

/** A tool as a model is told of it: JSON Schema of the input. */
export type ModelTool = {readonly name: string; readonly description: string; readonly inputSchema: {readonly [word: string]: unknown}};

export type Message =
	| {readonly role: 'user'; readonly text: string}
	| {
			readonly role: 'assistant';
			readonly text: string;
			readonly calls: readonly {readonly id: string; readonly tool: string; readonly input: JsonObject}[];
			/** `kept` of the `stop` that ended this message; without it a model that thinks begins its thought anew, or refuses. */
			readonly kept?: Json | undefined;
	  }
	/** The result of one call of the message before; every call has one. */
	| {readonly role: 'result'; readonly id: string; readonly tool: string; readonly text: string; readonly isError: boolean};

export type ModelRequest = {
	readonly system: string;
	readonly messages: readonly Message[];
	readonly tools: readonly ModelTool[];
	readonly maxTokens: number;
};

/** Tokens of one answer. `inputTokens` holds all that was sent, `cachedTokens` and `writtenTokens` (put into the cache) among them. */
export type TokenUse = {
	readonly inputTokens: number;
	readonly outputTokens: number;
	readonly cachedTokens: number;
	readonly writtenTokens?: number | undefined;
};

/** Only where a price is known. */
export type Money = {readonly amount: number; readonly currency: 'USD'};

/** What a model streams. `call` comes whole, its pieces joined and its input parsed; `broken` is an input that is no JSON object. */
export type ModelEvent =
	| {readonly kind: 'text'; readonly delta: string}
	| {readonly kind: 'call'; readonly id: string; readonly tool: string; readonly input: JsonObject}
	| {readonly kind: 'broken'; readonly id: string; readonly tool: string; readonly text: string}
	| ({readonly kind: 'usage'} & TokenUse & {readonly money?: Money | undefined})
	/** A wait before the same request is sent again; `why` is a sentence. */
	| {readonly kind: 'retry'; readonly why: string; readonly afterMs: number}
	/**
	 * Always last. `kept` is what the model wants to see again word for word, such as signed thoughts: opaque, not for people, and of use only
	 * while the conversation lives. Put it into the message of the answer.
	 */
	| {readonly kind: 'stop'; readonly reason: 'end' | 'calls' | 'length' | 'refusal'; readonly kept?: Json | undefined};

/** A language model, whoever serves it. */
export type Model = {
	/** `anthropic/claude-…` */
	readonly name: string;
	/** Dollars for a million tokens; missing where nobody told. */
	readonly price?: {readonly input: number; readonly output: number; readonly cached: number} | undefined;
	/** Tokens that a request may hold. */
	readonly contextTokens: number;
	/**
	 * One answer, streamed. Retries what may be retried before the first piece was told, never after.
	 * @throws MkcoaError `model-*` with what a person can do: no key, refused key, out of credit, unknown model, unreachable, overloaded, broken stream
	 */
	readonly stream: (request: ModelRequest, signal: AbortSignal) => AsyncIterable<ModelEvent>;
};
