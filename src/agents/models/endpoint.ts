/** The ways to speak to a model over HTTP: Messages, Responses, generateContent, Chat Completions. */
export const wires = ['anthropic', 'openai', 'gemini', 'chat'] as const;
export type WireName = (typeof wires)[number];

/** One model at one server. */
export type Endpoint = {
	/** `anthropic/claude-…`: told in errors, and written beside what is kept. */
	readonly name: string;
	readonly wire: WireName;
	/** What the server calls the model. */
	readonly model: string;
	/** Without a slash at the end. */
	readonly baseUrl: string;
	/** Missing where the server wants none. */
	readonly key?: string | undefined;
	/** Where this key is from, such as `ANTHROPIC_API_KEY`; a remedy names it. */
	readonly keyFrom?: string | undefined;
	/** Whether the model thinks before it answers, and may give signed thoughts to keep. */
	readonly thinks: boolean;
	/** How Chat Completions calls the limit of an answer: servers disagree. */
	readonly limitField: 'max_tokens' | 'max_completion_tokens';
};
