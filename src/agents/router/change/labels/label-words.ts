import type {Clause} from '../../clause.ts';
import {isWord, spoken} from '../../words/spoken.ts';
import {pairsIn} from '../../words/values.ts';
import {spokenPair} from './spoken-pair.ts';

/** What a clause wants of labels or annotations. */
export type LabelChange = {
	readonly field: 'labels' | 'annotations';
	readonly set: {readonly [key: string]: string};
	readonly remove: readonly string[];
};

const annotating = 'annotate annotation annotations 어노테이션 애너테이션 주석';
const labelling = 'label labels relabel 라벨 레이블';
const removes =
	'remove drop delete unset clear strip take_off take_away get_rid_of unlabel unannotate comes_off come_off rip nuke ditch scrap can_go may_go should_go could_go 제거 삭제 지우 빼 없애 떼';

/** `tag web owner=ana`, `flag node-1 as pool=batch`: a pair tells that no version is meant. */
const tagsWithPair = (clause: Pick<Clause, 'words'>) => {
	const pairs = pairsIn(clause);
	const isQuiet = pairs.every(({key}) => key === key.toLowerCase());
	return (
		pairs.length > 0 &&
		clause.words.some(
			({text, quoted}, at) =>
				!quoted &&
				(/^(?:tag|flag|mark|carry|wear|bear|stick|attach|붙|붙이|달)$/.test(text) || (isQuiet && /^(?:put|belongs?|goes)$/.test(text))) &&
				!isWord(clause.words[at - 1], 'image'),
		) &&
		!spoken(clause, 'image env environment variable 이미지 환경변수 변수')
	);
};

/** Whether a clause speaks of labels or annotations. */
export const speaksOfLabels = (clause: Pick<Clause, 'words'>) =>
	spoken(clause, `${annotating} ${labelling} unlabel unannotate`) || tagsWithPair(clause);

/** `instead of team=web`: what stands there now. */
const isOld = ({words}: Pick<Clause, 'words'>, at: number) =>
	/^(?:of|than|not|from)$/.test(words[at - 1]?.text ?? '') || /^(?:대신|말고|에서)$/.test(words[at + 1]?.text ?? '');

/** @param present keys that the object has */
export function labelChange(
	clause: Clause,
	present: {readonly labels: readonly string[]; readonly annotations: readonly string[]},
): LabelChange {
	const field = spoken(clause, `${annotating} unannotate`) ? 'annotations' : 'labels';
	const pairs = pairsIn(clause)
		.filter(({at}) => !isOld(clause, at))
		.map(({key, value}) => [key, value] as const);
	const named = new Set(clause.words.map(({raw}) => raw.replace(/-$/, '')));
	const told = new Set(pairs.map(([key]) => key));
	const gone = present[field].filter(key => named.has(key) && !told.has(key));
	const isRemoval = spoken(clause, removes) || /\b(?:take|pull|peel)\b.{1,60}\boff\b/i.test(clause.text);
	// `team comes off, owner=ana goes on`: what is gone and what is told are two things.
	if (isRemoval) return gone.length > 0 ? {field, set: Object.fromEntries(pairs), remove: gone} : {field, set: {}, remove: [...told]};
	return {field, set: Object.fromEntries(pairs.length > 0 ? pairs : spokenPair(clause, present[field])), remove: []};
}
