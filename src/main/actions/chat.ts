import {chatPrinter} from '../../commands/render/chat-printer.ts';
import {printData} from '../../commands/render/print-outcome.ts';
import {exitCodeOfChat} from '../../core/chat-result.ts';
import type {Json} from '../../core/json.ts';
import type {ExitCode} from '../../core/outcome.ts';
import {brainsOf} from '../chat/brains.ts';
import {earlierConversation} from '../chat/earlier-conversation.ts';
import {lineConversation} from '../chat/line-conversation.ts';
import {saidOf} from '../chat/said-of.ts';
import {openTalk, type Said, type Talk} from '../chat/talk.ts';
import type {Host} from '../host.ts';
import {openSession, type Session} from '../session.ts';
import type {ActionCall} from './answer.ts';
import {exportConversation, listConversations} from './conversations.ts';

/** A request in the person's own words, or a conversation; also what was said before. */
export async function chat(call: ActionCall, host: Host): Promise<ExitCode> {
	if (call.values.sessions !== undefined) return listConversations(call, host);
	if (call.values.export !== undefined) return exportConversation(call, host);
	const {words, resume} = wordsOf(call.values);
	const said = await saidOf(words, host.streams);
	const session = await openSession({options: call.options, host});
	try {
		const earlier =
			resume === undefined
				? undefined
				: await earlierConversation(session.state.conversations, resume, await session.cluster.target(undefined));
		const brains = await brainsOf({model: call.values.model, isAlone: call.values.noModel !== undefined}, session, host);
		const talk = await openTalk({session, brains: brains.list, earlier, hear: session.emit, nowMs: host.clock.now});
		try {
			return said === undefined
				? await lineConversation({talk, session, host, earlier})
				: await answerOnce(said, talk, {call, session, host});
		} finally {
			await talk.close();
		}
	} finally {
		await session.close();
	}
}

/** `--resume` may stand before the words, and then it seems to be given the first of them. */
function wordsOf({request = '', resume}: ActionCall['values']): {readonly words: string; readonly resume: string | undefined} {
	if (resume === undefined || resume === '' || /^[0-9a-hjkmnp-tv-z]{12}$/.test(resume)) return {words: request.trim(), resume};
	return {words: `${resume} ${request}`.trim(), resume: ''};
}

type Around = {readonly call: ActionCall; readonly session: Session; readonly host: Host};

async function answerOnce(said: Said, talk: Talk, {call: {options}, session, host: {streams}}: Around): Promise<ExitCode> {
	const {signal} = session;
	if (options.output !== 'text') {
		const result = await talk.say(said, {emit() {}, signal});
		session.quiet();
		// A result is JSON; its optional fields make it wider than the type of JSON values.
		await printData(streams, JSON.parse(JSON.stringify(result)) as Json, options.output);
		return exitCodeOfChat(result);
	}
	const printer = chatPrinter(streams, {
		...options,
		beforePrinting: session.quiet,
		textOf: talk.textOf,
		choiceLine: ({text, request}, number) => `  ${number}. ${text}\n     mkcoa chat ${JSON.stringify(request)}`,
	});
	const result = await talk.say(said, {emit: printer.emit, signal});
	printer.end(result.text);
	return exitCodeOfChat(result);
}
