import type {Amount} from '../../../words/amounts.ts';
import {indexOfWord} from '../naming.ts';
import type {Wish} from '../wish.ts';

/** A piece of the text of a wish. */
export type Span = {readonly from: number; readonly to: number};

export const overlaps = (one: Span, other: Span) => one.from < other.to && other.from < one.to;

/** Where a pattern with the flag `g` matches. */
export const spansOf = (pattern: RegExp, text: string): readonly (Span & {readonly said: string})[] =>
	[...text.matchAll(pattern)].map(({0: said, index}) => ({from: index, to: index + said.length, said}));

/** Where an amount stands in the text. */
export function spanOf(wish: Wish, {first, last}: Amount): Span {
	const from = indexOfWord(wish, first);
	return {
		from,
		to: last === first ? from + (wish.words[first]?.raw.length ?? 0) : indexOfWord(wish, last) + (wish.words[last]?.raw.length ?? 0),
	};
}

/** The text, as long as before, with spaces for its names: what they are made of says nothing. */
export const withoutNames = (text: string, names: readonly string[]): string =>
	names
		.filter(name => name !== '')
		.reduce(
			(now, name) =>
				now.replaceAll(
					new RegExp(`(?<![\\w./-])${name.replaceAll(/[.*+?^$()|[\]\\{}]/g, '\\$&')}(?![\\w/-]|\\.\\w)`, 'g'),
					' '.repeat(name.length),
				),
			text,
		);

const cuts = /[,;](?=\s|$)|\.(?=\s|$)|\s(?:and|plus|with|as well as|및|그리고|\/)(?=\s)|(?<=[가-힣\d])(?:와|과|고|며|랑)(?=[\s,])/g;

/** The parts of a list, as pieces of the text: what stands in one belongs together. */
export function listParts(text: string, pattern: RegExp = cuts): readonly Span[] {
	const found = [...text.matchAll(pattern)];
	const begins = [0, ...found.map(({0: cut, index}) => index + cut.length)];
	return begins.map((from, index) => ({from, to: found[index]?.index ?? text.length}));
}

/** The part that a place stands in. */
export const partAt = (parts: readonly Span[], at: number): Span => parts.find(({from, to}) => at >= from && at < to) ?? {from: 0, to: 0};
