import type {Decision} from '../../core/decision.ts';
import {type KeyPress, pressesIn} from '../key-press.ts';
import type {Offers} from '../keys.ts';
import {reviewLayout, type Size} from '../review-layout.ts';
import {type Review, reduceReview} from '../review-state.ts';
import {completions} from './chat-commands.ts';
import {added, reduceEvent, settled, type TextOf} from './chat-events.ts';
import {chatAction} from './chat-keys.ts';
import {panelScroll} from './chat-layout.ts';
import {type Chat, type Effect, type Message, openReview, type Step, still} from './chat-state.ts';
import {edited, sent, withText} from './composer.ts';
import {runningRollout} from './running-rollout.ts';
import {completed, printed, requested, submitted} from './submit.ts';

/** What stands around one message: the time in milliseconds, the terminal, and how long a plan must be on the screen before a yes counts. */
export type Surroundings = {
	readonly at: number;
	readonly size: Size;
	readonly settleMs: number;
	readonly offers: Offers;
	readonly textOf?: TextOf | undefined;
};

const pageRows = 8;

/** A key while a plan is reviewed. A yes that comes before anybody can have read is not taken. */
function reviewed(chat: Chat, press: KeyPress, {at, size, settleMs, offers}: Surroundings): Step {
	const [open, ...others] = chat.reviews;
	if (open === undefined || open.review.state === 'answered') return still(chat);
	const review = reduceReview(open.review, press, reviewLayout(open.question, open.review, size, offers).situation);
	if (review.state === 'answered') return answered(chat, review.decision, {at, size, settleMs, offers});
	const begins = review.state !== open.review.state && (review.state === 'rehearsing' || review.state === 'editing');
	const effects: readonly Effect[] = begins ? [{kind: 'serve', id: open.id, review, question: open.question}] : [];
	return {chat: {...chat, reviews: [{...open, review}, ...others]}, effects};
}

function answered(chat: Chat, decision: Decision, {at, settleMs}: Surroundings): Step {
	const [open, ...others] = chat.reviews;
	if (open === undefined) return still(chat);
	if (decision.kind === 'approve' && at - open.shownAt < settleMs) return still(chat);
	// The next plan of the queue is on the screen from now on.
	const reviews = others.map((next, index) => (index === 0 ? {...next, shownAt: at} : next));
	const next: Chat = {...chat, reviews};
	// A no is told by the outcome of the call, with its words; a yes, by a line of its own above the call while the change goes on.
	const yes = {kind: 'decided', question: open.question, decision} as const;
	const decided: Chat = decision.kind === 'approve' ? settled({...next, open: [yes, ...next.open]}) : next;
	return {chat: decided, effects: [{kind: 'decide', id: open.id, decision}]};
}

/** A rehearsal or an editor ended: the plan is read on, or the new inputs go back with a no. */
function served(chat: Chat, id: number, after: (review: Review) => Review, around: Surroundings): Step {
	const reviews = chat.reviews.map(open => (open.id === id ? {...open, review: after(open.review)} : open));
	const [first] = reviews;
	return first?.review.state === 'answered' ? answered({...chat, reviews}, first.review.decision, around) : still({...chat, reviews});
}

/** Ctrl-C: what goes on is cancelled, then the line is emptied (the up key brings it back), then the screen is left. Each is stated before the next. */
function interrupted(chat: Chat): Step {
	if (chat.turn?.state === 'running') {
		const hint = 'Cancelling: no further step begins. Ctrl-C again leaves';
		return {chat: {...chat, hint, turn: {...chat.turn, state: 'cancelling'}}, effects: [{kind: 'cancel'}]};
	}
	if (chat.turn !== undefined || chat.isLeaving) return {chat, effects: [{kind: 'leave'}]};
	if (chat.composer.text !== '') return still({...chat, composer: sent(chat.composer)});
	return still({...chat, isLeaving: true, hint: 'Ctrl-C again leaves'});
}

function moved(chat: Chat, press: KeyPress): Chat {
	const choices = completions(chat.composer.text, chat.agents);
	if (choices.length === 0) return {...chat, composer: edited(chat.composer, press) ?? chat.composer, completion: 0};
	const step = press.name === 'up' ? -1 : 1;
	return {...chat, completion: (chat.completion + step + choices.length) % choices.length};
}

const written = (chat: Chat, press: KeyPress): Chat => ({...chat, composer: edited(chat.composer, press) ?? chat.composer, completion: 0});

const toggledCalls = (chat: Chat): Chat =>
	chat.panel?.kind === 'calls'
		? {...chat, panel: undefined}
		: chat.calls.length === 0
			? {...chat, hint: 'No tool was called yet'}
			: {...chat, panel: {kind: 'calls', scroll: chat.calls.some(({outcome}) => outcome === undefined) ? 'end' : 0}};

/** The screen of the rollout that goes on; it goes on meanwhile. */
function watching(chat: Chat): Step {
	const rollout = runningRollout(chat.open);
	if (rollout === undefined) return still({...chat, hint: 'No rollout goes on here: /rollout NAME watches another one'});
	return {chat, effects: [{kind: 'visit', called: {name: 'rollout', argument: rollout}}]};
}

function pressed(chat: Chat, press: KeyPress, at: number): Step {
	const isEmpty = chat.composer.text === '';
	switch (chatAction(press.name)) {
		case 'send':
			return submitted(chat, at);
		case 'newline':
			return still(written(chat, {name: 'newline', text: ''}));
		case 'complete':
			return completed(chat, false);
		case 'earlier':
			return still(moved(chat, press));
		case 'calls':
			return still(toggledCalls(chat));
		case 'watch':
			return watching(chat);
		case 'edit':
			return {chat, effects: [{kind: 'edit', text: chat.composer.text}]};
		case 'help':
			return still(isEmpty ? {...chat, panel: {kind: 'help', scroll: 0}} : written(chat, press));
		case 'cancel':
			return interrupted(chat);
		case 'leave':
			return isEmpty ? {chat, effects: [{kind: 'leave'}]} : still(chat);
		default:
			return typed(chat, press, at);
	}
}

/** Letters. Where a terminal is far away, keys behind them arrive with them; a paste is told apart by the terminal. */
function typed(chat: Chat, press: KeyPress, at: number): Step {
	const [first, ...others] = pressesIn(press.text);
	if (first === undefined || others.length === 0) return still(written(chat, press));
	return others.reduce<Step>(
		(step, next) => {
			const {chat: after, effects} = pressed(step.chat, next, at);
			return {chat: after, effects: [...step.effects, ...effects]};
		},
		pressed(chat, first, at),
	);
}

const scrolls: {readonly [key: string]: number} = {up: -1, down: 1, pageup: -pageRows, pagedown: pageRows};

/** A key while something lies over the conversation: it scrolls, or it closes that and, where it is no closing key, does its work. */
function overPanel(chat: Chat, press: KeyPress, {at, size}: Surroundings): Step | undefined {
	const {panel} = chat;
	if (panel === undefined) return undefined;
	const scroll = scrolls[press.name];
	if (scroll !== undefined) {
		const {start, max} = panelScroll(chat, size, at);
		const next = Math.max(0, start + scroll);
		return still({...chat, panel: {...panel, scroll: panel.kind === 'calls' && next >= max ? 'end' : Math.min(next, max)}});
	}
	const closed: Chat = {...chat, panel: undefined};
	return ['escape', 'enter', 'q', '?', 'ctrl+o'].includes(press.name) ? still(closed) : pressed(closed, press, at);
}

/** A paste while a plan is reviewed is words or a name where those are typed, and no keys: nothing in it is an answer. */
function pastedOver(chat: Chat, text: string, around: Surroundings): Step {
	const state = chat.reviews[0]?.review.state;
	const isTyping = state === 'typing-feedback' || state === 'typing-name';
	return isTyping ? reviewed(chat, {name: '', text: text.replace(/[\r\n]+/g, ' ')}, around) : still(chat);
}

/** Nothing of a request goes on while the process stands still, such as the judging of a rollout; a plan that waits for its answer can wait. */
const suspended = (chat: Chat): Step =>
	chat.turn === undefined || chat.reviews.length > 0
		? {chat, effects: [{kind: 'suspend'}]}
		: still({...chat, hint: 'A request goes on and would stand still: Ctrl-C cancels it'});

function keyed(chat: Chat, press: KeyPress, around: Surroundings): Step {
	if (press.name === 'ctrl+z') return suspended(chat);
	if (chat.reviews.length > 0) return reviewed(chat, press, around);
	const fresh: Chat = {...chat, hint: '', isLeaving: chat.isLeaving && press.name === 'ctrl+c'};
	return overPanel(fresh, press, around) ?? pressed(fresh, press, around.at);
}

/** The conversation after one message, and what the world has to do for it. Pure: the same message on the same state gives the same answer. */
export function reduceChat(chat: Chat, message: Message, around: Surroundings): Step {
	switch (message.kind) {
		case 'key':
			return keyed(chat, message.press, around);
		case 'paste':
			return chat.reviews.length > 0
				? pastedOver(chat, message.text, around)
				: still(written({...chat, hint: '', isLeaving: false, panel: undefined}, {name: '', text: message.text}));
		case 'event':
			return still(reduceEvent(chat, message.event, around.at, around.textOf ?? (() => undefined)));
		case 'asked':
			return still({...chat, panel: undefined, reviews: [...chat.reviews, openReview(message.id, message.question, around.at)]});
		case 'served':
			return served(chat, message.id, message.after, around);
		case 'withdrawn':
			return still({...chat, reviews: chat.reviews.filter(({id}) => id !== message.id)});
		case 'edited':
			return still({...chat, composer: withText(chat.composer, message.text.trimEnd())});
		case 'said':
			return still(chat.turn === undefined ? printed(chat, message.text) : added(chat, {kind: 'said', text: message.text}));
		case 'requested':
			return requested(chat, message.request, around.at);
		case 'placed':
			return still({...chat, place: message.place});
		case 'joined':
			return still({...chat, agents: message.agents});
		case 'left':
			return still({...chat, isLeft: true, reviews: [], panel: undefined});
	}
}
