import type {EmitChat} from '../../core/chat-event.ts';
import type {Confirm} from '../../core/decision.ts';
import type {AnyOutcome} from '../../core/outcome.ts';
import type {SavedConversation} from '../../core/saved-conversation.ts';
import type {ChatBackend} from '../../tui/chat/chat-backend.ts';
import type {Host} from '../host.ts';
import type {Session} from '../session.ts';
import type {Brains} from './brains.ts';
import {hold} from './holding.ts';
import {screenCommand} from './screen-command.ts';
import {undoTurn} from './undo-turn.ts';

type Listener = {readonly emit: EmitChat; readonly confirm: Confirm; readonly signal: AbortSignal};

/** What stands behind the chat screen once it is connected. */
export type OpenedChat = {
	readonly ask: (request: string, listener: Listener) => Promise<void>;
	readonly command: ChatBackend['command'];
	readonly textOf: (outcome: AnyOutcome, columns: number) => string;
	/** Where and with what one talks. */
	readonly place: () => Promise<string>;
	/** Requests of the conversation that goes on, the oldest first. */
	readonly earlier: readonly string[];
	/** Of the conversation that is held; undefined before its first turn. */
	readonly id: () => string | undefined;
	readonly close: () => Promise<void>;
};

type Parts = {
	readonly session: Session;
	readonly host: Host;
	readonly brains: Brains;
	readonly earlier: SavedConversation | undefined;
};

/** Close it, also after an error; the session stays open. */
export async function openChat({session, host, brains, earlier}: Parts): Promise<OpenedChat> {
	const holding = await hold({session, host, brains, earlier});
	return {
		async ask(request, {signal, ...more}) {
			const listener = {...more, signal: AbortSignal.any([signal, session.signal])};
			const [isUndo, id = ''] = /^\/undo(?:\s+(\S+))?$/.exec(request) ?? [];
			if (isUndo === undefined) await holding.talk().say({request}, listener);
			else await undoTurn(id, session, listener);
		},
		command: called => screenCommand(called, {holding, session, host}),
		textOf: (outcome, columns) => holding.talk().textOf(outcome, columns),
		place: holding.place,
		earlier: (earlier?.turns ?? []).map(({request}) => request),
		id: () => holding.talk().id(),
		close: () => holding.talk().close(),
	};
}
