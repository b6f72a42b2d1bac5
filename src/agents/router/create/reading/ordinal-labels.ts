import {pairsIn} from '../../words/values.ts';
import {wordsOf} from '../../words/words-of.ts';
import type {Labels} from '../manifests/object.ts';
import type {Wish} from './wish.ts';

/** Which of several a remark is about, by its place in their list. */
const ordinals: readonly (readonly [place: number, pattern: RegExp])[] = [
	[0, /\b(?:first|former)(?: one)?\b|(?:앞|첫 ?번째|전자)(?:의|은|는| )?(?:것|거|쪽)?/gi],
	[1, /\b(?:second|latter|other)(?: one)?\b|(?:뒤|두 ?번째|후자|나머지)(?:의|은|는| )?(?:것|거|쪽)?/gi],
	[2, /\bthird(?: one)?\b|세 ?번째(?:의|은|는| )?(?:것|거|쪽)?/gi],
	[-1, /\blast(?: one)?\b|마지막(?:의|은|는| )?(?:것|거|쪽)?/gi],
];

/** What is said of each of several: `the first one gets env=production, the other env=staging`. One map for each name; undefined where no place is said. */
export function ordinalLabels({text}: Pick<Wish, 'text'>, names: readonly string[]): readonly Labels[] | undefined {
	const byName = names.flatMap((name, place) =>
		[
			...text.matchAll(new RegExp(`(?<![\\w.-])${name}(?![\\w.-])(?= ?(?:is|gets|should|with|carries|labell?ed|은|는|에는|엔|\\())`, 'g')),
		].map(({index}) => ({index, place})),
	);
	const byOrder = ordinals.flatMap(([place, pattern]) =>
		[...text.matchAll(pattern)].map(({index}) => ({index, place: place < 0 ? names.length - 1 : place})),
	);
	const marks = [...byOrder, ...(byName.length > 1 ? byName : [])].toSorted((left, right) => left.index - right.index);
	if (names.length < 2 || marks.length < 2) return undefined;
	const labels: Record<string, string>[] = names.map(() => ({}));
	for (const [at, {index, place}] of marks.entries()) {
		const part = text.slice(index, marks[at + 1]?.index ?? text.length);
		for (const {key, value} of pairsIn({words: wordsOf(part)})) Object.assign(labels[place] ?? {}, {[key]: value});
	}
	return labels.some(one => Object.keys(one).length > 0) ? labels : undefined;
}
