import type {Clause} from '../clause.ts';
import {plainWords} from '../names/plain-words.ts';
import {scopeIn} from '../names/scope-in.ts';
import type {Understanding} from '../understanding.ts';
import type {World} from '../world.ts';
import {isChanging} from './is-changing.ts';

type Calls = Extract<Understanding, {kind: 'calls'}>;

const name = '["\'`]?([a-z0-9][a-z0-9-]*)["\'`]?';
/** A namespace that is named as one, and a place at the end of an order: `in the bank namespace`, `bank 네임스페이스의`, `… in bank`. */
const places = [
	new RegExp(`\\bnamespace\\s+(?:called\\s+|named\\s+)?${name}`, 'gi'),
	new RegExp(`\\b(?:in|from|of|to|on|for)\\s+(?:the\\s+|our\\s+)?${name}\\s+(?:namespace|ns)\\b`, 'gi'),
	new RegExp(`(?:^|\\s)-n\\s+${name}`, 'gi'),
	new RegExp(`${name}\\s*네임스페이스`, 'gi'),
	new RegExp(`\\bin\\s+${name}\\s*[.!]?$`, 'gi'),
];
const grammar =
	/^(?:the|a|an|this|that|any|all|every|each|which|it|is|in|of|and|with|so|from|to|for|one|half|total|parallel|advance|full|place|use|\d+\w*)$/i;

/**
 * The question that stands instead of a plan where the place that was named is no namespace here, and the plan is for another one: the object of that name
 * there may be somebody else's. Undefined: every place that was named is one, or is a part of the plan.
 */
export async function unknownPlace(clause: Clause, {calls}: Calls, world: World): Promise<Understanding | undefined> {
	const changes = calls.filter(isChanging);
	if (changes.length === 0) return undefined;
	const [names, scope] = await Promise.all([world.namespaces(), scopeIn(clause, world)]);
	// An environment or a name with a wrong letter is a namespace that was found.
	if (scope.namespaces !== undefined) return undefined;
	const used = JSON.stringify(changes).toLowerCase();
	const isUnknown = (place: string) => !grammar.test(place) && !plainWords.has(place) && !names.includes(place) && !used.includes(place);
	const place = placesIn(clause.text.toLowerCase()).find(isUnknown);
	const targets = [...new Set(changes.map(({input}) => input.namespace).filter(each => typeof each === 'string'))];
	// Nodes have no namespace: `put node-1 back in rotation`.
	if (place === undefined || targets.length === 0) return undefined;
	return {
		kind: 'question',
		text: textOf(place, clause, world),
		choices: targets.map(target => {
			const request = clause.text.replace(new RegExp(`\\b${place}\\b`, 'i'), target);
			return {text: target, request};
		}),
	};
}

/** Who may not list namespaces cannot be told which there are. */
function textOf(place: string, {language}: Clause, world: World): string {
	if (world.unread().some(({kind}) => kind === 'Namespace'))
		return language === 'ko'
			? `${place} 네임스페이스는 확인하지 않았습니다. 그 네임스페이스라면 -n ${place}를 붙여 주세요.`
			: `Namespace ${place} was not looked at. If it is meant, say so with -n ${place}.`;
	return language === 'ko'
		? `${place} 네임스페이스가 없습니다. 어느 네임스페이스인가요?`
		: `There is no namespace ${place}. Which one is meant?`;
}

const placesIn = (text: string): readonly string[] => places.flatMap(place => [...text.matchAll(place)].map(([, found = '']) => found));
