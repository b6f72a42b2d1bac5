import type {ChatEvent} from '../../core/chat-event.ts';
import type {Clock} from '../../core/clock.ts';
import type {AnyOutcome} from '../../core/outcome.ts';
import type {Offers} from '../keys.ts';
import type {Size} from '../review-layout.ts';
import type {Chat, Effect, Message} from './chat-state.ts';
import {reduceChat} from './reduce-chat.ts';

/** What is on the screen: the conversation, and the time by which it is told how long something takes. */
type Shown = {readonly chat: Chat; readonly now: number};

export type ChatStore = {
	readonly shown: () => Shown;
	readonly subscribe: (changed: () => void) => () => void;
	/** At once: a key is answered before the next one. */
	readonly send: (message: Message) => void;
	/** Soon: events that come close together change the screen once. */
	readonly emit: (event: ChatEvent) => void;
	/** Shows nothing new while `use` lasts, and everything after it: what is printed while another has the terminal is lost. */
	readonly hold: (use: () => Promise<void>) => Promise<void>;
	readonly stop: () => void;
};

/** Thirty pictures a second: more than that no eye tells apart, and a terminal far away would lag behind. */
const frameMs = 33;
const tickMs = 1000;

/** Keeps the conversation and tells of its changes. Events and keys keep their order; what the reducer asks for goes to `onEffect`. */
export function chatStore(
	first: Chat,
	{
		clock,
		size,
		settleMs,
		offers,
		textOf,
		onEffect,
	}: {
		readonly clock: Clock;
		readonly size: () => Size;
		readonly settleMs: number;
		readonly offers: Offers;
		/** What a tool answered in its own words, at most so many columns wide. */
		readonly textOf?: ((outcome: AnyOutcome, columns: number) => string) | undefined;
		readonly onEffect: (effect: Effect) => void;
	},
): ChatStore {
	let shown: Shown = {chat: first, now: clock.now()};
	let held: Shown | undefined;
	let queue: readonly Message[] = [];
	let cancelFrame: (() => void) | undefined;
	let cancelTick: (() => void) | undefined;
	const listeners = new Set<() => void>();

	const run = (messages: readonly Message[]) => {
		const at = clock.now();
		const terminal = size();
		const effects: Effect[] = [];
		let {chat} = shown;
		for (const message of messages) {
			const step = reduceChat(chat, message, {
				at,
				size: terminal,
				settleMs,
				offers,
				textOf: textOf && (outcome => textOf(outcome, terminal.columns)),
			});
			chat = step.chat;
			effects.push(...step.effects);
		}
		shown = {chat, now: at};
		for (const changed of listeners) changed();
		if (chat.turn !== undefined) cancelTick ??= clock.schedule(tickMs, tick);
		for (const effect of effects) onEffect(effect);
	};
	const tick = () => {
		cancelTick = undefined;
		run([]);
	};
	const flush = (more: readonly Message[]) => {
		cancelFrame?.();
		cancelFrame = undefined;
		const messages = [...queue, ...more];
		queue = [];
		run(messages);
	};
	return {
		shown: () => held ?? shown,
		subscribe(changed) {
			listeners.add(changed);
			return () => void listeners.delete(changed);
		},
		async hold(use) {
			held = shown;
			try {
				await use();
			} finally {
				held = undefined;
				run([]);
			}
		},
		send: message => flush([message]),
		emit(event) {
			queue = [...queue, {kind: 'event', event}];
			cancelFrame ??= clock.schedule(frameMs, () => flush([]));
		},
		stop() {
			cancelFrame?.();
			cancelTick?.();
		},
	};
}
