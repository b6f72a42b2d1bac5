import type {Clause} from '../../clause.ts';
import {amountsIn} from '../../words/amounts.ts';
import {isWord, spoken} from '../../words/spoken.ts';
import {imagesIn, versionsIn} from '../../words/values.ts';

/** `try 1.8 on a third of the traffic`, `next to the current one`. */
const besides =
	/\b(?:try|test|trial|pilot|experiment)\b.*\b(?:traffic|requests|users|pods)\b|\b(?:traffic|requests|users)\b.*\b(?:next to|beside|alongside|in parallel)\b|(?:트래픽|요청|사용자).*(?:시험|테스트|시도|태워)/i;

/** Whether a clause asks for a canary. */
export const speaksOfCanary = (clause: Clause) =>
	spoken(clause, 'canary 카나리 카나리아') ||
	clause.words.some(({text}) => /^[a-z0-9-]+-canary$/.test(text)) ||
	(besides.test(clause.text) && shareIn(clause) !== undefined && (versionsIn(clause).length > 0 || imagesIn(clause).length > 0));

/** The share of the traffic, 0 to 1 and neither of both: `25%`, `a fifth`, `3분의 1`, `one in ten`. */
export function shareIn(clause: Clause): number | undefined {
	const inWords = /\b(?:one|1) (?:in|out of) (?:(\d+)|(two|three|four|five|ten))\b/i.exec(clause.text);
	const named: {readonly [word: string]: number} = {two: 2, three: 3, four: 4, five: 5, ten: 10};
	if (inWords !== null) return 1 / Number(inWords[1] ?? named[inWords[2]?.toLowerCase() ?? '']);
	if (/\bfifty[- ]fifty\b|(?<!\d)50 ?[:/-] ?50(?!\d)|반반|절반씩/i.test(clause.text)) return 0.5;
	for (const amount of amountsIn(clause)) {
		const share = amount.kind === 'percent' ? amount.value / 100 : amount.kind === 'share' ? amount.value : undefined;
		if (share !== undefined && share > 0 && share < 1) return share;
	}
	return undefined;
}

const nameForm = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;

/** The name that the canary is given: behind "name it" or "called", else a word that ends in `-canary`. */
export function canaryName({words}: Clause): string | undefined {
	const told = words.findIndex(
		(word, at) =>
			isWord(word, 'called') || isWord(word, 'named') || ((isWord(word, 'name') || isWord(word, 'call')) && isWord(words[at + 1], 'it')),
	);
	const behind = words.slice(told === -1 ? words.length : told + 1).find(({text}) => nameForm.test(text) && text !== 'it');
	return behind?.text ?? words.find(({text}) => /-canary$/.test(text) && nameForm.test(text))?.text;
}
