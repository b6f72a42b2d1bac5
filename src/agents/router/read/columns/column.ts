import {isJsonObject, type Json} from '../../../../core/json.ts';
import {valueAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {quantityOf} from '../../../../core/kube/quantity.ts';

/** What the size of a column counts: pieces, seconds, bytes or cores. */
export type Unit = 'count' | 'seconds' | 'bytes' | 'cores';

/** Something that can be told of an object, and by which objects are chosen and ranked. */
export type Column = {
	readonly kinds: readonly string[];
	readonly en: string;
	readonly ko: string;
	/** Words for it in both languages, as `spoken` takes them. */
	readonly words: string;
	/** What it holds, as it is shown; nothing where it is not set. */
	readonly values: (object: KubeObject) => readonly string[];
	/** Of what it counts or measures: by which it is compared. */
	readonly size?: {readonly of: (object: KubeObject) => number | undefined; readonly unit: Unit};
	/** One of its values chooses objects by itself: `block-hdd`, `NodePort`. With the words for values that people say otherwise. */
	readonly chooses?: {readonly [value: string]: string};
	/** The kind that its values name: said beside another kind, it is this column and not what is asked for. */
	readonly refers?: string;
};

const plain = (value: Json | undefined): readonly string[] => {
	if (value === undefined || value === null || value === '') return [];
	if (Array.isArray(value)) return value.flatMap(plain);
	if (isJsonObject(value))
		return Object.entries(value).map(([key, each]) => `${key}=${isJsonObject(each) ? JSON.stringify(each) : String(each)}`);
	return [String(value)];
};

/** What stands at a path of an object: lists and maps are several values. */
export const at =
	(...path: readonly string[]) =>
	(object: KubeObject): readonly string[] =>
		plain(valueAt(object, ...path));

/** The number or the quantity at a path. */
export const sizeAt =
	(...path: readonly string[]) =>
	(object: KubeObject): number | undefined => {
		const value = valueAt(object, ...path);
		return typeof value === 'number' || typeof value === 'string' ? quantityOf(value) : undefined;
	};

export const textOf = plain;

type Rest = Pick<Column, 'size' | 'chooses' | 'refers'>;

/** A row of the vocabulary. @param names what it is called, English and Korean parted by a bar */
export function column(kinds: readonly string[], names: string, words: string, values: Column['values'], rest: Rest = {}): Column {
	const [en = '', ko = en] = names.split('|');
	return {kinds, en, ko, words, values, ...rest};
}

/** A plain field that counts: told, compared and ranked by its number. */
export const counted = (kinds: readonly string[], names: string, words: string, path: string, unit: Unit = 'count'): Column =>
	column(kinds, names, words, at(...path.split('.')), {size: {of: sizeAt(...path.split('.')), unit}});

export const has = (column: Column, object: KubeObject): boolean => column.values(object).length > 0;
