import {byDigits, byText, isDigits, type Order} from './order.ts';

/** A number, a qualifier, or a list that a hyphen or a change from digits to letters began. */
type Item = string | readonly Item[];
type Building = (string | Building)[];

const qualifiers = ['alpha', 'beta', 'milestone', 'rc', 'snapshot', '', 'sp'];
const aliases: {readonly [word: string]: string} = {ga: '', final: '', release: '', cr: 'rc'};
const shortened: {readonly [word: string]: string} = {a: 'alpha', b: 'beta', m: 'milestone'};

const qualifier = (word: string, isBeforeDigit: boolean) => (isBeforeDigit ? shortened[word] : undefined) ?? aliases[word] ?? word;
const number = (digits: string) => digits.replace(/^0+(?=\d)/, '');

const isNull = (item: Item) => (typeof item === 'string' ? item === '' || item === '0' : item.length === 0);

/** Drops what says nothing at the end of a list, and before the list that ends it. */
function normalized(items: Building): void {
	for (let index = items.length - 1; index >= 0; index--) {
		const item = items[index];
		if (item === undefined) continue;
		if (isNull(item)) items.splice(index, 1);
		else if (typeof item === 'string') break;
	}
}

function parse(version: string): readonly Item[] {
	const root: Building = [];
	const open = [root];
	let list = root;
	const deeper = () => {
		const next: Building = [];
		list.push(next);
		open.push(next);
		list = next;
	};
	// Separators and runs: an empty run stands between two separators.
	let isAfterSeparator = true;
	for (const {0: text, index} of version.matchAll(/[.-]|\d+|[^.\d-]+/g)) {
		const next = version[index + text.length] ?? '';
		if (text === '.' || text === '-') {
			if (isAfterSeparator) list.push('0');
			isAfterSeparator = true;
			if (text === '-') deeper();
			continue;
		}
		list.push(isDigits(text) ? number(text) : qualifier(text, /\d/.test(next)));
		isAfterSeparator = false;
		if (next !== '' && next !== '.' && next !== '-') deeper();
	}
	for (const each of open.toReversed()) normalized(each);
	return root;
}

const place = (word: string) => {
	const known = qualifiers.indexOf(word);
	return known === -1 ? qualifiers.length : known;
};
const release = place('');
const isNumber = (item: Item): item is string => typeof item === 'string' && isDigits(item);

function byQualifier(a: string, b: string): number {
	return place(a) - place(b) || (place(a) === qualifiers.length ? byText(a, b) : 0);
}

/** What an item is beside nothing at all. */
function beside(item: Item): number {
	if (isNumber(item)) return item === '0' ? 0 : 1;
	if (typeof item === 'string') return place(item) - release;
	for (const each of item) {
		const difference = beside(each);
		if (difference !== 0) return difference;
	}
	return 0;
}

/** Numbers are newer than lists, lists newer than qualifiers. */
const rank = (item: Item) => (isNumber(item) ? 2 : typeof item === 'string' ? 0 : 1);

function byItem(a: Item | undefined, b: Item | undefined): number {
	if (a === undefined) return b === undefined ? 0 : -beside(b);
	if (b === undefined) return beside(a);
	if (rank(a) !== rank(b)) return rank(a) - rank(b);
	if (typeof a === 'string' && typeof b === 'string') return isNumber(a) ? byDigits(a, b) : byQualifier(a, b);
	for (let index = 0; index < Math.max(a.length, b.length); index++) {
		const difference = byItem(a[index], b[index]);
		if (difference !== 0) return difference;
	}
	return 0;
}

/**
 * Maven, where a qualifier after a dot is older than one after a hyphen, as its registry's advisories count; Maven 3.9 makes no difference.
 * @see https://maven.apache.org/pom.html#version-order-specification
 */
export const byMaven: Order = (a, b) => byItem(parse(a.trim().toLowerCase()), parse(b.trim().toLowerCase()));
