import {canonicalJson, isJsonObject, type Json, type JsonObject} from '../json.ts';
import {pointerSteps} from './json-pointer.ts';
import {PatchError} from './patch-error.ts';

/**
 * Applies a JSON patch (RFC 6902), all operations or none. Neither argument is changed.
 * @throws PatchError with the number of the operation, from 1, when one is malformed or does not fit
 */
export function jsonPatch(target: Json, operations: Json): Json {
	if (!Array.isArray(operations)) throw new PatchError('A JSON patch is a list of operations');
	return operations.reduce<Json>((document, operation, index) => {
		if (!isJsonObject(operation)) throw new PatchError(`Operation ${index + 1} is not an object`);
		try {
			return applyOne(document, operation);
		} catch (error) {
			if (!(error instanceof PatchError)) throw error;
			throw new PatchError(`Operation ${index + 1} (${String(operation.op)} ${String(operation.path)}): ${error.message}`);
		}
	}, target);
}

function applyOne(document: Json, operation: JsonObject): Json {
	const path = pointer(operation.path);
	switch (operation.op) {
		case 'add':
			return put(document, path, valueIn(operation), true);
		case 'replace':
			read(document, path);
			return put(document, path, valueIn(operation), false);
		case 'remove':
			return remove(document, path);
		case 'test':
			if (canonicalJson(read(document, path)) !== canonicalJson(valueIn(operation))) throw new PatchError('the value is another one');
			return document;
		case 'copy':
			return put(document, path, read(document, pointer(operation.from)), true);
		case 'move':
			return move(document, pointer(operation.from), path);
		default:
			throw new PatchError('the operation is none of add, remove, replace, move, copy, test');
	}
}

function move(document: Json, from: readonly string[], path: readonly string[]): Json {
	if (path.length > from.length && from.every((segment, index) => path[index] === segment))
		throw new PatchError('a value cannot be moved into itself');
	return put(remove(document, from), path, read(document, from), true);
}

/** The empty pointer is the whole document. */
function pointer(path: Json | undefined): readonly string[] {
	if (typeof path !== 'string') throw new PatchError('the path is missing');
	if (path === '') return [];
	if (!path.startsWith('/')) throw new PatchError('the path does not start with a slash');
	return pointerSteps(path);
}

function valueIn({value}: JsonObject): Json {
	if (value === undefined) throw new PatchError('the value is missing');
	return value;
}

/** Place in a list: digits without a leading zero. `-` is the end, for adding alone. */
function indexIn(list: readonly Json[], segment: string, adding: boolean): number {
	if (segment === '-' && adding) return list.length;
	const index = /^(0|[1-9]\d{0,8})$/.test(segment) ? Number(segment) : Number.NaN;
	if (!(index < list.length + (adding ? 1 : 0))) throw new PatchError(`the list has no place ${segment}`);
	return index;
}

function child(value: Json, segment: string): Json {
	if (Array.isArray(value)) return value[indexIn(value, segment, false)] ?? null;
	const found = isJsonObject(value) && Object.hasOwn(value, segment) ? value[segment] : undefined;
	if (found === undefined) throw new PatchError(`there is no ${segment}`);
	return found;
}

const read = (document: Json, path: readonly string[]): Json => path.reduce(child, document);

function withEntry(object: JsonObject, key: string, value: Json): JsonObject {
	return Object.fromEntries([...Object.entries(object).filter(([other]) => other !== key), [key, value]]);
}

function put(document: Json, path: readonly string[], value: Json, adding: boolean): Json {
	const [segment, ...rest] = path;
	if (segment === undefined) return value;
	if (Array.isArray(document)) {
		const index = indexIn(document, segment, adding && rest.length === 0);
		if (rest.length > 0) return document.with(index, put(document[index] ?? null, rest, value, adding));
		return adding ? document.toSpliced(index, 0, value) : document.with(index, value);
	}
	if (!isJsonObject(document)) throw new PatchError(`there is nothing under ${segment} to change`);
	return withEntry(document, segment, rest.length === 0 ? value : put(child(document, segment), rest, value, adding));
}

function remove(document: Json, path: readonly string[]): Json {
	const [segment, ...rest] = path;
	if (segment === undefined) throw new PatchError('the whole object cannot be removed');
	const inner = child(document, segment);
	if (Array.isArray(document)) {
		const index = indexIn(document, segment, false);
		return rest.length === 0 ? document.toSpliced(index, 1) : document.with(index, remove(inner, rest));
	}
	if (!isJsonObject(document)) throw new PatchError(`there is no ${segment}`);
	if (rest.length > 0) return withEntry(document, segment, remove(inner, rest));
	return Object.fromEntries(Object.entries(document).filter(([key]) => key !== segment));
}
