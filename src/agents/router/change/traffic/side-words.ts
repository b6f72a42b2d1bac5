import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {Clause} from '../../clause.ts';
import {isWord} from '../../words/spoken.ts';
import type {Asking} from '../asking.ts';
import {type Switch, switchesTo} from './switch-selector.ts';

const colours: {readonly [word: string]: string} = {
	그린: 'green',
	블루: 'blue',
	초록: 'green',
	파랑: 'blue',
	카나리: 'canary',
	스테이블: 'stable',
};

const otherSide =
	/\b(?:the )?(?:other|opposite|idle|inactive|standby|spare)(?: (?:colou?r|side|one|track|half|version|deployment))?\b|\b(?:switch|flip|swing|cut|roll(?= (?:\S+ ){0,2}(?:traffic|service|requests))|go|put|send|traffic) (?:\S+ ){0,4}?(?:back|over)\s*[.!]?$|반대(?:쪽|편)?|다른\s?(?:쪽|색)|나머지\s?쪽|원래\s?쪽/i;

/** `served from green`: where it comes from is the side that is meant. */
const source = /^(?:serv(?:e|es|ed|ing)|answer(?:s|ed|ing)?|fed|feed(?:s|ing)?|back(?:ed)?)$/;
/** Behind these stands the side that is left. */
const leaving = /^(?:from|not|than|off|away)$/;

/** The side that is named for a Service, else the only other one where the words say no more than that (`to the other colour`, `switch it back`). */
export function sidesMeant(asking: Asking, service: KubeObject, siblings: readonly Switch[]): readonly Switch[] {
	const named = switchesTo(service, siblings, sideWords(asking, service));
	const others = siblings.filter(({isThere}) => !isThere);
	const meant = named.every(({isThere}) => isThere) && others.length === 1 && otherSide.test(asking.clause.text) ? others : named;
	const left = leftIn(asking.clause);
	return meant.filter(({workload}) => !left.some(word => workload.metadata.name.endsWith(`-${word}`)));
}

/** Words that may name the side: those of the clause, and of the remark before it where the clause says `it`. `green(7.1.0)` is `green`. */
function sideWords({clause, talk}: Asking, service: KubeObject): readonly string[] {
	const own = behindName(clause, service);
	const isIt = own.some(word => isWord(word, 'it') || isWord(word, 'there') || isWord(word, '그쪽') || isWord(word, '거기'));
	const before = isIt ? (talk.clauses[talk.index - 1]?.words ?? []) : [];
	const wished = behindTo({words: own});
	return (wished.length > 0 ? wished : [...own, ...before]).map(({text}) => colours[text] ?? text);
}

/** `a selects green, b selects blue`: of each Service what stands behind its name, up to that of the next. */
function behindName({words}: Clause, {metadata: {name}}: KubeObject): Clause['words'] {
	const at = words.findIndex(({text}) => text === name);
	const others = words.flatMap(({text}, index) => (at !== -1 && index > at && text !== name && isAlike(text, name) ? [index] : []));
	const isFirst = !words.some(({text}, index) => index < at && text !== name && isAlike(text, name));
	return others.length === 0 && isFirst ? words : words.slice(at, others[0]);
}

/** `dispatch` and `dispatch-preview`: two Services of one thing. A side (`dispatch-green`) is none. */
const isAlike = (word: string, name: string) =>
	(word.startsWith(`${name}-`) || name.startsWith(`${word}-`)) && !/-(?:blue|green|canary|stable)$/.test(word);

/** `from blue to green`: what stands behind "to" is the side, if it is one word or two. */
function behindTo({words}: Pick<Clause, 'words'>): Clause['words'] {
	const at = words.findLastIndex(word => isWord(word, 'to') || isWord(word, 'at') || isWord(word, 'onto') || word.text === '->');
	const isFrom = words.some(word => isWord(word, 'from') || word.text === '->');
	// `move web-blue's traffic to green`
	const isSide = words.slice(at + 1, at + 4).some(({text}) => /^(?:\S+-)?(?:blue|green|canary|stable)$/.test(text));
	return at !== -1 && (isFrom || isSide) ? words.slice(at + 1, at + 4) : [];
}

/** `블루에서 그린으로`, `green instead of blue`: the side that is left is none. */
function leftIn({text, words}: Clause): readonly string[] {
	const korean = Object.keys(colours).filter(word => new RegExp(`(?:${word}|${colours[word]})(?:에서|\\s?(?:말고|대신))`, 'i').test(text));
	const english = words.flatMap(({text: word}, at) =>
		(leaving.test(words[at - 1]?.text ?? '') && !source.test(words[at - 2]?.text ?? '')) ||
		(isWord(words[at - 1], 'of') && isWord(words[at - 2], 'instead'))
			? [word]
			: [],
	);
	return [...korean.map(word => colours[word] ?? word), ...english];
}
