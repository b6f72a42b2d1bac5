import {clausesOf} from '../../words/clauses-of.ts';
import {languageOf} from '../../words/language.ts';
import {moodOf} from '../../words/mood/mood-of.ts';
import {hasOrder} from '../../words/order-verbs.ts';
import {type Turn, turnsIn} from '../../words/turns.ts';
import {wordsOf} from '../../words/words-of.ts';
import type {World} from '../../world.ts';
import {isBackground} from '../background.ts';
import {type Edit, editOf} from './edit-of.ts';
import {type Spot, spotsIn} from './spots.ts';

/** `unclear`: something is corrected, and it cannot be told what. */
export type Corrected = {readonly text: string} | 'unclear';

/**
 * The request that a speaker means who turns in the middle of it: `scale web to 6.. no wait, 5`, `restart web, scratch that, I meant mail`. What is said
 * behind the turn stands in the place of what it corrects, or is the order in the place of the last one.
 */
export async function corrected(request: string, world: World): Promise<Corrected> {
	let text = request;
	for (let [turn, ...others] = turnsIn(text); turn !== undefined; ) {
		const meant = await meantBy(turn, world);
		if (meant === 'unclear') return 'unclear';
		if (meant === undefined) [turn, ...others] = others;
		else {
			text = meant;
			[turn, ...others] = turnsIn(text);
		}
	}
	return {text};
}

/** @returns undefined where nothing is corrected */
async function meantBy(turn: Turn, world: World): Promise<string | 'unclear' | undefined> {
	const {said, rest} = await spokenBehind(turn, world);
	if (moodOf(said) === 'question' || adds.test(said)) return undefined;
	const spots = await spotsIn(turn.before, world);
	const parts = await partsOf(said, spots, turn.before, world);
	const [part, ...details] = parts.filter(({fresh, text}) => fresh.length > 0 || (turn.isSure && doesOther(text, turn.before)));
	if (part === undefined) return turn.isSure && isShort(said) ? 'unclear' : undefined;
	const order = asOrder(turn, part, spots);
	const meant = order?.isOther === true ? order.text : (asValues(turn.before, spots, part) ?? order?.text);
	if (meant === undefined) return turn.isSure || isShort(part.text) ? 'unclear' : undefined;
	const old = spots.filter(({said: value}) => !meant.includes(value)).map(({said: value}) => value);
	const told = details
		.filter(({text, fresh}) => !isTold(text) && fresh.some(({said: value}) => !meant.includes(value)))
		.map(({text}) => text);
	const behind = rest.filter(sentence => !(isWhy(sentence) && old.some(value => sentence.includes(value))));
	return [[meant, ...told].join(', '), ...behind].join('. ').trim();
}

/** `no, just cordon it` behind another deed. */
function doesOther(text: string, before: string): boolean {
	const verb = /^(?:just |only |better |rather |please )*(\w+) (?:it|them)\b/i.exec(text)?.[1]?.toLowerCase() ?? '';
	return hasOrder(wordsOf(verb)) && !/^(?:leave|keep|skip|stop|make|have)$/.test(verb) && !verbsIn(before).includes(verb);
}

/** A value or a name and hardly more. */
const isShort = (text: string) => text !== '' && wordsOf(text).length <= 3;

/** `actually, restart mail too`: one more, and nothing in the place of another. */
const adds = /^(?:also|and|then|plus|first)\b|\b(?:too|as well)\s*[.!]*$|^(?:그리고|또)\s/i;

const sentencesOf = (text: string) => text.split(/(?<=[.!?…])\s+|\n+/).filter(sentence => /[\p{L}\p{N}]/u.test(sentence));

/** The sentence behind the turn with the next ones, as long as none of them names or says anything new. */
async function spokenBehind({before, after}: Turn, world: World): Promise<{readonly said: string; readonly rest: readonly string[]}> {
	const sentences = sentencesOf(after);
	for (let count = 1; count < sentences.length; count += 1) {
		const said = sentences.slice(0, count).join(' ');
		const parts = await partsOf(said, await spotsIn(before, world), before, world);
		if (parts.some(({fresh}) => fresh.length > 0)) return {said, rest: sentences.slice(count)};
	}
	return {said: sentences.join(' '), rest: []};
}

/** A part of what is said behind a turn, and what of it was not said before. */
type Part = {readonly text: string; readonly spots: readonly Spot[]; readonly fresh: readonly Spot[]};

/** `blue 말고 green`, `green instead of blue`: what is not meant is said again. */
const notMeant = /(?:^|\s)\S+\s+말고,?(?=\s)|\b(?:instead of|rather than|not)\s+(?:the |an? )?[\w.-]+(?=$|[\s,.;])/gi;

async function partsOf(said: string, before: readonly Spot[], context: string, world: World): Promise<readonly Part[]> {
	const texts = said.split(/(?:[,;:]|\s[–—-])\s+|\s+\bbut\s+/).map(text =>
		text
			.replace(notMeant, ' ')
			.replace(/[\s.!?…]+$/, '')
			.trim(),
	);
	return Promise.all(
		texts
			.filter(text => text !== '')
			.map(async text => {
				const spots = await spotsIn(text, world, context);
				const isNamed = /\b(?:names?|call|called)\b|이름/i.test(text) || text.split(/\s+/).length <= 2;
				return {
					text,
					spots,
					fresh: spots.filter(spot => !before.some(old => isSame(old, spot)) && (spot.kind !== 'new' || isNamed)),
				};
			}),
	);
}

const isSame = (one: Spot, other: Spot) => one.said.toLowerCase() === other.said.toLowerCase();

/** `.13 isn't signed off`: why it is corrected. */
const isTold = (text: string) => moodOf(text) === 'told' || isBackground(text) || /\b(?:is|are|was|were)(?:n't|nt| not)?\b/i.test(text);

/** `6 blows the budget` */
const isWhy = (sentence: string) => isTold(sentence) || !hasOrder(wordsOf(sentence));

const light = /^(?:please |so |then |just |better |rather |i want |i'd like )*(?:make|use|take|set|try|let's|let us|go|do|put|keep)\b/i;
const pronoun = /\b(?:it|that one|that|them)\b/i;

/** The verbs of an order: `restart`, `재시작`. */
const verbsIn = (text: string) => wordsOf(text).flatMap(word => (hasOrder([word]) ? [word.text] : []));

/**
 * What stands behind the turn is an order of its own: it takes the place of the last one.
 * @returns isOther: it does something else than the last one, so that it takes no value from it
 */
function asOrder(
	{before, isSure}: Turn,
	part: Part,
	spots: readonly Spot[],
): {readonly text: string; readonly isOther: boolean} | undefined {
	const orders = clausesOf(before);
	const last = orders.at(-1);
	if (last === undefined || !hasOrder(wordsOf(part.text))) return undefined;
	const at = before.lastIndexOf(last.text);
	if (at === -1) return undefined;
	const head = before.slice(0, at);
	const lost = spots.filter(({from}) => from >= at);
	const names = part.spots.filter(({kind}) => kind === 'name');
	const missing = lost.filter(({kind}) => !part.spots.some(spot => spot.kind === kind));
	if (names.length > 0) {
		const [verb] = verbsIn(last.text);
		const isOther = verb !== undefined && !verbsIn(part.text).includes(verb) && !light.test(part.text);
		return missing.length === 0 || (isOther && isSure) ? {text: head + part.text, isOther} : undefined;
	}
	const [name, ...others] = lost.filter(({kind}) => kind === 'name');
	const pointed = name === undefined || others.length > 0 || light.test(part.text.replace(/^put\b/i, '')) ? undefined : name;
	if (pointed === undefined || !pronoun.test(part.text) || missing.some(({kind}) => kind !== 'name')) return undefined;
	const kind = /(?:\b(node|deployment|service|configmap|secret|cronjob|ingress)\s+)$/i.exec(before.slice(0, pointed.from))?.[1];
	return {text: head + part.text.replace(pronoun, `${kind === undefined ? '' : `${kind} `}${pointed.said}`), isOther: true};
}

/** What stands behind the turn are values: each takes the place of one of its kind. */
function asValues(before: string, spots: readonly Spot[], part: Part): string | undefined {
	const text = before.replace(/[\s,;.…–—-]+$/, '');
	const from = text.lastIndexOf(clausesOf(text).at(-1)?.text ?? text);
	const edits: Edit[] = [];
	let place = '';
	let end: number | undefined;
	for (const meant of part.fresh) {
		const edit =
			editOf(
				text,
				spots.filter(spot => spot.from >= from),
				meant,
				part.text,
			) ?? editOf(text, spots, meant, part.text);
		if (edit !== undefined) edits.push(edit);
		else if (meant.kind === 'namespace' && isPlaceOf(meant, spots)) place = meant.said;
		else if (end === undefined || (meant.kind === 'name' && spots.some(({kind}) => kind === 'name'))) return undefined;
		else continue;
		end = meant.to;
	}
	const written = edits
		.toSorted((one, other) => other.from - one.from)
		.reduce((now, {from: begin, to, write}) => now.slice(0, begin) + write + now.slice(to), text);
	const isAtEnd = edits.some(({to}) => /^[^\p{L}\p{N}]*$/u.test(text.slice(to)));
	return inPlaceOf(written, place) + tailOf(part.text.slice(end), hasOrder(wordsOf(text)), isAtEnd);
}

const isPlaceOf = ({said}: Spot, spots: readonly Spot[]) => spots.some(({namespaces}) => namespaces?.includes(said));

const inPlaceOf = (text: string, place: string) =>
	place === '' ? text : languageOf(text) === 'ko' ? `${place} 네임스페이스의 ${text}` : `${text} in ${place}`;

/** What the order lacks that stands behind its new value: where, what is counted, and in Korean the verb. */
function tailOf(text: string, hasVerb: boolean, isAtEnd: boolean): string {
	const isKorean = languageOf(text) === 'ko';
	const particle = isAtEnd && isKorean ? (/^(?:으로|로|을|를)/.exec(text)?.[0] ?? '') : '';
	if (isKorean)
		return hasVerb
			? particle
			: `${particle} ${text.replace(/^\S*\s*/, '').replace(/^(?:정정|수정)\S*|^(?:할게요|갈게요|가요|요)$/, '변경해줘')}`.trimEnd();
	const tail = /^\s+(?:on|in|for|at|of|to|from|with|replicas?|pods?|instances?|minutes?|seconds?)\b.*$/is.exec(text)?.[0] ?? '';
	return isAtEnd ? tail : '';
}
