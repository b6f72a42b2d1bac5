import type {Clause} from '../clause.ts';
import {numberOf} from '../words/number-words.ts';
import {plainAmounts} from '../words/plain-amounts.ts';

/** `two,` → `2,`; a name such as `one-shot` stays. */
function digits(token: string): string {
	const [, word = '', marks = ''] = /^([a-z]+(?:-[a-z]+)?)([.,;:!?]*)$/.exec(token) ?? [];
	const number = word === '' ? undefined : numberOf(word);
	return number === undefined || Number.isNaN(number) ? token : `${number}${marks}`;
}

const counted = /(?<![가-힣])(하나|한|둘|두|셋|세|넷|네|다섯|여섯|일곱|여덟|아홉|열|열한|열두|스무|서른)\s*(개|배|대|번|초|분|코어)/g;

/** `하나 더` and `하나만` have no counter. */
const alone = /(?<![가-힣])(하나|둘|셋|넷|다섯|여섯)(?=\s+(?:더|추가|늘|줄|빼|제거|내려)|만|로|으로|씩)/g;

/** What is to be no more is no wish: `to 20 instead of 16`, `16개 대신`. */
const old =
	/,? ?\b(?:instead of|rather than|in place of|and not|not) (?:the |its )?(?:current |old |present |every |each )?(?=[\w.:-]*\d)[\w.:%-]+(?: (?:cores?|pods?|replicas?|percent|seconds?|minutes?|hours?|days?))?(?! ?(?:more|less|than)\b)|\d[\w.]*(?:개|대|%)? ?(?:대신|말고)(?![가-힣])/g;

/**
 * A clause as one text for patterns of numbers: lower case (a unit behind a number keeps its own: `500M` is not `500m`), no quotes, numbers in digits, single spaces. Unlike its words it keeps the Korean
 * particles, by which "to 6" (`6개로`) and "6 more" (`6개`) are told apart.
 */
export function plainText({text}: Pick<Clause, 'text'>): string {
	const plain = plainAmounts(text)
		.split(/(?<=\s)|(?=\s)/)
		.map(token => (/^[\d.]*\d[A-Za-z]/.test(token) ? token : token.toLowerCase()))
		.join('')
		.replace(/["'`“”‘’](?=\s|[,.;:!?]|$|[가-힣])|(?<=^|\s)["'`“”‘’]/g, '');
	return plain
		.split(/\s+/)
		.map(digits)
		.join(' ')
		.replace(counted, (_, word: string, counter: string) => `${numberOf(word) ?? word}${counter}`)
		.replace(alone, word => `${numberOf(word) ?? word}개`)
		.replace(old, ' ')
		.replace(/ {2,}/g, ' ')
		.trim();
}

/** Takes out what is said to stay: "the limits stay", "leave green as it is", "제한은 그대로 두고". It names things that are not meant. */
export function withoutWhatStays(text: string): string {
	const rest = stays
		.reduce((left, pattern) => left.replace(pattern, ' '), text)
		.replace(/\s+/g, ' ')
		.trim();
	// `keep web at 3` is the wish itself, where nothing else is said.
	return /[a-z0-9가-힣]{2}/.test(rest.replace(/\b(?:please|so|and|but|just|always)\b/g, '')) ? rest : text;
}

const stays: readonly RegExp[] = [
	/[,;.]?\s*(?:and )?(?:so (?:do|does|should|must|will)|neither (?:do|does)|as (?:do|does)) (?:the |its |their )[\w-]+(?: [\w-]+)?(?=\s*(?:[,;.]|$))/g,
	/[,;.]?\s*(?:and |but |while )?(?:please )?(?:leave|keep|leaving|keeping|don't touch|do not touch|don't change|do not change|without touching|without changing|not touching)\b[^,;.]*/g,
	/[,;.]?\s*(?:and |but |while |with )?(?:the |its |their |all )*(?:other |the )*[\w-]+(?: [\w-]+){0,2} (?:stays?|remains?|staying|keeps?|(?:comes?|goes?|tags?|travels?|runs?) along|unchanged|untouched|as is|as (?:it|they) (?:is|are)|as (?:before|now|today)|(?:must|should|may|shall) (?:not|n't) (?:be )?(?:chang\w*|touch\w*|mov\w*))\b[^,;.]*/g,
	/[,;.]?\s*(?:and |but |while )?(?:the |its |their )?[\w-]+(?: [\w-]+){0,4} (?:is|are)(?: not|n't) (?:a )?(?:part of|affected|concerned|touched|meant|included|in scope|to be (?:touched|changed))\b[^,;.]*/g,
	/[,;.]?\s*(?:and |but |while )?(?:the |its |their )?[\w-]+(?: [\w-]+){0,3} (?:is|are) (?:off limits|out of scope|untouched|taboo)\b[^,;.]*/g,
	/[,;.]?\s*(?:but )?(?:nothing else|not (?:the )?[\w-]+ (?:one|ones|side))\b[^,;.]*/g,
	/(?:[\w-]+ (?:컨테이너|쪽|것|거)[은는도]? |(?![가-힣]*고 |\d+(?:개|대)|[\d.]+[KMGT]i)[^\s,;.]+ )?(?:그대로|냅두|놔두|내버려|건드리지|바꾸지 말|변경하지 말|(?<!\d(?:개|대|Gi|Mi)(?:로|를|은|씩)? )유지)[^,;.]*?(?=$|[,;.]|고 )/g,
	/[\w-]+(?:\s?[가-힣]*)?\s*말고/g,
];
