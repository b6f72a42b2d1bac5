import {render} from 'ink';
import type {Clock} from '../../core/clock.ts';
import {offersOf, troubleText} from '../review-services.ts';
import {type ThemeName, themeOf} from '../theme.ts';
import {ChatApp, type Lend} from './chat-app.tsx';
import type {ChatBackend} from './chat-backend.ts';
import type {Called, ChatAgent} from './chat-commands.ts';
import {type Effect, firstChat} from './chat-state.ts';
import {type ChatStore, chatStore} from './chat-store.ts';
import {chatTurns} from './chat-turns.ts';

export type ChatOptions = {
	/** `output` is standard error: standard output belongs to the answer. */
	readonly input: NodeJS.ReadStream;
	readonly output: NodeJS.WriteStream;
	readonly theme: ThemeName;
	readonly clock: Clock;
	/** Where and with what one talks, for the foot: `prod, namespace shop, no model`. */
	readonly place: string;
	/** The same, once it is known. Never rejects. */
	readonly placed?: Promise<string> | undefined;
	/** Whom a request can name, once that is known. Never rejects. */
	readonly joined?: Promise<readonly ChatAgent[]> | undefined;
	/** Earlier requests, the oldest first, for the up key. */
	readonly history?: readonly string[] | undefined;
	/** What is sent first, as if it had been typed. */
	readonly request?: string | undefined;
	/** Keys pressed this soon after a plan appeared were meant for something else: they are no yes. */
	readonly settleMs?: number | undefined;
};

/** Carries out what the reducer asks for. */
function effectRunner(backend: ChatBackend, store: () => ChatStore, leave: () => void, lend: () => Lend | undefined) {
	const {send, cancel, decide, work} = chatTurns(backend, store);
	const command = async (called: Called) => {
		try {
			const {text, request, place} = await backend.command(called);
			if (place !== undefined) store().send({kind: 'placed', place});
			if (text !== undefined) store().send({kind: 'said', text});
			if (request !== undefined) store().send({kind: 'requested', request});
		} catch (error) {
			store().send({kind: 'said', text: troubleText(error)});
		}
	};
	const visit = async (called: Called) => {
		try {
			let request: string | undefined;
			await lend()?.(async () => {
				request = await backend.visit(called);
			});
			if (request !== undefined) store().send({kind: 'requested', request});
		} catch (error) {
			store().send({kind: 'said', text: troubleText(error)});
		}
	};
	const edit = async (text: string) => {
		try {
			await lend()?.(async () => store().send({kind: 'edited', text: await backend.edit(text)}));
		} catch (error) {
			store().send({kind: 'said', text: troubleText(error)});
		}
	};
	const run = (effect: Effect) => {
		if (effect.kind === 'send') void send(effect.request);
		else if (effect.kind === 'cancel') cancel();
		else if (effect.kind === 'decide') decide(effect.id, effect.decision);
		else if (effect.kind === 'command') void command(effect.called);
		else if (effect.kind === 'serve') void work(effect, async use => lend()?.(use));
		else if (effect.kind === 'visit') void visit(effect.called);
		else if (effect.kind === 'edit') void edit(effect.text);
		else if (effect.kind === 'suspend') void lend()?.(backend.suspend);
		else leave();
	};
	return {run, cancel};
}

/**
 * A conversation in a terminal until the person leaves it:
 *
 *     > why does web not start?
 *     Understood: diagnose Deployment web
 *     ✓ workload_diagnose  name=web namespace=shop  0.4 s
 *
 *     The image shop/web:1.43 does not exist.
 *     0.6 s
 *     ──────────────────────────────────────────────────
 *     > roll it back
 *     prod, namespace shop, no model     ? keys   / commands
 *
 * What is told scrolls by like any output. A plan is shown as the review screen in its place: everything but a plain yes is a no, also a closed
 * terminal and an abort of `signal`, which close the screen.
 */
export async function chatScreen(backend: ChatBackend, options: ChatOptions, signal: AbortSignal): Promise<void> {
	const {input, output, theme, clock, place, placed, joined, history, request, settleMs = 250} = options;
	let lend: Lend | undefined;
	const size = () => ({columns: output.columns, rows: output.rows});
	const effects = effectRunner(
		backend,
		() => store,
		() => close(),
		() => lend,
	);
	const offers = offersOf(backend.review ?? {});
	const store = chatStore(firstChat(place, history), {clock, size, settleMs, offers, textOf: backend.textOf, onEffect: effects.run});
	const onReady = (lending: Lend) => {
		lend = use => store.hold(() => lending(use));
	};
	const screen = <ChatApp store={store} theme={themeOf(theme)} offers={offers} onReady={onReady} />;
	const app = render(screen, {
		stdin: input,
		stdout: output,
		stderr: output,
		exitOnCtrlC: false,
		patchConsole: false,
		interactive: true,
		incrementalRendering: true,
	});
	const close = () => {
		store.send({kind: 'left'});
		// Draws at once; an unmount leaves what was drawn last.
		app.rerender(screen);
		app.unmount();
	};
	const closings = ['end', 'close', 'error'] as const;
	signal.addEventListener('abort', close, {once: true});
	for (const event of closings) input.once(event, close);
	if (request !== undefined) store.send({kind: 'requested', request});
	void placed?.then(found => store.send({kind: 'placed', place: found}));
	void joined?.then(agents => store.send({kind: 'joined', agents}));
	try {
		await app.waitUntilExit();
	} finally {
		effects.cancel();
		store.stop();
		signal.removeEventListener('abort', close);
		for (const event of closings) input.removeListener(event, close);
	}
}
