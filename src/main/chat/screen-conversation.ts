import {editText} from '../../commands/edit-text.ts';
import type {SavedConversation} from '../../core/saved-conversation.ts';
import type {ChatBackend} from '../../tui/chat/chat-backend.ts';
import {themeName} from '../../tui/theme.ts';
import type {Host} from '../host.ts';
import type {Session} from '../session.ts';
import type {Brains} from './brains.ts';
import {hold} from './holding.ts';
import {screenCommand} from './screen-command.ts';
import {undoTurn} from './undo-turn.ts';

type Parts = {
	readonly session: Session;
	readonly host: Host;
	readonly brains: Brains;
	readonly earlier: SavedConversation | undefined;
	readonly colour: boolean;
};

/** The screen needs standard error for itself: whoever writes there, draws over it. Nobody asks or reads beside it. */
export const behindScreen = (host: Host): Host => ({
	...host,
	streams: {...host.streams, err() {}, canAsk: false, inIsPiped: false, readInput: async () => ''},
});

/** A conversation on the chat screen, until the person leaves it. Answers the id of the conversation, where one was held. */
export async function screenConversation({session, host, brains, earlier, colour}: Parts): Promise<string | undefined> {
	const {chatScreen} = await import('../../tui/chat/chat-screen.tsx');
	const holding = await hold({session, host, brains, earlier});
	const backend: ChatBackend = {
		async ask(request, emit, confirm, signal) {
			const listener = {emit, confirm, signal: AbortSignal.any([signal, session.signal])};
			const [isUndo, id = ''] = /^\/undo(?:\s+(\S+))?$/.exec(request) ?? [];
			if (isUndo === undefined) await holding.talk().say({request}, listener);
			else await undoTurn(id, session, listener);
		},
		command: called => screenCommand(called, {holding, session, host}),
		edit: text => editText(text, host.env),
		textOf: (outcome, columns) => holding.talk().textOf(outcome, columns),
	};
	try {
		const {input, screen: output, clock, env} = host;
		const theme = themeName(colour, env.MKCOA_THEME, env.COLORFGBG);
		const history = earlier?.turns.map(({request}) => request);
		await chatScreen(backend, {input, output, theme, clock, place: await holding.place(), history}, session.signal);
		return holding.talk().id();
	} finally {
		await holding.talk().close();
	}
}
