import type {Clause} from '../../clause.ts';
import {clauseOf} from '../../words/clauses-of.ts';
import {removes} from '../../words/removal.ts';
import {renamedIn} from '../../words/renaming.ts';
import {isWord, spoken} from '../../words/spoken.ts';
import {isVersion, pairsIn} from '../../words/values.ts';
import {spokenPair} from './spoken-pair.ts';

/** What a clause wants of labels or annotations. */
export type LabelChange = {
	readonly field: 'labels' | 'annotations';
	readonly set: {readonly [key: string]: string};
	readonly remove: readonly string[];
};

const annotating = 'annotate annotation annotations 어노테이션 애너테이션 주석';
const labelling = 'label labels relabel 라벨 레이블';

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
				!isWord(clause.words[at - 1], 'image') &&
				// `web: tag 1.2, MODE=fast`
				!isVersion(clause.words[at + 1] ?? {raw: ''}),
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

/** `tier=backend` is told by its key where it gets another. */
const withoutValues = ({text}: Clause) => clauseOf(text.replaceAll(/(?<=[\w-])=[\w.-]+/g, ''));

type Held = {readonly [key: string]: unknown};

/** Whether labels and annotations are spoken of at once, so that a pair may be either. */
export const speaksOfBoth = (clause: Pick<Clause, 'words'>) =>
	spoken(clause, annotating) && spoken(clause, labelling) && pairsIn(clause).length > 1;

/** @param present the name of the object, and what it has */
export function labelChange(
	clause: Clause,
	present: {readonly labels: Held; readonly annotations: Held; readonly name?: string},
): LabelChange {
	const field = spoken(clause, `${annotating} unannotate`) ? 'annotations' : 'labels';
	const pairs = pairsIn(clause)
		.filter(({at}) => !isOld(clause, at))
		.map(({key, value}) => [key, value] as const);
	const named = new Set(clause.words.map(({raw}) => raw.replace(/-$/, '')));
	const renamed = renamedIn(withoutValues(clause), Object.keys(present[field]));
	if (renamed !== undefined) {
		const value = pairs.find(([key]) => key === renamed.next)?.[1] ?? String(present[field][renamed.old]);
		return {field, set: {[renamed.next]: value}, remove: [renamed.old]};
	}
	const told = new Set(pairs.map(([key]) => key));
	const gone = Object.keys(present[field]).filter(key => named.has(key) && !told.has(key));
	// `team comes off, owner=ana goes on`: what is gone and what is told are two things.
	if (removes(clause)) return gone.length > 0 ? {field, set: Object.fromEntries(pairs), remove: gone} : {field, set: {}, remove: [...told]};
	return {
		field,
		set: Object.fromEntries(pairs.length > 0 ? pairs : spokenPair(clause, {now: present[field], name: present.name})),
		remove: [],
	};
}
