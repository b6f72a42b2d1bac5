import {chatPrinter} from '../../commands/render/chat-printer.ts';
import {printData} from '../../commands/render/print-outcome.ts';
import {whereFlags} from '../../commands/where-flags.ts';
import {exitCodeOfChat} from '../../core/chat-result.ts';
import {MkcoaError} from '../../core/error.ts';
import type {Json} from '../../core/json.ts';
import type {ExitCode} from '../../core/outcome.ts';
import {shellWord} from '../../core/text/shell-word.ts';
import type {Called} from '../../tui/chat/chat-commands.ts';
import {lineConversation} from '../chat/line-conversation.ts';
import {readyTo, type Wanted} from '../chat/ready-to.ts';
import {openTalk, type Said, type Talk} from '../chat/talk.ts';
import type {Host} from '../host.ts';
import {openSession, type Session} from '../session.ts';
import type {ActionCall} from './answer.ts';

/** Answers one request, or holds a conversation line by line: everything is printed below what was printed before. */
export async function chatInLines(said: Said | undefined, {call, host, resume}: Wanted): Promise<ExitCode> {
	const session = await openSession({options: call.options, host});
	try {
		const {brains, earlier} = await readyTo({call, host, resume}, session);
		const talk = await openTalk({session, brains: brains.list, earlier, hear: session.emit, nowMs: host.clock.now});
		try {
			return said === undefined
				? await lineConversation({talk, session, host, earlier, visit: called => told(called, {call, session, host})})
				: await answerOnce(said, talk, {call, session, host});
		} finally {
			await talk.close();
		}
	} finally {
		await session.close();
	}
}

type Around = {readonly call: ActionCall; readonly session: Session; readonly host: Host};

/** What a screen would show, printed below what was said. */
const told = async (called: Called, {call, session, host}: Around): Promise<void> => {
	const [{openShell}, {placeOf}] = await Promise.all([import('../screens/shell.ts'), import('../screens/place-of.ts')]);
	const to = placeOf(called);
	if (to.screen === 'rollout')
		throw new MkcoaError({
			kind: 'usage',
			code: 'no-such-screen',
			what: 'A rollout is not watched within a conversation in lines',
			next: `Watch it from another terminal: mkcoa deploy status ${to.name} --watch`,
		});
	session.quiet();
	await openShell(to, {call, host, session});
};

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
		choiceLine: ({text, request}, number) => `  ${number}. ${text}\n     mkcoa chat ${shellWord(request)}${whereFlags(options)}`,
	});
	const result = await talk.say(said, {emit: printer.emit, signal});
	printer.end(result.text);
	return exitCodeOfChat(result);
}
