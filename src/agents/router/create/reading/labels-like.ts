import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {Labels} from '../manifests/object.ts';
import type {Wish} from './wish.ts';

const alike =
	/\bsame\b[^.;]{0,40}\blabels?\b|\blabels?\b[^.;]{0,30}\b(?:same|identical|like|from|of|as)\b|\blabell?ed\b[^.;]{0,20}\b(?:like|as)\b|\b[\w-]+'s? labels\b|(?:같은|동일한|똑같은) ?(?:라벨|레이블)|(?:라벨|레이블)[^.]{0,12}(?:똑같|동일|같게|그대로|복사)/i;

/** `with the same env and team labels as shop`: the labels of something of the kind that is there, those that are named or all; undefined where none is meant. */
export function labelsLike({text, words}: Pick<Wish, 'text' | 'words'>, live: readonly KubeObject[]): Labels | undefined {
	if (!alike.test(text)) return undefined;
	const source = words.flatMap(({raw}) => live.find(({metadata}) => metadata.name === raw) ?? []).at(0);
	if (source === undefined) return undefined;
	const own = Object.entries(source.metadata.labels ?? {}).filter(([key]) => !key.startsWith('kubernetes.io/'));
	const named = own.filter(([key]) => new RegExp(`(?<![\\w-])${key}(?![\\w=-])(?=[^.;]*(?:labels?|라벨|레이블))`, 'i').test(text));
	return Object.fromEntries(named.length > 0 ? named : own);
}

/** Whether a wish speaks of the labels of something else. */
export const speaksOfLabelsLike = ({text}: Pick<Wish, 'text'>) => /\bsame\b[^.;]{0,40}\blabels?\b|같은 ?(?:라벨|레이블)/i.test(text);
