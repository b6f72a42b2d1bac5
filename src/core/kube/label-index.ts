import {isJsonObject, type Json, type JsonObject} from '../json.ts';
import {oncePerObject} from '../once-per-object.ts';
import {fitsMap} from './selector.ts';

/** Finds objects by labels without looking through all of them: thousands of Services are not held against thousands of pods one by one. */
export type LabelIndex<Item> = (selector: Json | undefined) => readonly Item[];

/** Kept with the labels: to make the texts and their hashes costs more than all the rest. */
const pairsIn = oncePerObject((labels: JsonObject): readonly string[] => Object.entries(labels).map(([key, value]) => `${key}=${value}`));

const pairsOf = (labels: Json | undefined) => (isJsonObject(labels) ? pairsIn(labels) : []);

/** Indexes objects by each label that a plain selector may name. An empty selector selects nothing. */
export function labelIndex<Item>(items: readonly Item[], labelsOf: (item: Item) => Json | undefined): LabelIndex<Item> {
	const index = new Map<string, Item[]>();
	for (const item of items) {
		for (const pair of pairsOf(labelsOf(item))) {
			const list = index.get(pair);
			if (list === undefined) index.set(pair, [item]);
			else list.push(item);
		}
	}
	return selector => {
		// The rarest of the labels leaves the fewest to look at.
		const lists = pairsOf(selector)
			.map(pair => index.get(pair) ?? [])
			.toSorted((a, b) => a.length - b.length);
		return (lists[0] ?? []).filter(item => fitsMap(selector, labelsOf(item)));
	};
}
