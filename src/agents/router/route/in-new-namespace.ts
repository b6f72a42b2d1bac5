import type {Clause} from '../clause.ts';
import {kindsIn} from '../names/kinds-in.ts';
import {clauseOf, masked} from '../words/clauses-of.ts';
import {languageOf} from '../words/language.ts';
import {beginsWithVerb} from '../words/mood/imperatives.ts';
import {givesOrder} from '../words/mood/mood-of.ts';
import type {World} from '../world.ts';

const english = /\b(?:namespace|ns)\s+(?:called\s+|named\s+|for\s+)?["'`]?(?<name>[a-z0-9][a-z0-9-]*)["'`]?(?![\w/.=])/i;
const korean =
	/(?:네임스페이스\s+["'`]?(?<before>[a-z0-9][a-z0-9-]*)["'`]?|["'`]?(?<behind>[a-z0-9][a-z0-9-]*)["'`]?(?:이?라는)?\s*네임스페이스)(?:를|을|부터|도|는|은)?/i;

const joints =
	/[.!;]\s+|,\s*(?:and\s+|plus\s+|then\s+|그리고\s+)?|\s+(?:and|plus|as well as|along with|together with)\s+|(?<=[가-힣](?:고|며|서))\s+|\s+(?:그리고|및)\s+|(?<=[\w가-힣](?:이랑|랑|하고))\s+/gi;
const place =
	/(?:^|\s+)(?:in|inside|into|for|within)\s+(?:it|there|that|this|the (?:new )?namespace|that namespace)\b,?|(?:^|\s+)there\b,?|거기에?는?\s*|그\s?안에는?\s*|안에는?\s+/gi;
const deeds = /^(?:copy|start|run|deploy|put|add|give|let|make|create|allow|deny|block|limit|bind|grant|set|launch)\b/i;

/**
 * `namespace lab with label a=b, a quota of 10 pods in it, and a copy of the pull secret of core`: the namespace, and what is to be in it, each an order of
 * its own in that namespace. Undefined: no new namespace is made, or nothing is to be in it.
 */
export async function inNewNamespace(request: string, world: World): Promise<readonly Clause[] | undefined> {
	const language = languageOf(request);
	const found = (language === 'ko' ? korean : english).exec(masked(request));
	const name = (found?.groups?.name ?? found?.groups?.before ?? found?.groups?.behind)?.toLowerCase();
	if (found === null || name === undefined || /^(?:in|for|with|to|and|of|that|is|the)$/.test(name)) return undefined;
	if (!givesOrder(request) || (await world.namespaces()).includes(name)) return undefined;
	const [first = '', ...things] = thingsOf(request.slice(found.index));
	if (things.length === 0) return undefined;
	const own = language === 'ko' ? first : `Create ${first}`;
	return [own, ...things.map(thing => placed(thing, name, language))].map(clauseOf);
}

/** The parts that make something each; what only goes on stays with the part before it. */
function thingsOf(text: string): readonly string[] {
	const cuts = [...masked(text).matchAll(joints)];
	const begins = [{end: 0, joint: ''}, ...cuts.map(({0: joint, index}) => ({end: index + joint.length, joint}))];
	const things: string[] = [];
	for (const [at, {end, joint}] of begins.entries()) {
		const piece = text.slice(end, cuts[at]?.index ?? text.length);
		const last = things.at(-1);
		if (last === undefined || (makes(piece) && !isCounted(piece, last))) things.push(piece);
		else things[things.length - 1] = `${last}${joint}${piece}`;
	}
	return things.map(thing => thing.trim()).filter(thing => thing !== '');
}

/** `cap it at 10 pods and 3 claims`: how many of them there may be. */
const isCounted = (piece: string, before: string) =>
	/^\d+\s/.test(piece.trim()) && /\b(?:cap\w*|limit\w*|quota|at most|up to|max\w*)\b|최대|제한|쿼터/i.test(before);

/** Whether a part begins with something that is made: an article or a deed, and a kind not far behind. */
function makes(piece: string): boolean {
	const plain = piece.replace(place, ' ').trim();
	const clause = clauseOf(plain);
	const kinds = kindsIn(clause).filter(({kind}) => kind !== 'Namespace');
	// `파드 25개` is how many of them there may be.
	if (languageOf(plain) === 'ko')
		return kinds.some(({last}) => !/^\d+ ?개/.test(clause.words[last + 1]?.raw ?? '')) || /복사|복제/.test(plain);
	if (deeds.test(plain)) return true;
	return /^(?:an?|the|its|one|two|three|\d+)\s/i.test(plain) && /\bcopy\b/i.test(plain)
		? true
		: kinds.some(({first}) => first <= 5) && /^(?:an?|the|its|one|two|three|\d+|[a-z-]+)\s/i.test(plain);
}

function placed(thing: string, name: string, language: Clause['language']): string {
	const plain = thing
		.replace(place, ' ')
		.replaceAll(/\s+/g, ' ')
		.replace(/[.\s]+$/, '')
		.trim();
	if (language === 'ko') {
		const bare = plain.replace(/(?:이랑|랑|하고)$/, '');
		return `${name} 네임스페이스에 ${bare}${/[가-힣](?:줘|고|요|세요|다|자)$/.test(bare) ? '' : ' 만들어줘'}`;
	}
	const order = beginsWithVerb(plain.toLowerCase()) ? plain : `create ${plain}`;
	return new RegExp(`\\b${name}\\b(?!-)`, 'i').test(plain) && /\bnamespace\b/i.test(plain) ? order : `${order} in namespace ${name}`;
}
