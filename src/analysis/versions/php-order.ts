import {byDigits, isDigits, type Order} from './order.ts';

/** `#` stands for a number. A word that is none of these is older than all of them. */
const words: readonly (readonly [string, number])[] = [
	['dev', 0],
	['alpha', 1],
	['a', 1],
	['beta', 2],
	['b', 2],
	['RC', 3],
	['rc', 3],
	['#', 4],
	['pl', 5],
	['p', 5],
];
const weight = (text: string) => words.find(([word]) => text.startsWith(word))?.[1] ?? -1;

const partsOf = (version: string) =>
	version
		.trim()
		.replace(/^v/i, '')
		.replace(/[-_+]/g, '.')
		.replace(/([^\d.])(?=\d)|(\d)(?=[^\d.])/g, '$1$2.')
		.split('.')
		.filter(part => part !== '');

const byPart: Order = (a, b) => {
	const [isNumber, isOther] = [isDigits(a), isDigits(b)];
	return isNumber && isOther ? byDigits(a, b) : weight(isNumber ? '#' : a) - weight(isOther ? '#' : b);
};

/**
 * Packagist, as PHP compares versions.
 * @see https://www.php.net/manual/function.version-compare.php
 */
export const byPhp: Order = (a, b) => {
	const [left, right] = [partsOf(a), partsOf(b)];
	for (const [index, one] of left.entries()) {
		const other = right[index];
		// What goes on is newer with a number or a patch, and older with a pre-release.
		const difference = other === undefined ? (isDigits(one) ? 1 : byPart(one, '0')) : byPart(one, other);
		if (difference !== 0) return difference;
	}
	const next = right[left.length];
	return next === undefined ? 0 : isDigits(next) ? -1 : byPart('0', next);
};
