import type {Event} from './event.ts';
import type {Json} from './json.ts';
import type {AnyOutcome} from './outcome.ts';

/** How a turn of a conversation ended. */
export type EndReason = 'answered' | 'asked' | 'refused' | 'cancelled' | 'budget' | 'failed';

/** One way to say clearly what a question is about: `request` is what the person would have typed. */
export type Choice = {readonly text: string; readonly request: string};

/** What one call of a model cost. Tokens; money only where the price is known. */
export type Usage = {
	readonly model: string;
	readonly inputTokens: number;
	readonly outputTokens: number;
	readonly cachedTokens: number;
	readonly money?: {readonly amount: number; readonly currency: 'USD'} | undefined;
};

/** All that a conversation tells while a turn goes on. JSON; screens, the text printer, `--json` and tests listen to the same stream. */
export type ChatEvent =
	/** What was understood, in one sentence of the language of the request. */
	| {readonly kind: 'understood'; readonly text: string}
	/** A piece of the answer, Markdown. */
	| {readonly kind: 'text'; readonly agent: string; readonly delta: string}
	| {readonly kind: 'call'; readonly id: string; readonly agent: string; readonly tool: string; readonly input: Json}
	/** What the road tells of that call. */
	| {readonly kind: 'run'; readonly id: string; readonly event: Event}
	| {readonly kind: 'result'; readonly id: string; readonly outcome: AnyOutcome}
	/** No plan is made before it is answered. */
	| {readonly kind: 'question'; readonly question: string; readonly choices: readonly Choice[]}
	| {readonly kind: 'refused'; readonly why: string}
	| {readonly kind: 'usage'; readonly usage: Usage}
	/** What the person should know that is no failure, such as a model that is down. */
	| {readonly kind: 'note'; readonly text: string}
	| {readonly kind: 'ended'; readonly reason: EndReason};

export type EmitChat = (event: ChatEvent) => void;
