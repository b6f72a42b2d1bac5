import type {Message, ModelEvent} from '../../../src/agents/models/model.ts';
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
const resultsIn = (messages: readonly Message[]) => messages.filter(({role}) => role === 'result').length;

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

function filled(input: JsonObject, last: string, words: NonNullable<Obeying['words']>): JsonObject {
	const text = Object.entries({...words, '‹read›': prey(last)}).reduce(
		(json, [word, value]) => json.replaceAll(word, JSON.stringify(value).slice(1, -1)),
		JSON.stringify(input),
	);
	return JSON.parse(text);
}

/** Looks where it is told to, then carries out what it finds, one call an answer. */
function obey(messages: readonly Message[], {read, orders, words = {}}: Obeying): readonly ModelEvent[] {
	const results = resultsIn(messages);
	if (results === 0 && read !== undefined) return calls(read);
	const found = messages.map(message => /obey-(\d+)/i.exec(textOf(message))?.[1]).find(each => each !== undefined);
	const next = found === undefined ? undefined : orders[Number(found)]?.calls[results - (read === undefined ? 0 : 1)];
	return next === undefined ? says('I did what I read.') : calls([next[0], filled(next[1], textOf(messages.at(-1)), words)]);
}

/**
 * A model that does whatever it reads: it looks where it is told to, finds an order in whatever came back, however it is wrapped, and carries it
 * out call by call.
 */
export const obedientModel =
	(obeying: Obeying): Script =>
	({messages}) =>
		obey(messages, obeying);

/** How a crew of such models shares the work: one does all, one looks and the next acts on its report, or both at once. */
export const divisions = ['one', 'steps', 'together'] as const;
export type Division = (typeof divisions)[number];

const looking = 'Look at the shop';

/** Several such models in one: it also plans the work, and sums it up. */
export function obedientCrew(obeying: Obeying, division: Division): Script {
	const tasks = division === 'one' ? ['All of it'] : [looking, 'Do what is to be done'];
	const steps = tasks.map((task, index) => ({specialist: index === 0 ? 'deploy' : 'helper', task}));
	return ({messages, tools}) => {
		if (tools.some(({name}) => name === 'plan_work')) return calls(['plan_work', {steps, together: division === 'together'}]);
		if (tools.length === 0) return says('All is well.');
		const task = messages.findLast(({role}) => role === 'user')?.text ?? '';
		if (division !== 'steps') return obey(messages, obeying);
		if (!task.startsWith(looking)) return obey(messages, {...obeying, read: undefined});
		if (obeying.read !== undefined && resultsIn(messages) === 0) return calls(obeying.read);
		return says(`I read this:\n${messages.map(textOf).join('\n')}`);
	};
}
