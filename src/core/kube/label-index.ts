import {isJsonObject, type Json} from '../json.ts';
import {fitsMap} from './selector.ts';

/** Finds objects by labels without looking through all of them: thousands of Services are not held against thousands of pods one by one. */
export type LabelIndex<Item> = (selector: Json | undefined) => readonly Item[];

/** Indexes objects by each label that a plain selector may name. An empty selector selects nothing. */
export function labelIndex<Item>(items: readonly Item[], labelsOf: (item: Item) => Json | undefined): LabelIndex<Item> {
	const index = new Map<string, Item[]>();
	for (const item of items) {
		const labels = labelsOf(item);
		for (const [key, value] of Object.entries(isJsonObject(labels) ? labels : {})) {
			const list = index.get(`${key}=${value}`);
			if (list === undefined) index.set(`${key}=${value}`, [item]);
			else list.push(item);
		}
	}
	return selector => {
		const wanted = Object.entries(isJsonObject(selector) ? selector : {});
		// The rarest of the labels leaves the fewest to look at.
		const lists = wanted.map(([key, value]) => index.get(`${key}=${value}`) ?? []).toSorted((a, b) => a.length - b.length);
		return (lists[0] ?? []).filter(item => fitsMap(selector, labelsOf(item)));
	};
}
