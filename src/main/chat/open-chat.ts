import type {EmitChat} from '../../core/chat-event.ts';
import type {Confirm} from '../../core/decision.ts';
import type {AnyOutcome} from '../../core/outcome.ts';
import type {SavedConversation} from '../../core/saved-conversation.ts';
import type {ChatBackend} from '../../tui/chat/chat-backend.ts';
import type {Host} from '../host.ts';
import type {Session} from '../session.ts';
import type {Brains} from './brains.ts';
import {editedPlans} from './edited-plans.ts';
import {hold} from './holding.ts';
import {planAgain} from './plan-again.ts';
import {type PlanServices, planServices} from './plan-services.ts';
import {screenCommand} from './screen-command.ts';
import {undoTurn} from './undo-turn.ts';

type Listener = {readonly emit: EmitChat; readonly confirm: Confirm; readonly signal: AbortSignal};

/** What stands behind the chat screen once it is connected. */
export type OpenedChat = {
	readonly ask: (request: string, listener: Listener) => Promise<void>;
	readonly command: ChatBackend['command'];
	readonly review: PlanServices;
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
	const plans = editedPlans();
	return {
		review: planServices(session, host, plans),
		async ask(request, {signal, emit, confirm}) {
			const {hear, end} = plans.listening(emit);
			const listener = {emit: hear, confirm, signal: AbortSignal.any([signal, session.signal])};
			const [isUndo, id = ''] = /^\/undo(?:\s+(\S+))?$/.exec(request) ?? [];
			if (isUndo === undefined) await holding.talk().say({request}, listener);
			else await undoTurn(id, session, listener);
			for (let again = plans.next(); again !== undefined && !listener.signal.aborted; again = plans.next())
				await planAgain(again, session, listener);
			end();
		},
		command: called => screenCommand(called, {holding, session, host}),
		textOf: (outcome, columns) => holding.talk().textOf(outcome, columns),
		place: holding.place,
		earlier: (earlier?.turns ?? []).map(({request}) => request),
		id: () => holding.talk().id(),
		close: () => holding.talk().close(),
	};
}
