import type {Brain} from '../../agents/conversation/brain.ts';
import {conversation} from '../../agents/conversation/conversation.ts';
import type {ChatEvent, EmitChat} from '../../core/chat-event.ts';
import {type ChatResult, chatResult} from '../../core/chat-result.ts';
import {type Trouble, troubleOf} from '../../core/error.ts';
import type {AnyOutcome} from '../../core/outcome.ts';
import type {SavedTurn} from '../../core/saved-conversation.ts';
import {agentTools} from '../agent-tools.ts';
import type {Session} from '../session.ts';
import {toolNamed} from '../tool-groups.ts';
import {outcomeText} from './outcome-text.ts';

export type Said = {readonly request: string; readonly context?: string | undefined};

/** A conversation on one session: its turns are kept, and each comes to a result. */
export type Talk = {
	readonly id: string;
	readonly say: (said: Said, emit: EmitChat, signal: AbortSignal) => Promise<ChatResult>;
	readonly close: () => Promise<void>;
};

type Begun = {
	readonly session: Session;
	readonly brains: readonly [Brain, ...Brain[]];
	/** Id and turns of the conversation that goes on. */
	readonly id: string;
	readonly earlier: readonly SavedTurn[];
	readonly nowMs: () => number;
};

/** Goes on with a conversation, or begins one. Close it, also after an error. */
export function openTalk({session, brains, id, earlier, nowMs}: Begun): Talk {
	const {conversations} = session.state;
	const inProcess = agentTools(session, {emit: session.emit});
	let trouble: Trouble | undefined;
	const [first, ...others] = brains.map(brain => noting(brain, error => (trouble = session.redact(error))));
	const held = conversation({brains: [first ?? brains[0], ...others], tools: inProcess.of(), redact: session.redact, earlier});
	return {
		id,
		close: inProcess.close,
		async say(said, emit, signal) {
			trouble = undefined;
			const events: ChatEvent[] = [];
			const {reason} = await held.ask(
				said,
				event => {
					events.push(event);
					emit(event);
				},
				signal,
			);
			const folded = chatResult({reason, events, error: trouble, session: id, textOf: await wordsOf(events, nowMs())});
			// A secret may stand in two pieces of an answer.
			const result = {...folded, text: session.redact(folded.text)};
			const {understood, text: answer} = result;
			const at = new Date(nowMs()).toISOString();
			await conversations.add(id, session.redact({at, request: said.request, understood, answer, reason}));
			return result;
		},
	};
}

/** Keeps the trouble of a brain that cannot go on: a note tells it to people, an exit code to scripts. */
const noting = (brain: Brain, note: (trouble: Trouble) => void): Brain => ({
	...brain,
	turn: async (asked, tools, emit, signal) => {
		try {
			return await brain.turn(asked, tools, emit, signal);
		} catch (error) {
			note(troubleOf(error));
			throw error;
		}
	},
});

/** How the tools of these calls put their outcomes. */
async function wordsOf(events: readonly ChatEvent[], nowMs: number): Promise<(outcome: AnyOutcome) => string> {
	const names = new Set(events.flatMap(event => (event.kind === 'result' ? [event.outcome.tool] : [])));
	const tools = new Map(await Promise.all([...names].map(async name => [name, await toolNamed(name)] as const)));
	const view = {width: Number.POSITIVE_INFINITY, terminal: false, nowMs};
	return outcome => outcomeText(outcome, tools.get(outcome.tool), view);
}
