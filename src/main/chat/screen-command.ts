import {writeFile} from 'node:fs/promises';
import {conversationMarkdown} from '../../commands/render/conversation-markdown.ts';
import {MkcoaError} from '../../core/error.ts';
import type {SavedConversation} from '../../core/saved-conversation.ts';
import type {View} from '../../core/tool.ts';
import type {ChatBackend} from '../../tui/chat/chat-backend.ts';
import {conversationTable} from '../actions/conversations.ts';
import type {Host} from '../host.ts';
import type {Session} from '../session.ts';
import {earlierConversation} from './earlier-conversation.ts';
import type {Holding} from './holding.ts';

type Around = {readonly holding: Holding; readonly session: Session; readonly host: Host};
type Called = Parameters<ChatBackend['command']>[0];
type Answer = Awaited<ReturnType<ChatBackend['command']>>;

const listed = 20;

/** Carries out a command of the chat screen. @throws MkcoaError with what to do; the screen shows it */
export async function screenCommand({name, argument}: Called, {holding, session, host}: Around): Promise<Answer> {
	const {conversations} = session.state;
	const {streams, screen, clock} = host;
	const view: View = {width: screen.columns ?? streams.width, terminal: true, nowMs: clock.now()};
	switch (name) {
		case 'clear':
			await holding.change({});
			return {};
		case 'sessions':
			return {text: fenced(conversationTable(await conversations.list(listed), view))};
		case 'resume': {
			const earlier = await earlierConversation(conversations, argument, await session.cluster.target(undefined));
			await holding.change({earlier});
			return {text: lastOf(earlier)};
		}
		case 'export':
			return {text: `Written to ${await exported(argument, await current(holding, session))}`};
		case 'model':
			return modelChanged(argument, {holding, session});
		case 'undo':
			return {request: `/undo ${argument}`.trim()};
		default:
			return {};
	}
}

const fenced = (text: string) => `\`\`\`\n${text}\n\`\`\``;

function lastOf({id, turns}: SavedConversation): string {
	const last = turns.at(-1);
	return last === undefined
		? `Conversation ${id} goes on.`
		: `Conversation ${id} goes on. Last time: **${last.request}**\n\n${last.answer}`;
}

/** Goes on with the same conversation and another model. */
async function modelChanged(name: string, {holding, session}: Pick<Around, 'holding' | 'session'>): Promise<Answer> {
	if (name === '') return {text: `About ${await holding.place()}. Set a model with /model PROVIDER/NAME, or none with /model off`};
	const id = holding.talk().id();
	const earlier = id === undefined ? undefined : await session.state.conversations.find(id);
	await holding.change({model: name === 'off' ? 'none' : name, earlier});
	const place = await holding.place();
	return {text: `From now on: ${place}`, place};
}

async function current(holding: Holding, {state}: Session): Promise<SavedConversation> {
	const id = holding.talk().id();
	const found = id === undefined ? undefined : await state.conversations.find(id);
	if (found !== undefined) return found;
	throw new MkcoaError({kind: 'usage', code: 'nothing-said', what: 'Nothing was said yet', next: 'Ask something first'});
}

/** Writes a new file and never over another one. */
async function exported(named: string, conversation: SavedConversation): Promise<string> {
	const path = named === '' ? `mkcoa-chat-${conversation.id}.md` : named;
	try {
		await writeFile(path, conversationMarkdown(conversation), {flag: 'wx', mode: 0o600});
		return path;
	} catch (error) {
		throw new MkcoaError(
			{
				kind: 'usage',
				code: 'not-written',
				what: `${path} was not written`,
				why:
					error instanceof Error && 'code' in error && error.code === 'EEXIST' ? 'there is a file already' : 'the folder does not take it',
				next: 'Name another file: /export FILE',
			},
			{cause: error},
		);
	}
}
