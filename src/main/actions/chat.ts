import {printData} from '../../commands/render/print-outcome.ts';
import {type ChatResult, exitCodeOfChat} from '../../core/chat-result.ts';
import {MkcoaError} from '../../core/error.ts';
import type {Json} from '../../core/json.ts';
import type {ExitCode} from '../../core/outcome.ts';
import {builtInRouter} from '../chat/built-in-router.ts';
import {openTalk, type Said} from '../chat/talk.ts';
import type {Host} from '../host.ts';
import {openSession, type Session} from '../session.ts';
import {toolNamed} from '../tool-groups.ts';
import type {ActionCall} from './answer.ts';

/** One request in the person's own words. */
export async function chat(call: ActionCall, host: Host): Promise<ExitCode> {
	const asked = await requestOf(call, host);
	const session = await openSession({options: call.options, host});
	try {
		const result = await answerOnce(asked, session, host);
		await printResult(result, call, host, session);
		return exitCodeOfChat(result);
	} finally {
		await session.close();
	}
}

/** The words of the command line; without any, standard input. Where both are there, standard input is context. */
async function requestOf({values}: ActionCall, {streams}: Host): Promise<Said> {
	const words = values.request?.trim() ?? '';
	if (words !== '') return {request: words, context: streams.inIsPiped ? await streams.readInput() : undefined};
	const request = streams.canAsk ? '' : (await streams.readInput()).trim();
	if (request !== '') return {request, context: undefined};
	throw new MkcoaError({
		kind: 'usage',
		code: 'no-request',
		what: 'Nothing was asked',
		next: 'Say what you want to know or change: mkcoa chat "why is web down?"',
	});
}

async function answerOnce(said: Said, session: Session, host: Host): Promise<ChatResult> {
	const id = await session.state.conversations.begin(await session.cluster.target(undefined));
	const talk = openTalk({session, brains: [await builtInRouter(session, host)], id, earlier: [], nowMs: host.clock.now});
	try {
		return await talk.say(said, () => {}, session.signal);
	} finally {
		await talk.close();
	}
}

async function printResult(result: ChatResult, {options}: ActionCall, {streams}: Host, session: Session): Promise<void> {
	session.quiet();
	// A result is JSON; its optional fields make it wider than the type of JSON values.
	if (options.output !== 'text') return printData(streams, JSON.parse(JSON.stringify(result)) as Json, options.output);
	if (result.understood !== '' && !options.quiet) streams.err(`${result.understood}\n`);
	if (result.kind === 'plan') {
		for (const outcome of result.outcomes) await session.print(await toolNamed(outcome.tool), outcome);
		return;
	}
	streams.out(`${result.text}\n`);
	for (const [index, {text, request}] of (result.choices ?? []).entries())
		streams.out(`  ${index + 1}. ${text}: mkcoa chat ${JSON.stringify(request)}\n`);
}
