import {render} from 'ink';
import type {EmitChat} from '../../core/chat-event.ts';
import type {Clock} from '../../core/clock.ts';
import type {Confirm, Decision} from '../../core/decision.ts';
import {troubleOf} from '../../core/error.ts';
import {type ThemeName, themeOf} from '../theme.ts';
import {ChatApp, type Lend} from './chat-app.tsx';
import type {Called} from './chat-commands.ts';
import {type Effect, firstChat} from './chat-state.ts';
import {type ChatStore, chatStore} from './chat-store.ts';

/** What a command did: words for the person (Markdown), a request to go on with, another place to show. */
type CommandAnswer = {
	readonly text?: string | undefined;
	readonly request?: string | undefined;
	readonly place?: string | undefined;
};

/** What stands behind a conversation. Each is called while the screen is open; none of them may write to the terminal. */
export type ChatBackend = {
	/**
	 * Carries one request out: emits what happens, asks `confirm` for a yes to each change, and ends with an `ended` event. Must stop soon after an abort,
	 * and tell what was done until then. A rejection is shown as a failure.
	 */
	readonly ask: (request: string, emit: EmitChat, confirm: Confirm, signal: AbortSignal) => Promise<void>;
	/** A command but help, quit and home. Its rejection is shown. */
	readonly command: (called: Called) => Promise<CommandAnswer>;
	/** Lets the person edit a text in another program, which has the terminal meanwhile. Answers the new text. */
	readonly edit: (text: string) => Promise<string>;
};

export type ChatOptions = {
	/** `output` is standard error: standard output belongs to the answer. */
	readonly input: NodeJS.ReadStream;
	readonly output: NodeJS.WriteStream;
	readonly theme: ThemeName;
	readonly clock: Clock;
	/** Where and with what one talks, for the foot: `prod, namespace shop, no model`. */
	readonly place: string;
	/** Earlier requests, the oldest first, for the up key. */
	readonly history?: readonly string[] | undefined;
	/** What is sent first, as if it had been typed. */
	readonly request?: string | undefined;
	/** Keys pressed this soon after a plan appeared were meant for something else: they are no yes. */
	readonly settleMs?: number | undefined;
};

/** Why the screen closed; `home` asks for the overview. */
export type ChatEnd = 'shell' | 'home';

/** One turn at a time, and the plans that wait for an answer in it. */
function turns(backend: ChatBackend, store: () => ChatStore) {
	let abort = new AbortController();
	let asked = 0;
	const answers = new Map<number, (decision: Decision) => void>();
	const confirm: Confirm = (question, signal) =>
		new Promise(resolve => {
			const id = ++asked;
			const withdraw = () => {
				store().send({kind: 'withdrawn', id});
				decide(id, {kind: 'reject', feedback: ''});
			};
			if (signal.aborted) return resolve({kind: 'reject', feedback: ''});
			answers.set(id, decision => {
				signal.removeEventListener('abort', withdraw);
				resolve(decision);
			});
			signal.addEventListener('abort', withdraw, {once: true});
			store().send({kind: 'asked', id, question});
		});
	const decide = (id: number, decision: Decision) => {
		const answer = answers.get(id);
		answers.delete(id);
		answer?.(decision);
	};
	const send = async (request: string) => {
		abort = new AbortController();
		const {emit} = store();
		try {
			await backend.ask(request, emit, confirm, abort.signal);
			// A turn that ended by its own event is over: this one changes nothing then.
			emit({kind: 'ended', reason: abort.signal.aborted ? 'cancelled' : 'answered'});
		} catch (error) {
			if (!abort.signal.aborted) emit({kind: 'note', text: troubleText(error)});
			emit({kind: 'ended', reason: abort.signal.aborted ? 'cancelled' : 'failed'});
		}
	};
	const cancel = () => {
		abort.abort(new DOMException('The person cancelled', 'AbortError'));
		for (const id of [...answers.keys()]) decide(id, {kind: 'reject', feedback: ''});
	};
	return {send, cancel, decide};
}

function troubleText(error: unknown): string {
	const {what, why, next} = troubleOf(error);
	return [why === undefined ? what : `${what}: ${why}`, next].filter(text => text !== undefined).join('. ');
}

/** Carries out what the reducer asks for. */
function effectRunner(backend: ChatBackend, store: () => ChatStore, leave: (end: ChatEnd) => void, lend: () => Lend | undefined) {
	const {send, cancel, decide} = turns(backend, store);
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
		else if (effect.kind === 'edit') void edit(effect.text);
		else leave(effect.to);
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
export async function chatScreen(backend: ChatBackend, options: ChatOptions, signal: AbortSignal): Promise<ChatEnd> {
	const {input, output, theme, clock, place, history, request, settleMs = 250} = options;
	let end: ChatEnd = 'shell';
	let lend: Lend | undefined;
	const size = () => ({columns: output.columns, rows: output.rows});
	const effects = effectRunner(
		backend,
		() => store,
		to => {
			end = to;
			close();
		},
		() => lend,
	);
	const store = chatStore(firstChat(place, history), {clock, size, settleMs, onEffect: effects.run});
	const onReady = (lending: Lend) => {
		lend = lending;
	};
	const screen = <ChatApp store={store} theme={themeOf(theme)} onReady={onReady} />;
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
	try {
		await app.waitUntilExit();
	} finally {
		effects.cancel();
		store.stop();
		signal.removeEventListener('abort', close);
		for (const event of closings) input.removeListener(event, close);
	}
	return end;
}
