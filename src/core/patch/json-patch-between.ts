import {canonicalJson, isJsonObject, type Json, type JsonObject} from '../json.ts';
import {pointerTo} from './json-pointer.ts';

type Operation = {readonly op: 'test' | 'add' | 'replace' | 'remove'; readonly path: string; readonly value?: Json};

const isSame = (one: Json | undefined, other: Json | undefined) =>
	one === undefined || other === undefined ? one === other : canonicalJson(one) === canonicalJson(other);

/**
 * The operations of RFC 6902 that lead from one value to the other and touch what differs, nothing else. An item of a list is told by its place, so its
 * name is tested first: a list that was sorted anew in the meantime fails the patch instead of the wrong item.
 */
export function jsonPatchBetween(before: Json | undefined, after: Json | undefined, path: readonly string[] = []): readonly Operation[] {
	// What both share is not gone through: a change of one field touches few of an object's maps.
	if (before === after) return [];
	if (isJsonObject(before) && isJsonObject(after)) return betweenMaps(before, after, path);
	if (isSame(before, after)) return [];
	const pointer = pointerTo(path);
	if (after === undefined) return [{op: 'remove', path: pointer}];
	if (before === undefined) return [{op: 'add', path: pointer, value: after}];
	if (Array.isArray(before) && Array.isArray(after)) return betweenLists(before, after, path);
	return [{op: 'replace', path: pointer, value: after}];
}

function betweenMaps(before: JsonObject, after: JsonObject, path: readonly string[]): readonly Operation[] {
	const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
	return keys.flatMap(key => jsonPatchBetween(before[key], after[key], [...path, key]));
}

const nameOf = (item: Json | undefined) => (isJsonObject(item) && typeof item.name === 'string' ? item.name : undefined);

/** Items of a named list go first, from the end, so that the places before them stay; then each changes in its place; new ones come last. */
function betweenLists(before: readonly Json[], after: readonly Json[], path: readonly string[]): readonly Operation[] {
	const names = after.map(nameOf);
	const kept = before.filter(item => names.includes(nameOf(item)));
	const isNamed = [...before, ...after].every(item => nameOf(item) !== undefined);
	if (isNamed && kept.every((item, index) => nameOf(item) === names[index]))
		return [...taken(before, names, path), ...eachItem(kept, after, path), ...added(after.slice(kept.length), path)];
	return [
		{op: 'test', path: pointerTo(path), value: before},
		{op: 'replace', path: pointerTo(path), value: after},
	];
}

const taken = (before: readonly Json[], names: readonly (string | undefined)[], path: readonly string[]) =>
	before
		.flatMap((item, index) => {
			const here = [...path, String(index)];
			return names.includes(nameOf(item)) ? [] : [[testName(item, here), {op: 'remove', path: pointerTo(here)} as const]];
		})
		.toReversed()
		.flat();

const testName = (item: Json | undefined, path: readonly string[]): Operation => ({
	op: 'test',
	path: pointerTo([...path, 'name']),
	value: nameOf(item) ?? '',
});

/** Variables of a container are written whole: a value without its name beside it would have to be taken for a secret. */
const isWhole = (path: readonly string[]) => path.at(-1) === 'env';

const eachItem = (before: readonly Json[], after: readonly Json[], path: readonly string[]) =>
	before.flatMap((item, index) => {
		const here = [...path, String(index)];
		const [now, next] = [item, after[index]];
		const whole = isWhole(path) && next !== undefined && !isSame(now, next);
		const operations: readonly Operation[] = whole
			? [{op: 'replace', path: pointerTo(here), value: next}]
			: jsonPatchBetween(now, next, here);
		return operations.length === 0 ? [] : [testName(item, here), ...operations];
	});

const added = (items: readonly Json[], path: readonly string[]): readonly Operation[] =>
	items.map(value => ({op: 'add', path: pointerTo([...path, '-']), value}));
