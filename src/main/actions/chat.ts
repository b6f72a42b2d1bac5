import {prefersPlain} from '../../commands/host-streams.ts';
import {chatPrinter} from '../../commands/render/chat-printer.ts';
import {printErr} from '../../commands/render/paint.ts';
import {printData} from '../../commands/render/print-outcome.ts';
import {exitCodeOfChat} from '../../core/chat-result.ts';
import type {Json} from '../../core/json.ts';
import {type ExitCode, exitCodes} from '../../core/outcome.ts';
import type {SavedConversation} from '../../core/saved-conversation.ts';
import {hanging} from '../../core/text/styled.ts';
import {type Brains, brainsOf} from '../chat/brains.ts';
import {earlierConversation} from '../chat/earlier-conversation.ts';
import {lineConversation} from '../chat/line-conversation.ts';
import {saidOf} from '../chat/said-of.ts';
import {behindScreen, screenConversation} from '../chat/screen-conversation.ts';
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
	const onScreen = said === undefined && !prefersPlain(host.env);
	const session = await openSession({options: call.options, host: onScreen ? behindScreen(host) : host});
	try {
		const {conversations} = session.state;
		const earlier =
			resume === undefined ? undefined : await earlierConversation(conversations, resume, await session.cluster.target(undefined));
		const brains = await brainsOf({model: call.values.model, isAlone: call.values.noModel !== undefined}, session, host);
		if (!onScreen) return await inLines(said, {call, session, host, brains, earlier});
		const id = await screenConversation({session, host, brains, earlier, colour: host.streams.colour});
		if (id !== undefined) printErr(host.streams, width => hanging([], `Go on with: mkcoa chat --resume ${id}`, {width}));
		return exitCodes.done;
	} finally {
		await session.close();
	}
}

type Around = {
	readonly call: ActionCall;
	readonly session: Session;
	readonly host: Host;
	readonly brains: Brains;
	readonly earlier: SavedConversation | undefined;
};

/** Everything is printed below what was printed before. */
async function inLines(said: Said | undefined, {call, session, host, brains, earlier}: Around): Promise<ExitCode> {
	const talk = await openTalk({session, brains: brains.list, earlier, hear: session.emit, nowMs: host.clock.now});
	try {
		return said === undefined
			? await lineConversation({talk, session, host, earlier})
			: await answerOnce(said, talk, {call, session, host});
	} finally {
		await talk.close();
	}
}

/** `--resume` may stand before the words, and then it seems to be given the first of them. */
function wordsOf({request = '', resume}: ActionCall['values']): {readonly words: string; readonly resume: string | undefined} {
	if (resume === undefined || resume === '' || /^[0-9a-hjkmnp-tv-z]{12}$/.test(resume)) return {words: request.trim(), resume};
	return {words: `${resume} ${request}`.trim(), resume: ''};
}

async function answerOnce(
	said: Said,
	talk: Talk,
	{call: {options}, session, host: {streams}}: Pick<Around, 'call' | 'session' | 'host'>,
): Promise<ExitCode> {
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
