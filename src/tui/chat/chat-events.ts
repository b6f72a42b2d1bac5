import type {ChatEvent, EndReason} from '../../core/chat-event.ts';
import type {Event} from '../../core/event.ts';
import {refText} from '../../core/kube/kube-object.ts';
import type {AnyOutcome} from '../../core/outcome.ts';
import {settledLength} from '../../core/text/markdown/markdown-blocks.ts';
import {oneLine} from '../../core/text/one-line.ts';
import type {CallItem, ChatItem} from './chat-item.ts';
import type {Chat} from './chat-state.ts';
import {withRollout} from './running-rollout.ts';

/** What a tool answered in its own words, laid out for the screen; undefined where nobody knows them. */
export type TextOf = (outcome: AnyOutcome) => string | undefined;

/** More of what a run told is not kept: the journal has it all. */
const mostTold = 100;

/** What an event of a run says in one line; undefined for what stands elsewhere. */
function toldText(event: Event): string | undefined {
	switch (event.kind) {
		case 'planned':
			return `plan: ${event.plan.summary}`;
		case 'approved':
			return `approved, journal ${event.journal}`;
		case 'step':
			return `step ${event.index + 1} of ${event.of}: ${event.title}`;
		case 'write':
			return `${event.op} ${refText(event.ref)}`;
		case 'progress':
			return event.total === undefined ? event.text : `${event.text} (${event.done ?? 0} of ${event.total})`;
		case 'verdict':
			return `${event.verdict}: ${event.text}`;
		case 'note':
			return event.text;
		case 'started':
		case 'words':
		case 'ended':
			return undefined;
	}
}

/** A call after something that its run told. */
export function withTold(call: CallItem, event: Event): CallItem {
	const text = toldText(event);
	const line = text === undefined ? '' : oneLine(text);
	return line === '' || line === call.told.at(-1) ? call : {...call, told: [...call.told, line].slice(-mostTold)};
}

/** From a plan on the person is at work, until the call goes on or ends. A plan that is made again after the yes asks nobody. */
function timed(call: CallItem, event: Event, at: number): CallItem {
	if (event.kind === 'planned') return {...answeredAt(call, at), askedAt: at};
	return event.kind === 'approved' ? answeredAt(call, at) : call;
}

function answeredAt({askedAt, ...call}: CallItem, at: number): CallItem {
	return askedAt === undefined ? call : {...call, reviewMs: (call.reviewMs ?? 0) + at - askedAt};
}

/** The same call in both lists where it stands. */
function withCall(chat: Chat, id: string, change: (call: CallItem) => CallItem): Chat {
	return {
		...chat,
		open: chat.open.map(item => (item.kind === 'call' && item.id === id ? change(item) : item)),
		calls: chat.calls.map(call => (call.id === id ? change(call) : call)),
	};
}

function withDelta(chat: Chat, agent: string, delta: string): Chat {
	const last = chat.open.at(-1);
	if (last?.kind !== 'text' || last.agent !== agent) return added(chat, {kind: 'text', agent, text: delta});
	return {...chat, open: [...chat.open.slice(0, -1), {...last, text: last.text + delta}]};
}

export const added = (chat: Chat, item: ChatItem): Chat => ({...chat, open: [...chat.open, item]});

/** The turn is over: whatever is open stays as it is. */
function ended(chat: Chat, reason: EndReason, at: number): Chat {
	const {turn, ...rest} = chat;
	if (turn === undefined) return chat;
	const cutOff = chat.open.flatMap(item => (item.kind === 'call' && item.outcome === undefined ? [item.tool] : []));
	const item: ChatItem = {kind: 'ended', reason, elapsedMs: at - turn.startedAt, usages: turn.usages, cutOff};
	const answers = turn.hasWords
		? []
		: chat.calls.flatMap(({answer}): readonly ChatItem[] => (answer === undefined ? [] : [{kind: 'output', text: answer}]));
	// What was hinted of the turn, such as how to leave it, is over with it.
	return {...rest, scrolled: [...chat.scrolled, ...chat.open, ...answers, item], open: [], hint: ''};
}

const answerOf = (outcome: AnyOutcome, textOf: TextOf) =>
	outcome.kind === 'done' && outcome.plan === undefined ? textOf(outcome) : undefined;

function eventReduced(chat: Chat, event: ChatEvent, at: number, textOf: TextOf): Chat {
	switch (event.kind) {
		case 'text': {
			const hasWords = chat.turn?.hasWords === true || event.delta.trim() !== '';
			return withDelta(chat.turn === undefined ? chat : {...chat, turn: {...chat.turn, hasWords}}, event.agent, event.delta);
		}
		case 'call': {
			const call: CallItem = {...event, startedAt: at, told: []};
			return {...added(chat, call), calls: [...chat.calls, call]};
		}
		case 'run':
			return withCall(chat, event.id, call => withRollout(timed(withTold(call, event.event), event.event, at), event.event));
		case 'result':
			return withCall(chat, event.id, call => ({
				...answeredAt(call, at),
				outcome: event.outcome,
				endedAt: at,
				answer: answerOf(event.outcome, textOf),
			}));
		case 'question':
			return {...added(chat, event), choices: event.choices};
		case 'usage':
			return chat.turn === undefined ? chat : {...chat, turn: {...chat.turn, usages: [...chat.turn.usages, event.usage]}};
		case 'ended':
			return ended(chat, event.reason, at);
		default:
			return added(chat, event);
	}
}

/** What of an item can go into the scrollback now, and what of it stays. */
function split(item: ChatItem, isLast: boolean): readonly [ChatItem | undefined, ChatItem | undefined] {
	if (item.kind === 'call') return item.outcome === undefined ? [undefined, item] : [item, undefined];
	if (item.kind !== 'text' || !isLast) return [item, undefined];
	const length = settledLength(item.text);
	const [before, after] = [item.text.slice(0, length), item.text.slice(length)];
	return [before.trim() === '' ? undefined : {...item, text: before}, after === '' ? undefined : {...item, text: after}];
}

/** Moves into the scrollback what nothing can change any more, in order: the part of the screen that is drawn again stays small. */
export function settled(chat: Chat): Chat {
	const done: ChatItem[] = [];
	let open = chat.open;
	for (const item of chat.open) {
		const [before, after] = split(item, open.length === 1);
		if (before !== undefined) done.push(before);
		if (after !== undefined) {
			open = [after, ...open.slice(1)];
			break;
		}
		open = open.slice(1);
	}
	return done.length === 0 ? chat : {...chat, scrolled: [...chat.scrolled, ...done], open};
}

/** The conversation after one of its events. Events outside of a turn, such as those of a call that was cancelled, change nothing that is printed. */
export const reduceEvent = (chat: Chat, event: ChatEvent, at: number, textOf: TextOf): Chat =>
	chat.turn === undefined ? chat : settled(eventReduced(chat, event, at, textOf));
