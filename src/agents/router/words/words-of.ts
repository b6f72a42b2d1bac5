import type {Word} from '../clause.ts';
import {goesOn, hangulTail, hasHangul, isHangul, isKoreanPolite, koreanStem} from './korean.ts';

/** Quoted text, or a run without spaces, brackets or list marks. A quote opens only where a word begins: `tracker's` has none. */
const pieces =
	/(?<quoted>(?<![\p{L}\p{N}])(?:"[^"]*"|'[^']*'(?![\p{Script=Latin}\p{N}])|`[^`]*`|“[^”]*”|‘[^’]*’))|(?<arrow>->|→|⇒|=>)|(?<plain>[^\s()[\]{}·"`“”→⇒]+?)(?=->|=>|[\s()[\]{}·"`“”→⇒]|$)|(?<stop>[)\]}])/gu;

const polite = new Set('please plz pls kindly thanks thx thank'.split(' '));

/** The words of a text, without those that only make it polite. */
export function wordsOf(text: string): readonly Word[] {
	const words: Word[] = [];
	for (const {0: piece, groups} of text.replaceAll(/[’]/g, "'").matchAll(pieces)) {
		if (groups?.stop !== undefined) continue;
		if (groups?.quoted !== undefined) words.push(quotedWord(piece.slice(1, -1)));
		else if (groups?.arrow !== undefined) words.push({text: '->', raw: piece, quoted: false});
		else words.push(...plainWords(piece, words));
	}
	return words;
}

const quotedWord = (inner: string): Word => ({text: inner.toLowerCase(), raw: inner, quoted: true});

function plainWords(piece: string, before: Word[]): readonly Word[] {
	const stop = /(?<=.)[,:;.!?…]+$/.exec(piece)?.[0];
	const bare = piece.replace(/^(?!\.{1,2}\/)[,:;.!?…]+(?=\D|$)/, '').replace(/(?<=.)[,:;.!?…]+$/, '');
	const mark = stopOf(stop ?? (bare === '' ? piece : ''));
	const words = bare === '' ? [] : bareWords(bare);
	const last = words.at(-1);
	if (mark === undefined) return words;
	if (last === undefined) {
		const earlier = before.pop();
		return earlier === undefined ? [] : [{...earlier, stop: mark}];
	}
	return [...words.slice(0, -1), {...last, stop: mark}];
}

function stopOf(marks: string): Word['stop'] {
	const first = marks[0];
	if (first === undefined) return undefined;
	return first === ',' || first === ':' || first === ';' ? first : '.';
}

function bareWords(bare: string): readonly Word[] {
	const plain = (text: string, raw: string): Word => ({text, raw, quoted: false});
	const counted = /^(\d+|two|three|four|five|six|seven)-(replica|pod|node|core|hour|minute|second|day|week|character|letter)s?$/i.exec(
		bare,
	);
	if (counted?.[1] !== undefined && counted[2] !== undefined)
		return [plain(counted[1].toLowerCase(), counted[1]), plain(counted[2].toLowerCase(), counted[2])];
	if (!hasHangul(bare))
		return polite.has(bare.toLowerCase()) ? [] : [plain(bare.toLowerCase().replace(/'s$|(?<=s)'$/, ''), bare.replace(/'s$|(?<=s)'$/, ''))];
	if (isHangul(bare)) return hangulWords(bare);
	const [, head, tail] = /^(.*[^\uac00-\ud7a3])([\uac00-\ud7a3]+)$/.exec(bare) ?? [];
	if (head === undefined || tail === undefined || (head.includes('=') && hasHangul(head))) return [plain(bare.toLowerCase(), bare)];
	// `title=점검안내`: the value of a key, with a particle at most.
	if (head.endsWith('=')) return [plain(valued(bare).toLowerCase(), valued(bare))];
	const name = head.replace(/[,:;]$/, '');
	const {counter, word} = hangulTail(tail, /\d$/.test(name));
	const first = {
		...plain((name + counter).toLowerCase(), name + counter),
		...(goesOn(tail) && word === undefined ? {stop: ',' as const} : {}),
	};
	return word === undefined ? [first] : [first, plain(word, tail)];
}

const valued = (pair: string) => pair.replace(/(?<=[가-힣]{2})(?:으로|로|을|를|이고|이랑)$/, '');

/** A particle on its own stood behind a bracket, a quote or a name: `green(7.1.0)으로`, `/healthz 로`. */
function hangulWords(bare: string): readonly Word[] {
	const alone = /^(으로|로|을|를|은|는|의|에|에서|와|과|라는|이라는|라고|이라고|에게|도|만|랑|이랑)요?$/.test(bare);
	// Without an ending it is a name of somebody, and no order to delete.
	if (bare === '지우') return [{text: '지우님', raw: bare, quoted: false}];
	const stem = koreanStem(bare);
	return alone || isKoreanPolite(stem) ? [] : [{text: stem, raw: bare, quoted: false}];
}
