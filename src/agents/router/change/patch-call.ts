import {isDeepStrictEqual} from 'node:util';
import {isJsonObject, type Json, type JsonObject} from '../../../core/json.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {pointerTo} from '../../../core/patch/json-pointer.ts';
import type {Call} from '../understanding.ts';

type Operation = {readonly op: 'test' | 'add' | 'replace' | 'remove'; readonly path: string; readonly value?: Json};

/**
 * The call that turns a live object into another one by a JSON patch, which touches what differs and nothing else. An item of a list is
 * told by its place, so its name is tested first: a list that was sorted anew in the meantime fails the patch, not the wrong container.
 */
export const patchCall = (before: KubeObject, after: Json | undefined): Call => ({
	tool: 'resource_patch',
	input: {
		kind: before.kind,
		name: before.metadata.name,
		...(before.metadata.namespace === undefined ? {} : {namespace: before.metadata.namespace}),
		type: 'json',
		patch: JSON.stringify(operationsBetween(before, after)),
	},
});

/** The operations of RFC 6902 that lead from one value to the other. */
export function operationsBetween(before: Json | undefined, after: Json | undefined, path: readonly string[] = []): readonly Operation[] {
	if (isDeepStrictEqual(before, after)) return [];
	const pointer = pointerTo(path);
	if (after === undefined) return [{op: 'remove', path: pointer}];
	if (before === undefined) return [{op: 'add', path: pointer, value: after}];
	if (isJsonObject(before) && isJsonObject(after)) return betweenMaps(before, after, path);
	if (Array.isArray(before) && Array.isArray(after)) return betweenLists(before, after, path);
	return [{op: 'replace', path: pointer, value: after}];
}

function betweenMaps(before: JsonObject, after: JsonObject, path: readonly string[]): readonly Operation[] {
	const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
	return keys.flatMap(key => operationsBetween(before[key], after[key], [...path, key]));
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

const eachItem = (before: readonly Json[], after: readonly Json[], path: readonly string[]) =>
	before.flatMap((item, index) => {
		const here = [...path, String(index)];
		const operations = operationsBetween(item, after[index], here);
		return operations.length === 0 ? [] : [testName(item, here), ...operations];
	});

const added = (items: readonly Json[], path: readonly string[]): readonly Operation[] =>
	items.map(value => ({op: 'add', path: pointerTo([...path, '-']), value}));
