import type {Clause, Word} from '../clause.ts';
import {kindsIn} from '../names/kinds-in.ts';
import {mentionsIn} from '../names/mentions-in.ts';
import {scopeIn} from '../names/scope-in.ts';
import {namedKinds} from '../route/ordered.ts';
import {whereSpoken} from '../words/spoken.ts';
import type {World} from '../world.ts';

const prepositions =
	/^(?:from|off|of|on|in|out|for|at|with|within|inside|under|and|or|plus|because|since|as|that|which|if|when|after|before|but|so|while)$/;
const grammar =
	/^(?:the|an?|my|our|old|new|unused|stale|broken|failed|whole|entire|everything|all|both|it|its|them|that|those|this|these|one|ones|thing|things|please|too|also|now|again|completely|entirely|altogether|together|fully|immediately|today|right|away|good|up|down|out|rid|of|with|too|yet|then|first|next|instead|permanently|there|here|only|alone|itself|named|called)$/;

/**
 * Whether what the verb is about is nothing that stands for itself: `remove the nodeSelector from web`, `web's hook`, `web의 초기화 설정을 삭제`. An object that is
 * named beside it is not to go then.
 */
export async function deletesPart(clause: Clause, world: World, verbs: string): Promise<boolean> {
	const verb = whereSpoken(clause, verbs);
	if (verb === -1) return false;
	const [{mentions}, scope] = await Promise.all([mentionsIn(clause, world, [...namedKinds, 'Namespace', 'Pod']), scopeIn(clause, world)]);
	const known = new Set([...mentions, ...kindsIn(clause)].flatMap(({first, last}) => range(first, last)));
	const isKnown = (at: number) => known.has(at) || scope.at.has(at) || clause.words[at]?.quoted === true;
	return clause.language === 'ko' ? isPartInKorean(clause.words, verb, isKnown) : isPartInEnglish(clause.words, verb, isKnown);
}

const range = (first: number, last: number) => Array.from({length: last - first + 1}, (_, index) => first + index);

/** The last word of what stands behind the verb tells what it is about. */
function isPartInEnglish(words: readonly Word[], verb: number, isKnown: (at: number) => boolean): boolean {
	const begin = verb + (/^(?:of|with|away|down|up|out)$/.test(words[verb + 1]?.text ?? '') ? 2 : 1);
	const first = words[begin]?.text === 'of' || words[begin]?.text === 'with' ? begin + 1 : begin;
	const end = words.findIndex(
		({text, stop}, at) =>
			at >= first && (prepositions.test(text) || (at > first && words[at - 1]?.stop !== undefined) || (stop === ':' && at > first)),
	);
	const last = (end === -1 ? words.length : end) - 1;
	for (let at = last; at >= first; at -= 1) {
		if (isKnown(at)) return false;
		if (!grammar.test(words[at]?.text ?? '')) return true;
	}
	return false;
}

/** What stands right before the verb with a particle of an object, or in Latin letters. */
function isPartInKorean(words: readonly Word[], verb: number, isKnown: (at: number) => boolean): boolean {
	const before = words[verb - 1];
	if (before === undefined || isKnown(verb - 1)) return false;
	return /[을를]$/.test(before.raw) || /^[a-z][\w.-]*$/i.test(before.raw);
}
