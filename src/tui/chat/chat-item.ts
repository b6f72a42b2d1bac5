import type {Choice, EndReason, Usage} from '../../core/chat-event.ts';
import type {Decision} from '../../core/decision.ts';
import type {Json} from '../../core/json.ts';
import type {AnyOutcome} from '../../core/outcome.ts';
import type {Question} from '../review-layout.ts';

/** A call of a tool. Times are milliseconds of the screen's clock. */
export type CallItem = {
	readonly kind: 'call';
	readonly id: string;
	readonly agent: string;
	readonly tool: string;
	readonly input: Json;
	readonly startedAt: number;
	readonly endedAt?: number | undefined;
	/** Since when a plan of it waits for the person; missing while none does. */
	readonly askedAt?: number | undefined;
	/** Milliseconds that its plans waited for the person: none of the call's own time. */
	readonly reviewMs?: number | undefined;
	/** What the run told, the oldest first; the newest stands beside the call while it lasts. */
	readonly told: readonly string[];
	/** The workload that its plan rolls out, as `/rollout` takes it. */
	readonly rollout?: string | undefined;
	/** A person approved its plan. */
	readonly isCarriedOut?: true | undefined;
	/** Missing while the call lasts, and where the turn ended before it. */
	readonly outcome?: AnyOutcome | undefined;
	/** What a tool that only reads answered, in its own words, laid out. */
	readonly answer?: string | undefined;
};

/** One thing in a conversation, as it stands in the scrollback once nothing about it can change. */
export type ChatItem =
	| CallItem
	| {readonly kind: 'request'; readonly text: string}
	| {readonly kind: 'understood'; readonly text: string}
	/** A part of an answer, Markdown. */
	| {readonly kind: 'text'; readonly agent: string; readonly text: string}
	| {readonly kind: 'question'; readonly question: string; readonly choices: readonly Choice[]}
	| {readonly kind: 'refused'; readonly why: string}
	| {readonly kind: 'note'; readonly text: string}
	/** What a person answered to a plan. */
	| {readonly kind: 'decided'; readonly question: Question; readonly decision: Decision}
	/** What a tool answered, where nobody put it into words: lines laid out. */
	| {readonly kind: 'output'; readonly text: string}
	/** The answer of a command, Markdown. */
	| {readonly kind: 'said'; readonly text: string}
	| {
			readonly kind: 'ended';
			readonly reason: EndReason;
			readonly elapsedMs: number;
			readonly usages: readonly Usage[];
			/** Calls that had no outcome when the turn ended. */
			readonly cutOff: readonly string[];
	  };
