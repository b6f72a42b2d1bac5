import type {Clause, Word} from '../../clause.ts';
import {type Amount, amountsIn} from '../../words/amounts.ts';
import {plainAmounts} from '../../words/plain-amounts.ts';
import {wordsOf} from '../../words/words-of.ts';
import {withoutUnwanted} from './unwanted.ts';

/** All that was said of one thing, or of several that are made together. */
export type Wish = {
	readonly text: string;
	readonly language: Clause['language'];
	readonly words: readonly Word[];
	readonly amounts: readonly Amount[];
};

/** `deadline 10m`: a time, not a share of a processor. */
const inMinutes = (text: string) =>
	text.replaceAll(
		/\b((?:deadline|ttl|time-?out|time limit|within|after|grace(?: period)?|delay)(?: of| is|:| =)? )(\d+)m\b/gi,
		'$1$2 minutes',
	);

/** `2Gi까지만` is a bound, as `2Gi 이하` is. */
const bounded = (text: string) => text.replaceAll(/(\d(?:[KMGT]i?|m| ?cores?| ?코어)) ?(?:까지만?|이내로?)(?=[ ,.]|$)/g, '$1 이하');

/** `label team equals web` */
const equalled = (text: string) =>
	text
		.replaceAll(
			/(\b(?:label(?:led|ed)?|tagged) )(team|env|owner|tier|stage|app|role|component) (?!and\b|labels?\b|is\b|to\b)([a-z0-9][\w-]*)(?=[,.;]|$)/gi,
			'$1$2=$3',
		)
		.replaceAll(
			/(\b(?:labels?|labell?ed|tagged|annotat(?:ion|ed))(?: with| it| is|:)? )([\w./-]+) (?:equals?|equal to|being equal to) ([\w.-]*\w)/gi,
			'$1$2=$3',
		);

/** `100m/64Mi to 200m/128Mi`: what is asked for, and the most. */
const fromTo = (text: string) => {
	const pair = String.raw`(\d+(?:\.\d+)?m?) ?\/ ?(\d+(?:\.\d+)?[KMGT]i)`;
	return text.replaceAll(
		new RegExp(String.raw`(?<![\w./-])${pair} ?(?:to|up to|->|→|-|~|에서) ?${pair}(?!\w)`, 'g'),
		'requests $1 $2, limits $3 $4',
	);
};

/** `150m/200Mi` are two amounts. */
const apart = (text: string) =>
	inMinutes(fromTo(text).replaceAll(' // ', ' / '))
		.replaceAll(/\b(utili[sz]ation|사용률) ?\((\d{1,3})%?\)/gi, '$1 $2%')
		.replaceAll(/(\d(?:[KMGT]i?|m)?)\/(?=(?:메모리|memory|mem|cpu|ram)(?![\w]))/gi, '$1, ')
		.replaceAll(
			/(?<![\w./-])(\d+(?:\.\d+)?(?:m?(?: ?코어| ?cores?| ?(?:CPU|cpu)s?)|m)?) ?\/ ?(\d+(?:\.\d+)?(?:[KMGT]i?B?|m)?)(?![\w/]|\.\w)/g,
			(both, left: string, right: string) => (/[mKMGT코]|c/i.test(left + right) ? `${left} ${right}` : both),
		);

/** A form of parts with slashes or bars between them is a list; a path on its own stays: `send / to web`. */
function withCommas(text: string): string {
	const slash =
		/(?<!\b(?:path|host|경로|의|and|while|but|get|head|http|https|on|at)|[,:;.]|->|→|=>) \/ (?!(?:to|goes|go|is|are|belongs|leads|lands|maps|points|stays|gets|->|→|=>|and|는|은|로|에|를|경로|으로|must|should)(?![\w-]))/gi;
	const plain = text.replaceAll(/\s\|\s/g, ', ');
	return (plain.match(slash)?.length ?? 0) > 1 || /^[^,/]{3,60} \/ /.test(plain) ? plain.replaceAll(slash, ', ') : plain;
}

/** What a ConfigMap holds stays as it is written: `size to 30GB`. */
const holdsData = (text: string) =>
	/\bconfig ?maps?\b|(?<![\w-])cm(?![\w-])|컨피그 ?맵/i.test(text) &&
	!/\b(?:deployments?|pods?|(?:stateful|daemon)sets?|(?:cron)?jobs?|quotas?|claims?|pvcs?|cpu|memory)\b|디플로이먼트|파드|셋|잡(?![가-힣])|쿼터|클레임|메모리/i.test(
		text,
	);

/** `the bill doubled, so …`, `traffic has tripled since May`: nothing is to be so many times as much. */
const isHistory = (words: readonly Word[], {first, last}: Amount) =>
	/^(?:doubled|tripled|quadrupled)$/i.test(words[first]?.raw ?? '') &&
	!/^(?:be|requests?|limits?|cpus?|memory|quotas?)$/.test(words[first - 1]?.text ?? '') &&
	(words[last]?.stop !== undefined ||
		/^(?:since|in|last|over|within|recently|again|so|this|during|and)$/.test(words[last + 1]?.text ?? ''));

export function wishOf(text: string, language: Clause['language']): Wish {
	const amounts = holdsData(text) ? (plain: string) => plain : plainAmounts;
	const whole = withCommas(apart(bounded(amounts(equalled(withoutUnwanted(text))))));
	const words = wordsOf(whole);
	return {text: whole, language, words, amounts: amountsIn({words}).filter(amount => !isHistory(words, amount))};
}

/** Lower case as written, without the stem: nouns are told by it. A quoted word is a name or a value, and reads as nothing. */
export const plainAt = ({words}: Pick<Wish, 'words'>, at: number): string => {
	const word = words[at];
	return word === undefined || word.quoted ? '' : word.raw.toLowerCase();
};

export const says = (wish: Pick<Wish, 'text'>, pattern: RegExp) => pattern.test(wish.text);

/** First index of the words of the list or remark that a word belongs to: behind the last punctuation. */
export function segmentStart({words}: Pick<Wish, 'words'>, at: number, stops: RegExp = /[,:;.]/): number {
	for (let index = at - 1; index >= 0; index -= 1) if (stops.test(words[index]?.stop ?? '')) return index + 1;
	return 0;
}

/** Index behind the last word of the segment of a word. */
export function segmentEnd({words}: Pick<Wish, 'words'>, at: number, stops: RegExp = /[,:;.]/): number {
	for (let index = at; index < words.length; index += 1) if (stops.test(words[index]?.stop ?? '')) return index + 1;
	return words.length;
}
