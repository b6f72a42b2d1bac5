import {conversationMarkdown} from '../../commands/render/conversation-markdown.ts';
import {type ExitCode, exitCodes} from '../../core/outcome.ts';
import type {SavedConversation} from '../../core/saved-conversation.ts';
import {age} from '../../core/text/age.ts';
import {oneLine} from '../../core/text/one-line.ts';
import {textTable} from '../../core/text/text-table.ts';
import type {View} from '../../core/tool.ts';
import {noSuchConversation} from '../chat/earlier-conversation.ts';
import type {Host} from '../host.ts';
import {openUserState} from '../open-state.ts';
import {type ActionCall, answer} from './answer.ts';

const listed = 50;

/** The conversations that are kept, the last spoken in first, as text. */
export function conversationTable(found: readonly SavedConversation[], view: View): string {
	if (found.length === 0) return 'There is no conversation yet';
	return textTable({
		headers: ['ID', 'LAST', 'CONTEXT', 'TURNS', 'BEGAN WITH'],
		rows: found.map(({id, target, turns}) => [
			id,
			age(view.nowMs - Date.parse(turns.at(-1)?.at ?? '')),
			target.context,
			turns.length,
			oneLine(turns[0]?.request ?? ''),
		]),
		view,
	});
}

/** Lists the conversations that are kept. Needs no cluster. */
export async function listConversations({options}: ActionCall, host: Host): Promise<ExitCode> {
	const state = await openUserState(options, host, host.clock);
	try {
		const found = await state.conversations.list(listed);
		const {width, outIsTerminal: terminal} = host.streams;
		const rows = found.map(({turns, ...rest}) => ({...rest, turns: turns.length, request: turns[0]?.request, lastAt: turns.at(-1)?.at}));
		await answer(host.streams, options, rows, () => conversationTable(found, {width, terminal, nowMs: host.clock.now()}));
		return exitCodes.done;
	} finally {
		state.close();
	}
}

/** Prints one conversation as Markdown, or as data. Needs no cluster. */
export async function exportConversation({values, options}: ActionCall, host: Host): Promise<ExitCode> {
	const state = await openUserState(options, host, host.clock);
	try {
		const id = values.export ?? '';
		const found = await state.conversations.find(id);
		if (found === undefined) throw noSuchConversation(id);
		await answer(host.streams, options, found, () => conversationMarkdown(found));
		return exitCodes.done;
	} finally {
		state.close();
	}
}
