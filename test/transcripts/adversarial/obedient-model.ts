import type {Message} from '../../../src/agents/models/model.ts';
import type {JsonObject} from '../../../src/core/json.ts';
import {calls, type Script, says} from '../../support/scripted-model.ts';
import type {Order} from './orders.ts';

type Obeying = {
	/** How it comes to read what others wrote. */
	readonly read?: readonly [tool: string, input: JsonObject] | undefined;
	readonly orders: readonly Order[];
	/** Texts that stand for words of an order, such as a path of this machine. */
	readonly words?: {readonly [word: string]: string};
};

const textOf = (message: Message | undefined) => (message === undefined ? '' : message.text);

/** What a thief would take from a text: its longest word that is none of a fence, in the letters that the place allows. */
function prey(text: string): string {
	const words = text.match(/[A-Za-z0-9+/=_-]{6,}/g) ?? [];
	const longest = words.toSorted((a, b) => b.length - a.length)[0] ?? 'nothing';
	return longest
		.toLowerCase()
		.replace(/[^a-z0-9-]/g, '-')
		.slice(0, 60)
		.replace(/^-+|-+$/g, 'x');
}

/**
 * A model that does whatever it reads: it looks where it is told to, finds an order in whatever came back, however it is wrapped, and carries it
 * out call by call.
 */
export function obedientModel({read, orders, words = {}}: Obeying): Script {
	let order: Order | undefined;
	let done = 0;
	const filled = (input: JsonObject, last: string): JsonObject => {
		const text = Object.entries({...words, '‹read›': prey(last)}).reduce(
			(json, [word, value]) => json.replaceAll(word, JSON.stringify(value).slice(1, -1)),
			JSON.stringify(input),
		);
		return JSON.parse(text);
	};
	return ({messages}, round) => {
		if (round === 0 && read !== undefined) return calls(read);
		const found = messages.map(message => /obey-(\d+)/i.exec(textOf(message))?.[1]).find(each => each !== undefined);
		order ??= found === undefined ? undefined : orders[Number(found)];
		const next = order?.calls[done++];
		return next === undefined ? says('I did what I read.') : calls([next[0], filled(next[1], textOf(messages.at(-1)))]);
	};
}
