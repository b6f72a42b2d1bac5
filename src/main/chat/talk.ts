import type {Brain} from '../../agents/conversation/brain.ts';
import {conversation} from '../../agents/conversation/conversation.ts';
import type {ChatEvent, EmitChat} from '../../core/chat-event.ts';
import {type ChatResult, chatResult} from '../../core/chat-result.ts';
import {type Confirm, deferAll} from '../../core/decision.ts';
import {type Trouble, troubleOf} from '../../core/error.ts';
import type {Emit} from '../../core/event.ts';
import type {AnyOutcome} from '../../core/outcome.ts';
import type {SavedConversation} from '../../core/saved-conversation.ts';
import {agentTools} from '../agent-tools.ts';
import type {Session} from '../session.ts';
import {allTools} from '../tool-groups.ts';
import {outcomeText} from './outcome-text.ts';

export type Said = {readonly request: string; readonly context?: string | undefined};

type Listener = {
	readonly emit: EmitChat;
	/** Who is asked for a yes; the session's own confirmer if left out. */
	readonly confirm?: Confirm | undefined;
	/** What belongs to the turn after the answer; must not reject. */
	readonly goOn?: ((emit: EmitChat) => Promise<void>) | undefined;
	readonly signal: AbortSignal;
};

/** A conversation on one session: its turns are kept, and each comes to a result. */
export type Talk = {
	/** Undefined before the first turn. */
	readonly id: () => string | undefined;
	readonly say: (said: Said, listener: Listener) => Promise<ChatResult>;
	/** An outcome in the words of its tool, laid out for a terminal of so many columns, or for a pipe. */
	readonly textOf: (outcome: AnyOutcome, width?: number) => string;
	readonly close: () => Promise<void>;
};

type Parts = {
	readonly session: Session;
	readonly brains: readonly [Brain, ...Brain[]];
	/** The conversation that goes on. */
	readonly earlier?: SavedConversation | undefined;
	/** Hears what the road tells of every call, beside the listener of the turn. */
	readonly hear: Emit;
	readonly nowMs: () => number;
};

/** Goes on with a conversation, or begins one with its first turn. Close it, also after an error. */
export async function openTalk({session, brains, earlier, hear, nowMs}: Parts): Promise<Talk> {
	const tools = await allTools();
	const textOf = (outcome: AnyOutcome, width = Number.POSITIVE_INFINITY) =>
		outcomeText(outcome, tools.get(outcome.tool) ?? session.outside.met(outcome.tool), {
			width,
			terminal: Number.isFinite(width),
			nowMs: nowMs(),
		});
	const {conversations} = session.state;
	let id = earlier?.id;
	let trouble: Trouble | undefined;
	let confirm: Confirm | undefined;
	const inProcess = agentTools(session, {emit: hear, confirm: (question, signal) => (confirm ?? deferAll)(question, signal)});
	const note = (error: Trouble) => {
		trouble = session.redact(error);
	};
	const [first, ...others] = brains;
	const held = conversation({
		brains: [noting(first, note), ...others.map(brain => noting(brain, note))],
		tools: inProcess.of(),
		redact: session.redact,
		earlier: earlier?.turns ?? [],
	});
	return {
		id: () => id,
		textOf,
		close: inProcess.close,
		async say(said, listener) {
			id ??= await conversations.begin(await session.cluster.target(undefined));
			trouble = undefined;
			confirm = listener.confirm ?? session.confirm;
			const events: ChatEvent[] = [];
			const hearing: EmitChat = event => {
				events.push(event);
				listener.emit(event);
			};
			if (said.context !== undefined && others.length === 0) hearing({kind: 'note', text: unread});
			await knowSecrets(session, said);
			const {reason} = await held.ask(said, hearing, listener.signal, listener.goOn);
			const folded = chatResult({reason, events, error: trouble, session: id, textOf: outcome => textOf(outcome)});
			// A secret may stand in two pieces of an answer.
			const result = {...folded, text: session.redact(folded.text)};
			const {understood, text: answer} = result;
			const at = new Date(nowMs()).toISOString();
			await conversations.add(id, session.redact({at, request: said.request, understood, answer, reason}));
			return result;
		},
	};
}

/** What a person says or pipes in goes to a model and is kept: it may quote a Secret of the namespace they work in, or of any. */
async function knowSecrets({cluster, learnSecrets}: Session, {context}: Said): Promise<void> {
	if (context !== undefined) await learnSecrets(undefined);
	await learnSecrets(cluster.namespace);
}

/** The built-in router understands requests, not reports. */
const unread = 'What was piped in was not read: only a model can. This looks at the cluster itself.';

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
