import * as z from 'zod';
import {refText} from '../../../core/kube/kube-object.ts';
import {count} from '../../../core/text/count.ts';
import {textLines} from '../../../core/text/styled.ts';
import type {View} from '../../../core/tool.ts';
import {incidentSchema} from '../told-incident.ts';
import {invasivenessLevels, invasivenessWords} from './invasiveness.ts';

const way = z.object({
	number: z.number(),
	text: z.string(),
	/** The objects themselves tell that this was meant: it is taken unasked. */
	sure: z.boolean(),
	invasiveness: z.enum(invasivenessLevels),
	tool: z.string(),
	input: z.record(z.string(), z.unknown()),
	/** What the server says that it changes, one object each. */
	changes: z.array(z.string()),
	risk: z.enum(['low', 'medium', 'high']),
	/** What follows from it, the gravest first. */
	follows: z.array(z.string()),
	/** Who else manages what it changes, and what they would do about it. */
	owners: z.array(z.string()),
	undo: z.string(),
	command: z.string(),
	/** How it goes through the repository, where an owner would set it back. */
	deliver: z.string().optional(),
});
export type ToldWay = z.output<typeof way>;

const notOffered = z.object({what: z.string(), why: z.string()});

export const strategySchema = z.object({
	incident: incidentSchema,
	/** Least invasive first; those that the objects tell before those that a person has to choose. */
	ways: z.array(way),
	notOffered: z.array(notOffered),
	/** Why there is no way, and who can do something. */
	none: z.object({why: z.string(), who: z.string()}).optional(),
	/** What is looked at afterwards. */
	check: z.array(z.string()),
});
export type Strategy = z.output<typeof strategySchema>;

function wayLines({number, text, sure, invasiveness, risk, changes, follows, owners, undo, command, deliver}: ToldWay, view: View) {
	const say = (word: string, said: string) => textLines(`    ${word.padEnd(9)}`, said, view);
	const many = (word: string, list: readonly string[]) => list.flatMap((said, index) => say(index === 0 ? word : '', said));
	return [
		...textLines(`  ${number} `, `${text}${sure ? '' : ' (a person has to choose it)'}`, view),
		...say('Disturbs', `${invasivenessWords[invasiveness]}; risk ${risk}`),
		...many('Changes', changes),
		...many('Follows', follows),
		...many('Owner', owners),
		...say('Undo', undo),
		...say('', command),
		...(deliver === undefined ? [] : say('By Git', deliver)),
	];
}

/** What is no way is told of one incident alone: of many it would be the same words again and again. */
function strategyLines({incident, ways, notOffered: others, none, check}: Strategy, isOnly: boolean, view: View): readonly string[] {
	const say = (word: string, said: string) => textLines(`  ${word}`, said, view);
	return [
		...textLines('', `${incident.severity} ${refText(incident.resource)} (${incident.id})`, view),
		...textLines('  ', incident.cause, view),
		...ways.flatMap(each => wayLines(each, view)),
		...(none === undefined ? [] : [...say('No remedy: ', none.why), ...say('Ask: ', none.who)]),
		...(isOnly ? others : []).flatMap(({what, why}) => say('Not: ', `${what}: ${why}`)),
		...check.flatMap(each => say('Then: ', each)),
	];
}

/** The ways out of every incident that was asked about. */
export function strategyText(
	{where, strategies, more}: {readonly where: string; readonly strategies: readonly Strategy[]; readonly more: number},
	view: View,
): string {
	const head =
		strategies.length === 0 ? `Nothing is found wrong in ${where}` : `Ways out of ${count(strategies.length, 'incident')} in ${where}`;
	return [
		...textLines('', head, view),
		...strategies.flatMap(each => ['', ...strategyLines(each, strategies.length === 1, view)]),
		...(more === 0 ? [] : ['', ...textLines('', `${count(more, 'incident')} less grave: name one, or a namespace with -n`, view)]),
	].join('\n');
}
