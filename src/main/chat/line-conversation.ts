import {prefersPlain} from '../../commands/host-streams.ts';
import {chatPrinter} from '../../commands/render/chat-printer.ts';
import {printErr} from '../../commands/render/paint.ts';
import type {ChatResult} from '../../core/chat-result.ts';
import {type ExitCode, exitCodes} from '../../core/outcome.ts';
import type {SavedConversation} from '../../core/saved-conversation.ts';
import {hanging} from '../../core/text/styled.ts';
import {askLine} from '../../tui/ask-line.ts';
import {type Called, calledCommand, opensScreen} from '../../tui/chat/chat-commands.ts';
import {troubleText} from '../../tui/review-services.ts';
import type {Host} from '../host.ts';
import type {Session} from '../session.ts';
import {chatTurn} from './chat-turn.ts';
import {editedPlans} from './edited-plans.ts';
import type {Talk} from './talk.ts';
import {undoWanted} from './undo-turn.ts';

type Parts = {
	readonly talk: Talk;
	readonly session: Session;
	readonly host: Host;
	readonly earlier: SavedConversation | undefined;
	/** Tells what a screen would show. */
	readonly visit: (called: Called) => Promise<void>;
};

const help =
	'Say what you want to know or change, in your own words. A number picks one of the readings offered. /findings tells what is wrong, /incident NAME what is wrong with one thing, /history what was changed, /undo takes the last change back. /quit leaves.';

/**
 * A conversation line by line: the prompt, the answer below it, the review screen for each plan. Ctrl-C while something goes on cancels
 * that, and leaves at the second one; on an empty prompt it leaves.
 */
export async function lineConversation({talk, session, host, earlier, visit}: Parts): Promise<ExitCode> {
	const {streams, input, screen} = host;
	const tell = (text: string) => printErr(streams, width => hanging([], text, {width}));
	const printer = chatPrinter(streams, {
		quiet: false,
		verbose: false,
		beforePrinting: session.quiet,
		textOf: talk.textOf,
		choiceLine: ({text}, number) => `  ${number}. ${text}`,
	});
	const {context, namespace = session.cluster.namespace} = await session.cluster.target(undefined);
	tell(`About ${context}, namespace ${namespace}. /help tells more, /quit leaves.`);
	for (const {request, answer} of earlier?.turns.slice(-1) ?? []) tell(`Last time: ${request}\n${answer}`);
	const history = (earlier?.turns ?? []).map(({request}) => request).reverse();
	const cancellable = async <Result>(turn: (signal: AbortSignal) => Promise<Result>) => {
		const cancel = new AbortController();
		const giveBack = host.takeInterrupt(() => {
			// Behind what stands on the line, such as a question.
			streams.err('\n');
			tell('Cancelling. Ctrl-C again leaves.');
			cancel.abort();
		});
		return turn(AbortSignal.any([session.signal, cancel.signal])).finally(giveBack);
	};
	const plans = editedPlans();
	let last: ChatResult | undefined;
	for (;;) {
		const typed = (await askLine('> ', {input, output: screen, plain: prefersPlain(host.env)}, history, session.signal))?.trim();
		if (typed === undefined || /^\/(?:quit|exit|q)$/.test(typed)) break;
		if (typed === '') continue;
		const called = calledCommand(typed);
		if (called !== undefined && 'name' in called && opensScreen(called)) {
			await visit(called).catch((error: unknown) => tell(troubleText(error)));
			continue;
		}
		if (typed.startsWith('/') && !typed.includes(' ') && undoWanted(typed) === undefined) {
			tell(help);
			continue;
		}
		history.unshift(typed);
		const request = (/^[1-9]$/.test(typed) ? last?.choices?.[Number(typed) - 1]?.request : undefined) ?? typed;
		last = await cancellable(signal => chatTurn(request, {talk, session, plans}, {emit: printer.emit, confirm: session.confirm, signal}));
		printer.end(last?.text ?? '');
		if (session.signal.aborted) break;
	}
	const id = talk.id();
	if (id !== undefined) tell(`Go on with: mkcoa chat --resume ${id}`);
	return session.signal.aborted ? exitCodes.declined : exitCodes.done;
}
