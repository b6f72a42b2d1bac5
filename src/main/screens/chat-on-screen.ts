import {printErr} from '../../commands/render/paint.ts';
import {whereFlags} from '../../commands/where-flags.ts';
import {hanging} from '../../core/text/styled.ts';
import type {OpenedChat} from '../chat/open-chat.ts';
import {screenConversation} from '../chat/screen-conversation.ts';
import {placeOf} from './place-of.ts';
import type {Around, Screen} from './screen.ts';

/** A conversation on the chat screen. What it needs is loaded and connected while the screen is there. */
export const chatOnScreen: Screen<'chat'> = async (around, {request, resume}) => {
	const {host} = around;
	let opening: Promise<OpenedChat> | undefined;
	let opened: OpenedChat | undefined;
	const open = () => {
		opening ??= connected(around, resume).then(chat => {
			opened = chat;
			return chat;
		});
		return opening;
	};
	try {
		// Whoever goes on has earlier requests at the up key.
		const history = resume === undefined ? undefined : (await open()).earlier;
		await screenConversation({host, open, history, request, signal: around.signal, visit: called => visited(around, called)});
	} finally {
		// Somebody may leave before it is connected, and does not wait for that.
		if (opened === undefined) opening?.then(chat => chat.close()).catch(() => {});
		const id = opened?.id();
		if (id !== undefined)
			printErr(host.streams, width => hanging([], `Go on with: mkcoa chat --resume ${id}${whereFlags(around.call.options)}`, {width}));
		await opened?.close();
	}
};

async function connected({call, host, session: connect}: Around, resume: string | undefined): Promise<OpenedChat> {
	const [session, {readyTo}, {openChat}] = await Promise.all([connect(), import('../chat/ready-to.ts'), import('../chat/open-chat.ts')]);
	return openChat({session, host, ...(await readyTo({call, host, resume}, session))});
}

/** Another screen above the conversation. Whoever asks about something there comes back with the request. */
async function visited(around: Around, called: Parameters<typeof placeOf>[0]): Promise<string | undefined> {
	const asked = await around.open(placeOf(called));
	return asked?.screen === 'chat' ? asked.request : undefined;
}
