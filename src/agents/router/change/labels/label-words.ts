import type {Clause} from '../../clause.ts';
import {isWord, spoken} from '../../words/spoken.ts';
import {pairsIn} from '../../words/values.ts';

/** What a clause wants of labels or annotations. */
export type LabelChange = {
	readonly field: 'labels' | 'annotations';
	readonly set: {readonly [key: string]: string};
	readonly remove: readonly string[];
};

const annotating = 'annotate annotation annotations 어노테이션 애너테이션 주석';
const labelling = 'label labels relabel 라벨 레이블';
const removes =
	'remove drop delete unset clear strip take_off take_away get_rid_of unlabel unannotate rip nuke ditch scrap can_go may_go should_go could_go 제거 삭제 지우 빼 없애 떼';

const keyForm = /^(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?\/)?[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?$/;

/** `tag web owner=ana`, `flag node-1 as pool=batch`: a pair tells that no version is meant. */
const tagsWithPair = (clause: Pick<Clause, 'words'>) => {
	const pairs = pairsIn(clause);
	const isQuiet = pairs.every(({key}) => key === key.toLowerCase());
	return (
		pairs.length > 0 &&
		clause.words.some(
			({text, quoted}, at) =>
				!quoted &&
				(/^(?:tag|flag|mark|carry|wear|bear|stick|attach|붙|붙이|달)$/.test(text) || (text === 'put' && isQuiet)) &&
				!isWord(clause.words[at - 1], 'image'),
		) &&
		!spoken(clause, 'image env environment variable 이미지 환경변수 변수')
	);
};

/** Whether a clause speaks of labels or annotations. */
export const speaksOfLabels = (clause: Pick<Clause, 'words'>) =>
	spoken(clause, `${annotating} ${labelling} unlabel unannotate`) || tagsWithPair(clause);

const noKey = /^(?:from|to|of|on|in|at|for|with|and|the|a|an|this|that|its?|pod|pods|new|old|change|set|update|as)$/i;

/** `owner: discovery`, `owner to discovery`, `owner 라벨을 discovery로`. */
function spokenPair({words, text}: Pick<Clause, 'words' | 'text'>, present: readonly string[]): readonly (readonly [string, string])[] {
	const pairs = words.flatMap(({raw, stop}, at): (readonly [string, string])[] => {
		const next = words[at + 1];
		if (!keyForm.test(raw) || noKey.test(raw) || next === undefined || isWord(words[at], 'label') || isWord(words[at], 'annotation'))
			return [];
		if (stop === ':') return [[raw, next.raw]];
		const isNamed =
			isWord(words[at - 1], 'label') ||
			isWord(words[at - 1], 'annotation') ||
			isWord(words[at - 1], '라벨') ||
			isWord(words[at - 1], '레이블') ||
			(isWord(next, 'label') && next.text === 'label') ||
			isWord(next, '라벨') ||
			isWord(next, '레이블') ||
			isWord(next, '어노테이션');
		if (!isNamed) return [];
		const to = words.findIndex((word, index) => index > at && (isWord(word, 'to') || isWord(word, 'as') || word.text === '='));
		const korean = words
			.slice(at + 1)
			.find(word => keyForm.test(word.raw) && new RegExp(`${word.raw}["'\`]?(?:으로|로)(?![가-힣])`).test(text));
		const value = to === -1 ? korean?.raw : words[to + 1]?.raw;
		return value === undefined ? [] : [[raw, value]];
	});
	const known = pairs.filter(([key]) => present.includes(key));
	return known.length > 0 ? known : pairs;
}

/**
 * @param present keys that the object has
 * @returns undefined for a clause that speaks of neither labels nor annotations
 */
export function labelChange(
	clause: Clause,
	present: {readonly labels: readonly string[]; readonly annotations: readonly string[]},
): LabelChange | undefined {
	if (!speaksOfLabels(clause)) return undefined;
	const field = spoken(clause, `${annotating} unannotate`) ? 'annotations' : 'labels';
	const pairs = pairsIn(clause).map(({key, value}) => [key, value] as const);
	if (spoken(clause, removes) || /\b(?:take|pull|peel)\b.{1,60}\boff\b/i.test(clause.text)) {
		const named = new Set(clause.words.map(({raw}) => raw.replace(/-$/, '')));
		return {field, set: {}, remove: [...present[field].filter(key => named.has(key)), ...pairs.map(([key]) => key)]};
	}
	return {field, set: Object.fromEntries(pairs.length > 0 ? pairs : spokenPair(clause, present[field])), remove: []};
}
