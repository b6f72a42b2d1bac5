import {canonicalJson, isJsonObject, type Json} from '../../../src/core/json.ts';
import {quantityOf, sameQuantity} from '../../../src/core/kube/quantity.ts';

/**
 * Whether `have` holds all that `want` asks: maps are subsets, of a list of maps each is found somewhere, a list of scalars has the same
 * scalars in any order, quantities count by value. A map of keys that start with `$` asks by operators, see the page of the set.
 */
export function isSubset(want: Json, have: Json | undefined): boolean {
	if (want === '$absent') return isEmpty(have);
	if (want === '$present') return !isEmpty(have);
	if (Array.isArray(want)) return isListSubset(want, have);
	if (isJsonObject(want)) {
		const entries = Object.entries(want);
		return isOperators(want)
			? entries.every(([name, operand]) => operators[name]?.(operand ?? null, have) ?? false)
			: isJsonObject(have) && entries.every(([key, value]) => isSubset(value ?? null, have[key]));
	}
	if (typeof want === 'string' && typeof have === 'string') return want === have || isSameQuantity(want, have);
	return want === (have ?? null);
}

/** Whether a map consists of operators. */
export const isOperators = (want: Json): boolean =>
	isJsonObject(want) && keysOf(want).length > 0 && keysOf(want).every(key => key.startsWith('$'));

const keysOf = (map: object) => Object.keys(map);

const isEmpty = (have: Json | undefined) =>
	have === undefined || have === null || have === '' || (typeof have === 'object' && keysOf(have).length === 0);

function isListSubset(want: readonly Json[], have: Json | undefined): boolean {
	if (want.length === 0) return isEmpty(have) || have === false || have === 0;
	if (!Array.isArray(have)) return false;
	if (isJsonObject(want[0])) return want.every(one => have.some((other: Json) => isSubset(one, other)));
	const sorted = (list: readonly Json[]) => list.map(textOf).sort();
	return canonicalJson(sorted(want)) === canonicalJson(sorted(have));
}

const textOf = (value: Json) => (typeof value === 'string' ? value : canonicalJson(value));
const isSameQuantity = (one: string, other: string) => quantityOf(one) !== undefined && sameQuantity(one, other);

function amount(value: Json | undefined): number {
	const found = typeof value === 'string' || typeof value === 'number' ? quantityOf(value) : undefined;
	return found ?? Number.NaN;
}

const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);
const holdsAll = (wanted: Json, have: Json | undefined) =>
	Array.isArray(have) && listOf(wanted).every(one => have.some((other: Json) => isSubset(one, other)));

const operators: {readonly [name: string]: (operand: Json, have: Json | undefined) => boolean} = {
	$in: (operand, have) => listOf(operand).some(one => canonicalJson(one) === canonicalJson(have)),
	$not: (operand, have) => !isSubset(operand, have),
	// Of what is no quantity neither is true.
	$gte: (operand, have) => amount(have) >= amount(operand),
	$lte: (operand, have) => amount(have) <= amount(operand),
	$re: (operand, have) => new RegExp(textOf(operand)).test(have === undefined || have === null ? '' : textOf(have)),
	$has: holdsAll,
	$only: (operand, have) => listOf(have).length === listOf(operand).length && holdsAll(operand, have),
};
