import type {ChatEvent, Choice, Usage} from '../../core/chat-event.ts';
import type {Decision} from '../../core/decision.ts';
import type {KeyPress} from '../key-press.ts';
import type {Question} from '../review-layout.ts';
import {firstReview, type Review} from '../review-state.ts';
import type {Called, ChatAgent} from './chat-commands.ts';
import type {CallItem, ChatItem} from './chat-item.ts';
import {type Composer, emptyComposer} from './composer.ts';

/** A plan that a person is asked about. `id` is the asker's. */
export type OpenReview = {readonly id: number; readonly question: Question; readonly review: Review; readonly shownAt: number};

/** What is going on between a request and its end. */
type LiveTurn = {
	readonly state: 'running' | 'cancelling';
	readonly startedAt: number;
	readonly usages: readonly Usage[];
	/** Whether the answer was put into words; where it was not, what the tools answered is shown. */
	readonly hasWords: boolean;
};

/** What lies over the conversation. `end` follows what is added. */
type Panel = {readonly kind: 'help' | 'calls'; readonly scroll: number | 'end'};

export type Chat = {
	/** Nothing of these changes any more: they are printed once, into the scrollback of the terminal. */
	readonly scrolled: readonly ChatItem[];
	/** Newer ones, which may still change. */
	readonly open: readonly ChatItem[];
	/** Missing while nothing goes on. */
	readonly turn?: LiveTurn | undefined;
	/** Calls of the turn that goes on, or of the last one. */
	readonly calls: readonly CallItem[];
	/** Readings of the question that was asked last, until something else is said. */
	readonly choices: readonly Choice[];
	/** The first is on the screen. */
	readonly reviews: readonly OpenReview[];
	readonly panel?: Panel | undefined;
	readonly composer: Composer;
	/** Which of the completions is chosen. */
	readonly completion: number;
	/** A word to the person, until the next key. */
	readonly hint: string;
	/** Ctrl-C was pressed with nothing to cancel: the next one leaves. */
	readonly isLeaving: boolean;
	/** The screen is closing: what stays of it must not look as if it could be typed into. */
	readonly isLeft: boolean;
	/** Where and with what one talks: `prod, namespace shop, no model`. */
	readonly place: string;
	/** Whom a request can name; none before it is known. */
	readonly agents: readonly ChatAgent[];
};

/** What the screen asks of the world around it. */
export type Effect =
	| {readonly kind: 'send'; readonly request: string}
	| {readonly kind: 'cancel'}
	| {readonly kind: 'decide'; readonly id: number; readonly decision: Decision}
	/** A rehearsal, or an editor for the inputs. */
	| {readonly kind: 'serve'; readonly id: number; readonly review: Review; readonly question: Question}
	| {readonly kind: 'command'; readonly called: Called}
	| {readonly kind: 'edit'; readonly text: string}
	/** Back to the shell until it goes on, as with `fg`. */
	| {readonly kind: 'suspend'}
	/** Another screen comes above this one, and goes away again. */
	| {readonly kind: 'visit'; readonly called: Called}
	| {readonly kind: 'leave'};

export type Message =
	| {readonly kind: 'key'; readonly press: KeyPress}
	| {readonly kind: 'paste'; readonly text: string}
	| {readonly kind: 'event'; readonly event: ChatEvent}
	| {readonly kind: 'asked'; readonly id: number; readonly question: Question}
	/** What was done with a plan came to its end. */
	| {readonly kind: 'served'; readonly id: number; readonly after: (review: Review) => Review}
	/** The plan is no longer asked about: the call was cancelled. */
	| {readonly kind: 'withdrawn'; readonly id: number}
	/** The text came back from the editor. */
	| {readonly kind: 'edited'; readonly text: string}
	/** A command answered. */
	| {readonly kind: 'said'; readonly text: string}
	/** A command turned into a request, such as `/undo`. */
	| {readonly kind: 'requested'; readonly request: string}
	| {readonly kind: 'placed'; readonly place: string}
	| {readonly kind: 'joined'; readonly agents: readonly ChatAgent[]}
	| {readonly kind: 'left'};

export type Step = {readonly chat: Chat; readonly effects: readonly Effect[]};

export const still = (chat: Chat): Step => ({chat, effects: []});

export const firstChat = (place: string, history: readonly string[] = []): Chat => ({
	scrolled: [],
	open: [],
	calls: [],
	choices: [],
	reviews: [],
	composer: emptyComposer(history),
	completion: 0,
	hint: '',
	isLeaving: false,
	isLeft: false,
	place,
	agents: [],
});

export const openReview = (id: number, question: Question, shownAt: number): OpenReview => ({id, question, review: firstReview, shownAt});
