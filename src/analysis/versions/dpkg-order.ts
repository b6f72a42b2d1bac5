import {byDigits, byText, type Order} from './order.ts';

/** A tilde is older than the end, letters are older than other characters. */
const weight = (character: string | undefined) => {
	if (character === undefined) return 0;
	if (character === '~') return -1;
	return /[A-Za-z]/.test(character) ? character.charCodeAt(0) : character.charCodeAt(0) + 256;
};

function byNonDigits(a: string, b: string): number {
	for (let index = 0; index < Math.max(a.length, b.length); index++) {
		const difference = weight(a[index]) - weight(b[index]);
		if (difference !== 0) return difference;
	}
	return 0;
}

/** Runs of other characters and of digits by turns, each of which may be empty. */
const byTurns: Order = (a, b) => {
	const runs = (text: string) => text.match(/\D+|\d+/g) ?? [];
	const withStart = (list: readonly string[]) => (/^\d/.test(list[0] ?? '') ? ['', ...list] : list);
	const [left, right] = [withStart(runs(a)), withStart(runs(b))];
	for (let index = 0; index < Math.max(left.length, right.length); index++) {
		const order = index % 2 === 0 ? byNonDigits : byDigits;
		const difference = order(left[index] ?? '', right[index] ?? '');
		if (difference !== 0) return difference;
	}
	return 0;
};

function parse(version: string) {
	const text = version.trim();
	const [, epoch = '', rest = text] = /^(\d+):(.*)$/s.exec(text) ?? [];
	const dash = rest.lastIndexOf('-');
	return dash === -1 ? {epoch, upstream: rest, revision: ''} : {epoch, upstream: rest.slice(0, dash), revision: rest.slice(dash + 1)};
}

/**
 * Debian and what is made of it.
 * @see https://www.debian.org/doc/debian-policy/ch-controlfields.html#version
 */
export const byDpkg: Order = (a, b) => {
	const [left, right] = [parse(a), parse(b)];
	return byDigits(left.epoch, right.epoch) || byTurns(left.upstream, right.upstream) || byTurns(left.revision, right.revision);
};

/**
 * OCaml's opam: Debian's order of the whole text, without epoch or revision.
 * @see https://opam.ocaml.org/doc/Manual.html#version-ordering
 */
export const byOpam: Order = (a, b) => byTurns(a, b) || byText(a, b);
