import {isJsonObject, type Json} from '../json.ts';
import {valueAt} from './json-at.ts';
import {fitsMap} from './selector.ts';

/** Finds objects by labels without looking through all of them: thousands of Services are not held against thousands of pods one by one. */
export type LabelIndex<Item> = (selector: Json | undefined) => readonly Item[];

/** Indexes objects by each label that a plain selector may name, once one names it: most are named by none. An empty selector selects nothing. */
export function labelIndex<Item>(items: readonly Item[], labelsOf: (item: Item) => Json | undefined): LabelIndex<Item> {
	const byKey = new Map<string, ReadonlyMap<Json | undefined, readonly Item[]>>();
	const withLabel = (key: string, value: Json | undefined) => {
		const known = byKey.get(key) ?? Map.groupBy(items, item => valueAt(labelsOf(item), key));
		byKey.set(key, known);
		return known.get(value) ?? [];
	};
	return selector => {
		// The rarest of the labels leaves the fewest to look at.
		const lists = Object.entries(isJsonObject(selector) ? selector : {})
			.map(([key, value]) => withLabel(key, value))
			.toSorted((a, b) => a.length - b.length);
		const [rarest = [], ...others] = lists;
		return others.length === 0 ? rarest : rarest.filter(item => fitsMap(selector, labelsOf(item)));
	};
}
