import type {Clause, Word} from '../../clause.ts';
import {kindsIn} from '../../names/kinds-in.ts';
import {isImperative} from '../../words/mood/imperatives.ts';
import {isWord} from '../../words/spoken.ts';

/** Kinds whose words stand beside a label without being its key; `budget` and `role` are keys. */
const labelledKinds = new Set(
	'Pod Deployment StatefulSet DaemonSet CronJob Job Service Ingress ConfigMap Secret Namespace Node PersistentVolumeClaim'.split(' '),
);

type Pair = readonly [key: string, value: string];
type Spoken = Pick<Clause, 'words' | 'text'>;

/** What the object has, and its own name, which is no key. */
export type Present = {readonly now: {readonly [key: string]: unknown}; readonly name?: string | undefined};

const keyForm = /^(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?\/)?[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?$/;
const grammar =
	/^(?:from|to|of|on|in|at|for|with|and|but|not|goes|moves|comes|becomes|stays|remains|reads|says|say|read|become|show|carry|hold|reflect|equal|so|accordingly|belong|match|follow|belongs|changes|the|a|an|this|that|it|its|pod|pods|new|old|own|change|set|update|as|is|be|are|was|needs?|gets?|should|must|shall|has|have|now|add|value|key|called|named|instead|than|rather|correct|right|wrong|missing|there|yet|today|also|too|please)$/i;
/** What is said of a label that is to change, and not what it becomes. */
const judged =
	/^(?:wrong|outdated|stale|old|obsolete|missing|incorrect|out|off|bad|misspelt|misspelled|no|not|still|currently|changed|fixed|updated|set|put|added|corrected)$/i;
const noun = ['label', 'annotation', '라벨', '레이블', '어노테이션', '애너테이션'];

const isNoun = (word: Word | undefined) => noun.some(text => isWord(word, text));
const points = (word: Word | undefined) =>
	isWord(word, 'to') || isWord(word, 'as') || word?.text === '=' || word?.text === '->' || isWord(word, 'into');
const says = (word: Word | undefined) =>
	['be', 'read', 'say', 'become', 'equal', 'show', 'carry', 'hold', 'reflect'].some(text => isWord(word, text));

const isQualified = (word: Word | undefined) => word?.raw.includes('/') === true;

/** A value is no verb: `change its pool label accordingly` says none. */
const asValue = (word: Word | undefined) =>
	word !== undefined && (word.quoted || !(isImperative(word.text) || grammar.test(word.text) || judged.test(word.text) || isNoun(word)))
		? word.raw
		: undefined;

/** The first value behind a word that fits, from a place on. */
function behind(words: readonly Word[], from: number, fits: (word: Word | undefined) => boolean): string | undefined {
	for (let at = from; at < words.length; at += 1) {
		const next = words[at + 1];
		const isCurrent = words[at - 1]?.text === 'up' && next?.text === 'date';
		const value =
			fits(words[at]) && words[at]?.stop === undefined && !isCurrent ? asValue(isWord(next, 'value') ? words[at + 2] : next) : undefined;
		if (value !== undefined) return value;
	}
	return undefined;
}

/** Where the word for the new value of the key at a place stands: behind `value`, `to` or `should read`, behind the last colon, or with the particle of a goal. */
function valueBehind(
	{words, text}: Spoken,
	at: number,
	{name, now}: {readonly name: string | undefined; readonly now: unknown},
): string | undefined {
	// The name of the object is where, and what stands there now is no wish.
	const isWhere = (index: number) => index > 0 && !says(words[index - 1]) && words[index - 3]?.text !== 'from';
	const others = words.filter(({raw}, index) => index === at || !(raw === now || (raw === name && isWhere(index))));
	const place = others.indexOf(words[at] as Word); // it was kept
	const named = behind(others, place, word => isWord(word, 'value') || word?.text === '값');
	const told = named ?? behind(others, place, points) ?? behind(others, place, says);
	if (told !== undefined) return told;
	const korean = words
		.slice(at + 1)
		.find(
			word => (word.quoted || keyForm.test(word.raw)) && new RegExp(`${RegExp.escape(word.raw)}["'\`]?(?:으로|로)(?![가-힣])`).test(text),
		);
	if (korean !== undefined) return korean.raw;
	const colon = words.findLastIndex(({stop}, index) => index >= at && stop === ':');
	const listed = colon === -1 ? undefined : asValue(words[colon + 1]);
	const of = isNoun(words[at + 1]) && isWord(words[at + 2], 'of') && words[at + 3]?.raw !== name ? asValue(words[at + 3]) : undefined;
	// What stands there already.
	return listed ?? of ?? behind(words, at, points);
}

/** `owner: discovery`, `owner to discovery`, `the tier label of web: worker -> async`, `owner 라벨을 discovery로`, `belongs to pool spare, fix its pool label`. */
export function spokenPair(clause: Spoken, {now, name}: Present): readonly Pair[] {
	const {words} = clause;
	const present = Object.keys(now);
	const isKind = (at: number) => kindsIn(clause).some(({kind, first, last}) => labelledKinds.has(kind) && at >= first && at <= last);
	const keys = words.flatMap(({raw}, at) =>
		keyForm.test(raw) && !isKind(at) && !grammar.test(raw) && !isNoun(words[at]) && raw !== name ? [at] : [],
	);
	const pairAt = (at: number): readonly Pair[] => {
		const key = words[at]?.raw;
		const value = key === undefined ? undefined : valueBehind(clause, at, {name, now: now[key]});
		return key === undefined || value === undefined || value === key ? [] : [[key, value]];
	};
	const qualified = keys.filter(at => /^[\w-]+(?:\.[\w-]+)+\/[\w.-]+$/.test(words[at]?.raw ?? '')).flatMap(pairAt);
	if (qualified.length === 1) return qualified;
	const known = keys.filter(
		at => present.includes(words[at]?.raw ?? '') && (isNoun(words[at + 1]) || isNoun(words[at - 1]) || words[at]?.stop === ':'),
	);
	const ofKnown = known.flatMap(pairAt);
	if (known.length > 0) return ofKnown.length > 0 ? [...ofKnown, ...further(clause, known, present)] : besideKey(words, keys, present);
	const colons = keys.filter(at => isQualified(words[at]) && words[at]?.stop === ':');
	if (colons.length > 0) return colons.flatMap(pairAt);
	const called = keys
		.filter(at => (isNoun(words[at - 1]) && words[at - 1]?.stop === undefined) || (isNoun(words[at + 1]) && words[at]?.stop === undefined))
		.toSorted((a, b) => Number(isQualified(words[b])) - Number(isQualified(words[a])));
	if (called.length > 0) return called.slice(0, 1).flatMap(pairAt);
	const told = keys.filter(at => words[at]?.stop === ':' && words[at + 1] !== undefined).flatMap(pairAt);
	if (told.length > 0) return told;
	// `team goes from red to blue`
	const there = keys.filter(at => present.includes(words[at]?.raw ?? '')).flatMap(pairAt);
	return there.length === 1 ? there : besideKey(words, keys, present);
}

/** `tier 라벨을 web으로, team은 core로`, `the tier label to web and team to core`: further keys that stand there, each with a value behind it. */
function further({words, text}: Spoken, known: readonly number[], present: readonly string[]): readonly Pair[] {
	const from = Math.max(...known);
	const isTopic = (raw: string) =>
		keyForm.test(raw) && new RegExp(`(?<![\\w.-])${RegExp.escape(raw)}(?:은|는|을|를)(?![가-힣])`).test(text);
	const isKey = (at: number) =>
		at > from && !known.includes(at) && (present.includes(words[at]?.raw ?? '') || isTopic(words[at]?.raw ?? ''));
	return words.flatMap(({raw: key, stop}, at): readonly Pair[] => {
		const [next, value] = [words[at + 1], words[at + 2]];
		if (!isKey(at) || stop !== undefined || next === undefined) return [];
		if (points(next)) {
			const told = asValue(value);
			return told === undefined || present.includes(told) ? [] : [[key, told]];
		}
		const isGoal = keyForm.test(next.raw) && new RegExp(`${RegExp.escape(next.raw)}["'\`]?(?:으로|로)(?![가-힣])`).test(text);
		return isGoal ? [[key, next.raw]] : [];
	});
}

/** `pool spare` and `disktype is nvme` beside a word for labels: the key is one that stands there. */
function besideKey(words: readonly Word[], keys: readonly number[], present: readonly string[]): readonly Pair[] {
	const found = keys.flatMap((at): readonly Pair[] => {
		const key = words[at]?.raw ?? '';
		if (!present.includes(key) || words[at]?.stop !== undefined) return [];
		const value = asValue(says(words[at + 1]) ? words[at + 2] : words[at + 1]);
		return value === undefined || value === key ? [] : [[key, value]];
	});
	return new Set(found.map(pair => pair.join('='))).size === 1 ? found.slice(0, 1) : [];
}
