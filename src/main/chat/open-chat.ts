import type {AnyOutcome} from '../../core/outcome.ts';
import type {SavedConversation} from '../../core/saved-conversation.ts';
import type {ChatBackend} from '../../tui/chat/chat-backend.ts';
import type {Host} from '../host.ts';
import type {Session} from '../session.ts';
import type {Brains} from './brains.ts';
import {chatTurn, type Listener} from './chat-turn.ts';
import {editedPlans} from './edited-plans.ts';
import {hold} from './holding.ts';
import {type PlanServices, planServices} from './plan-services.ts';
import {screenCommand} from './screen-command.ts';

/** What stands behind the chat screen once it is connected. */
export type OpenedChat = {
	readonly ask: (request: string, listener: Listener) => Promise<void>;
	readonly command: ChatBackend['command'];
	readonly review: PlanServices;
	readonly textOf: (outcome: AnyOutcome, columns: number) => string;
	/** Where and with what one talks. */
	readonly place: () => Promise<string>;
	/** Whom a request can name. */
	readonly agents: Brains['agents'];
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
	const plans = editedPlans();
	return {
		review: planServices(session, host, plans),
		async ask(request, {signal, emit, confirm}) {
			await chatTurn(request, {talk: holding.talk(), session, plans}, {emit, confirm, signal: AbortSignal.any([signal, session.signal])});
		},
		command: called => screenCommand(called, {holding, session, host}),
		textOf: (outcome, columns) => holding.talk().textOf(outcome, columns),
		place: holding.place,
		agents: brains.agents,
		earlier: (earlier?.turns ?? []).map(({request}) => request),
		id: () => holding.talk().id(),
		close: () => holding.talk().close(),
	};
}
