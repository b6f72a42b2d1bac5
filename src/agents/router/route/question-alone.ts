import {asksForCause} from '../diagnose/symptom.ts';
import {kindsIn} from '../names/kinds-in.ts';
import {mentionsIn} from '../names/mentions-in.ts';
import {clauseOf} from '../words/clauses-of.ts';
import {languageOf} from '../words/language.ts';
import {moodOf} from '../words/mood/mood-of.ts';
import {sentencesOf} from '../words/sentences-of.ts';
import type {World} from '../world.ts';
import {namedKinds} from './ordered.ts';
import {saidAgain} from './pronouns.ts';

/** What stands before is needed to know what this is about. */
export const pointing =
	/\b(?:its?|them|their|that|those|this|these|there|same|both)\b|(?:^|\s)(?:그|이|저|해당|거기|둘\s?다)(?:것|거|걸|게|기)?(?:[을를은는이가에의]|\s)/i;

const namesAny = async (text: string, world: World) => (await mentionsIn(clauseOf(text), world, namedKinds)).mentions.length > 0;

/** `…했다고 들었는데 지금 몇 개야?`: what is told goes on to the question. */
const goesOn = /[가-힣](?:던데|는데|길래|[건게] 아니고|[은는이] 아니고)요?$/;
/** `그 전에` says when to tell, and points at nothing. */
const first = /^(?:그\s?(?:전에|보다)|일단|우선|먼저)\s+/;

function partsOf(request: string): readonly string[] {
	const sentences = sentencesOf(request);
	return languageOf(request) === 'ko'
		? sentences.flatMap(sentence => sentence.split(/(?<=[가-힣](?:던데|는데|길래)요?|[가-힣] 아니고),?\s+/))
		: sentences;
}

const isAsked = (part: string) => ['question', 'weighed'].includes(moodOf(part));
/** What only says that nothing is to be done is none of the question: `I delete nothing, I only ask`. */
const isTold = (part: string) => ['told', 'forbidden'].includes(moodOf(part)) || goesOn.test(part.replace(/[,.\s]+$/, ''));

/**
 * A question without what is told around it, with the name of that where it only points at it. Undefined where nothing is told, something is ordered, or
 * the question cannot be understood alone.
 */
export async function questionAlone(request: string, world: World): Promise<string | undefined> {
	const parts = partsOf(request);
	const asked = parts.filter(part => !isTold(part));
	const told = parts.filter(isTold).join(' ');
	if (told.split(/\s+/).length < 3 || !asked.some(isAsked) || asked.some(part => moodOf(part) === 'order')) return undefined;
	const rest = asked.join(' ').replace(first, '');
	const asksWhy = asksForCause({text: rest});
	const isNoticed = asksForCause({text: told});
	if (asksWhy && isNoticed) return undefined;
	const clause = clauseOf(rest);
	const isAlone = (await namesAny(rest, world)) || parts.filter(isTold).every(part => moodOf(part) === 'forbidden');
	if (isAlone && !pointing.test(rest)) return rest;
	// `web does not start. Please check`: what was noticed is asked about.
	if (isNoticed) return undefined;
	const again = await saidAgain(clause, clauseOf(told), {clauses: [clause], index: 0, earlier: [], nowMs: 0}, world);
	if (again.text !== rest) return again.text;
	return asksWhy || pointing.test(rest) || kindsIn(clause).length === 0 ? undefined : rest;
}
