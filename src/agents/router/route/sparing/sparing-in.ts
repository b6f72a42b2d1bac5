import type {Clause} from '../../clause.ts';
import {mentionsIn} from '../../names/mentions-in.ts';
import {clauseOf} from '../../words/clauses-of.ts';
import {givesOrder, moodOf} from '../../words/mood/mood-of.ts';
import {creating} from '../../words/order-verbs.ts';
import type {World} from '../../world.ts';
import {namedKinds} from '../ordered.ts';
import {type Subject, sparedInEnglish} from './english-sparing.ts';
import {sparedInKorean} from './korean-sparing.ts';
import {listAround} from './list-around.ts';
import {type Protection, protectionOf} from './protection.ts';
import {type Segment, segmentsOf, withoutSegments} from './segments.ts';

export type Sparing = {readonly protections: readonly Protection[]; readonly rest: string; readonly said: string};

/** What the parts of a request say is spared. `unclear`: a name may be spared or ordered. Undefined: none says so. */
export async function sparingIn({text, language, words}: Clause, world: World): Promise<Sparing | 'unclear' | undefined> {
	const segments = segmentsOf(text, language);
	const makes = creating(words);
	const protections: Protection[] = [];
	const gone = new Map<Segment, string>();
	for (const [at, segment] of segments.entries()) {
		const goesOn = segments[at + 1]?.sentence === segment.sentence;
		const spared =
			language === 'ko'
				? sparedInKorean(segment.text, goesOn ? segments[at + 1]?.text : undefined)
				: sparedInEnglish(predicate.test(segment.text) ? `it ${segment.text}` : segment.text);
		if (spared === undefined || (spared.goesOn && contrasts.test(segments[at - 1]?.text ?? ''))) continue;
		const around = listAround(segments, at, spared.said, spared.goesOn ?? false);
		const list = around === 'unclear' ? [] : around.filter(one => !gone.has(one));
		const own = await protectionOf(spared.said, world);
		if (own === 'pronoun') {
			const before = await toldBefore(segments.slice(0, at), gone, world);
			if (before === undefined) continue;
			if (before.subject !== undefined) protections.push(before.subject);
			for (const one of before.told) gone.set(one, '');
		} else {
			const meant = [own, ...(await Promise.all(list.map(one => protectionOf(one.text, world))))].filter(one => one !== 'pronoun');
			if (!meant.every(one => one !== undefined) || (makes && !meant.every(isOfOthers))) continue;
			// `포트 9000 그대로`: what it is to be.
			const isValued = /\s\d/.test(spared.said);
			if ((spared.isOut || isValued) && meant.some(({parts}) => parts.length > 0)) continue;
			if (spared.isDeed && meant.some(one => isNamedElsewhere(one, segments, segment))) continue;
			if (around === 'unclear') return 'unclear';
			protections.push(...meant);
		}
		for (const one of list) gone.set(one, '');
		gone.set(segment, await keptOf(spared, segments[at + 1], world));
		for (const aside of segments.slice(at + 1)) {
			if (list.includes(aside)) continue;
			if (aside.sentence !== segment.sentence || !isAside(aside.text, language)) break;
			gone.set(aside, '');
		}
	}
	const said = [...gone.keys()].map(one => one.text.trim()).join(', ');
	return gone.size === 0 ? undefined : {protections, rest: withoutSegments(text, segments, gone), said};
}

/** `catalog의 liveness는 두고 readiness만 …`: whose it is goes for what follows, unless that names its own. */
async function keptOf({kept = ''}: Subject, next: Segment | undefined, world: World): Promise<string> {
	if (!/의\s*$/.test(kept) || next === undefined) return kept;
	return (await mentionsIn(clauseOf(next.text), world, namedKinds)).mentions.length > 0 ? '' : kept;
}

/** What is made has parts and pods of its own that may have to stay so; what lives beside it is told by its name. */
const isOfOthers = ({objects, namespaces, parts}: Protection) => parts.length === 0 && (objects.length > 0 || namespaces.length > 0);

const isNamedElsewhere = ({objects}: Protection, segments: readonly Segment[], own: Segment) =>
	objects.some(({metadata}) =>
		segments.some(segment => segment !== own && clauseOf(segment.text).words.some(({text}) => text === metadata.name)),
	);

/** `mailer, though old, is not to be touched`: what becomes of what was spoken of. */
const predicate =
	/^(?:is|isn't|are|aren't|must|should|shall|may|stays?|remains?|has to|have to|does|doesn't|do|don't)\b(?!.*\byou\b)(?!\s*(?:not\s+)?\w+\s+(?:the|it|them)\b)/i;
/** `it should say boat and not ferry`: a value in the place of another. */
const contrasts = /\b(?:says?|reads?|be|called|named|value|becomes?)\s+\S+$/i;

/** What is told of something just before, and of what. */
async function toldBefore(
	before: readonly Segment[],
	gone: ReadonlyMap<Segment, string>,
	world: World,
): Promise<{readonly subject?: Protection; readonly told: readonly Segment[]} | undefined> {
	const last = before.at(-1);
	if (last !== undefined && gone.has(last)) return {told: []};
	for (const length of [1, 2]) {
		const told = before.slice(-length);
		const [first] = told;
		const subject = first === undefined || first.sentence < (last?.sentence ?? 0) ? undefined : await subjectOf(first, world);
		if (subject !== undefined) return {subject, told};
	}
	return undefined;
}

/** `ledger is backed up elsewhere, skip it`: what the part before tells something of. */
async function subjectOf({text}: Segment, world: World): Promise<Protection | undefined> {
	if (givesOrder(text)) return undefined;
	const words = clauseOf(text).words;
	for (let length = Math.min(4, words.length); length > 0; length -= 1) {
		const meant = await protectionOf(
			words
				.slice(0, length)
				.map(({raw}) => raw)
				.join(' '),
			world,
		);
		if (meant !== undefined && meant !== 'pronoun' && meant.objects.length > 0) return meant;
	}
	return undefined;
}

const englishAside =
	/^(?:that|this|it|its|they|their|those|these|he|she|i|we|which|who|because|since|as|for|so|someone|somebody)\b(?!.*\b(?:please|instead)\b)|\b(?:needs?|uses?|wants?|owns?|relies on|depends on|reads?)\s+(?:it|them|that|those|this|both)(?:\s+too)?$|\b(?:especially|in particular)$/i;
const koreanAside = /(?:서|니까|거든|는데|은데|인데|어서|라서|때문|중)(?:요|이에요|입니다|이라서요?|이에요)?$/;

/** Why something is spared. */
const isAside = (text: string, language: 'en' | 'ko') =>
	moodOf(text) === 'told' ||
	(moodOf(text) !== 'order' && (language === 'ko' ? koreanAside : englishAside).test(text.trim())) ||
	(language === 'en' && /\b(?:needs?|uses?|wants?) (?:it|them|both)$/i.test(text.trim()));
