import type {Json} from '../../../core/json.ts';
import {ownWords} from './own-words.ts';

/** A value that words stand for: `Local` for "keep the client IPs". `alone`: it says by itself which field is meant. */
export type Choice = {readonly value: Json; readonly words: RegExp; readonly alone?: boolean};

/**
 * What a field holds, and so which values of a request fit it. Seconds come from durations and bare numbers; a share is a whole number, or a percentage as
 * text; a name begins with a letter, a text is any word; a flag is on where its words stand alone; texts are a list, and addresses one of `10.0.0.0/8`.
 */
export type Holds = 'count' | 'share' | 'seconds' | 'cpu' | 'bytes' | 'name' | 'text' | 'texts' | 'addresses' | 'flag' | readonly Choice[];

/**
 * Where a field stands. `job`: in the job spec of a Job, or of what makes Jobs; `pod`: in the pod spec of what runs pods; `container`: in the container
 * that is meant.
 */
export type Place = 'object' | 'job' | 'pod' | 'container';

/** A field that people speak of, and where it stands. */
export type Field = {
	readonly kinds: readonly string[];
	readonly place: Place;
	readonly path: readonly string[];
	/** The words for it in both languages, and its own name, for text in lower case. */
	readonly words: RegExp;
	readonly holds: Holds;
	/** Values with words of their own, beside what it holds: `none missing` is a count of 0. */
	readonly means?: readonly Choice[];
	/** Excludes the other way of saying the same. */
	readonly instead?: readonly string[];
	/** Its name is an ordinary word: it is meant only where its value stands right behind it. */
	readonly strict?: boolean;
};

/** What a field is called by its own name: a `type` that says nothing alone by what it is the type of, too. */
export const ownNames = (path: readonly string[]): readonly string[] => {
	const [around = '', name = ''] = path.slice(-2);
	return path.length > 1 && name === 'type' && around !== 'spec' ? [around, `${around}Type`] : path.slice(-1);
};

/** A row of the vocabulary. @param path such as `spec.type`; its last part is a word for it, too, however it is written: `backoffLimit`, `backoff limit`, `back-off-limit` */
export function field(kinds: readonly string[], place: Place, path: string, holds: Holds, words: RegExp, instead?: string): Field {
	const own = ownNames(path.split('.'))
		.map(name => ownWords([name]))
		.join('|');
	return {
		kinds,
		place,
		path: path.split('.'),
		holds,
		words: new RegExp(`${words.source}|${own}`, 'g'),
		...(instead === undefined ? {} : {instead: instead.split('.')}),
	};
}

/** Values that are called by their own names. */
export const named = (...values: readonly string[]): readonly Choice[] =>
	values.map(value => ({
		value,
		words: new RegExp(`(?<![\\w-]|\\w\\.)${value.replaceAll(/(?<=[a-z])[A-Z]/g, letter => `[ -]?${letter}`)}(?!\\.?[\\w-])`, 'gi'),
	}));

/** A value with words of its own, by which the field is meant though nothing names it. */
export const meaning = (value: Json, words: RegExp): Choice => ({value, words: new RegExp(words.source, 'gi'), alone: true});

/** A field that also has values with words of their own. */
export const alsoMeant = (means: readonly Choice[], one: Field): Field => ({...one, means});
