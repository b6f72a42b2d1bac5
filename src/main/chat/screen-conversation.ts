import type {ChatBackend} from '../../tui/chat/chat-backend.ts';
import {chatScreen} from '../../tui/chat/chat-screen.tsx';
import {themeName} from '../../tui/theme.ts';
import type {Host} from '../host.ts';
import type {OpenedChat} from './open-chat.ts';
import {suspendProcess} from './suspend-process.ts';

type Parts = {
	readonly host: Host;
	/** Connects and gets ready, while the screen is there already. */
	readonly open: () => Promise<OpenedChat>;
	/** Earlier requests, for the up key. */
	readonly history?: readonly string[] | undefined;
	/** Sent first, as if it had been typed. */
	readonly request?: string | undefined;
	/** Takes the screen away. */
	readonly signal: AbortSignal;
	/** See `ChatBackend`. */
	readonly visit: ChatBackend['visit'];
};

const connecting = 'connecting';

/**
 * A conversation on the chat screen, until the person leaves it. The screen is there before anything is connected; what is asked meanwhile waits.
 * @throws what `open` rejects with, when the screen has closed
 */
export async function screenConversation({host, open, history, request, signal, visit}: Parts): Promise<void> {
	const {input, screen: output, clock, env, streams} = host;
	const {promise: opened, resolve, reject} = Promise.withResolvers<OpenedChat>();
	const broken = new AbortController();
	let textOf: OpenedChat['textOf'] | undefined;
	const backend: ChatBackend = {
		ask: async (request, emit, confirm, signal) => (await opened).ask(request, {emit, confirm, signal}),
		command: async called => (await opened).command(called),
		visit,
		edit: async text => (await import('../../commands/edit-text.ts')).editText(text, env),
		suspend: () => suspendProcess(clock),
		review: {
			rehearse: async (plan, signal) => (await opened).review.rehearse(plan, signal),
			edit: async plan => (await opened).review.edit(plan),
		},
		textOf: (outcome, columns) => textOf?.(outcome, columns) ?? '',
	};
	const theme = themeName(streams.colour, env.MKCOA_THEME, env.COLORFGBG);
	const placed = opened.then(
		chat => chat.place(),
		() => connecting,
	);
	const joined = opened.then(
		chat => chat.agents,
		() => [],
	);
	const end = chatScreen(
		backend,
		{input, output, theme, clock, place: connecting, placed, joined, history, request},
		AbortSignal.any([signal, broken.signal]),
	);
	open().then(
		chat => {
			textOf = chat.textOf;
			resolve(chat);
		},
		(error: unknown) => {
			reject(error);
			broken.abort(error);
		},
	);
	await end;
	// A connection that failed closed the screen; one that is still being made is not waited for.
	if (broken.signal.aborted) await opened;
}
