import {printErr} from '../../commands/render/paint.ts';
import {type ExitCode, exitCodes} from '../../core/outcome.ts';
import {hanging} from '../../core/text/styled.ts';
import type {OpenedChat} from '../chat/open-chat.ts';
import type {Wanted} from '../chat/ready-to.ts';
import {screenConversation} from '../chat/screen-conversation.ts';
import type {Host} from '../host.ts';
import type {Session} from '../session.ts';

/** A conversation on the chat screen. What it needs is loaded and connected while the screen is there. */
export async function chatOnScreen({call, host, resume}: Wanted): Promise<ExitCode> {
	const left = new AbortController();
	const behind = behindScreen(host, left.signal);
	let session: Session | undefined;
	let to: 'shell' | 'home' = 'shell';
	const connect = async (): Promise<OpenedChat> => {
		const [{openSession}, {readyTo}, {openChat}] = await Promise.all([
			import('../session.ts'),
			import('../chat/ready-to.ts'),
			import('../chat/open-chat.ts'),
		]);
		session = await openSession({options: call.options, host: behind});
		return openChat({session, host, ...(await readyTo({call, host, resume}, session))});
	};
	let opening: Promise<OpenedChat> | undefined;
	const open = () => {
		opening ??= connect();
		return opening;
	};
	try {
		// Whoever goes on has earlier requests at the up key.
		const history = resume === undefined ? undefined : (await open()).earlier;
		to = await screenConversation({host, open, history});
	} finally {
		// Somebody may leave before it is connected.
		left.abort();
		const chat = await opening?.catch(() => undefined);
		const id = chat?.id();
		if (id !== undefined) printErr(host.streams, width => hanging([], `Go on with: mkcoa chat --resume ${id}`, {width}));
		await chat?.close();
		await session?.close();
	}
	return to === 'home' ? (await import('./home.ts')).home(call, host) : exitCodes.done;
}

/** The screen needs standard error for itself: whoever writes there, draws over it. Nobody asks or reads beside it. */
const behindScreen = (host: Host, left: AbortSignal): Host => ({
	...host,
	signal: AbortSignal.any([host.signal, left]),
	streams: {...host.streams, err() {}, canAsk: false, inIsPiped: false, readInput: async () => ''},
});
