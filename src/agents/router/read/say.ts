import {oneLine} from '../../../core/text/one-line.ts';
import type {Clause} from '../clause.ts';
import type {Understanding} from '../understanding.ts';

export type Language = Clause['language'];

/** One of two texts, by the language of the request. */
export const inLanguage = (language: Language, en: string, ko: string) => (language === 'ko' ? ko : en);

/** `- **name**: what is said of it`, one a line; the cluster's own words cannot break out of their line. */
export const bullet = (name: string, detail = '') => `- **${oneLine(name)}**${detail === '' ? '' : `: ${oneLine(detail)}`}`;

/** More than these are counted, not shown. */
const mostLines = 60;

/** Lines with what was left out told. */
function capped(lines: readonly string[], language: Language): readonly string[] {
	if (lines.length <= mostLines) return lines;
	const more = lines.length - mostLines;
	return [
		...lines.slice(0, mostLines),
		inLanguage(language, `- … ${more} more: name a namespace or a label`, `- … ${more}개 더 있음: 네임스페이스나 라벨로 좁혀 주세요`),
	];
}

/** An answer that is a sentence and then lines. */
export const answer = (said: string, head: string, lines: readonly string[], language: Language): Understanding => ({
	kind: 'answer',
	said,
	text: [head, ...(lines.length === 0 ? [] : ['', ...capped(lines, language)])].join('\n'),
});
