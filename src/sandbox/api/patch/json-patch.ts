import {isJsonObject, type Json} from '../../../core/json.ts';
import {pointerSteps} from '../../../core/patch/json-pointer.ts';
import {sameJson} from '../../same-json.ts';
import {StatusError} from '../../status-error.ts';
import {badRequest} from '../errors.ts';

// The server keeps the reason to itself.
const refuse = () => new StatusError(422, 'Invalid', 'the server rejected our request due to an error in our request', {});

/** JSON patch (RFC 6902). Throws 400 for a patch that is none, 422 when a step does not fit the object. */
export function jsonPatch(target: Json, operations: Json): Json {
	if (!Array.isArray(operations))
		throw badRequest('error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp');
	return operations.reduce<Json>((value, operation) => step(value, operation), target);
}

function step(value: Json, operation: Json): Json {
	if (!isJsonObject(operation)) throw badRequest('error decoding patch: an operation must be an object');
	const {op, path, from} = operation;
	if (typeof op !== 'string' || typeof path !== 'string') throw badRequest('error decoding patch: an operation needs op and path');
	const at = pointerSteps(path);
	const given = operation.value ?? null;
	switch (op) {
		case 'add':
			return change(value, at, () => given, 'insert');
		case 'replace':
			// A member that is missing is added: the server's library looks for the parent alone.
			return change(value, at, () => given, 'replace');
		case 'remove':
			read(value, at);
			return change(value, at, () => undefined, 'replace');
		case 'test':
			if (!sameJson(read(value, at), given)) throw refuse();
			return value;
		case 'copy':
		case 'move': {
			const source = pointerSteps(String(from));
			const moved = read(value, source);
			const rest = op === 'move' ? change(value, source, () => undefined, 'replace') : value;
			return change(rest, at, () => moved, 'insert');
		}
		default:
			throw refuse();
	}
}

function read(value: Json, at: readonly string[]): Json {
	let here: Json | undefined = value;
	for (const key of at) {
		if (Array.isArray(here)) here = here[Number(key)];
		else here = isJsonObject(here) && Object.hasOwn(here, key) ? here[key] : undefined;
		if (here === undefined) throw refuse();
	}
	return here;
}

/** Rebuilds the way down to `at`; lists insert or replace, undefined removes. */
function change(value: Json, at: readonly string[], leaf: () => Json | undefined, mode: 'insert' | 'replace'): Json {
	const [key, ...rest] = at;
	if (key === undefined) return leaf() ?? null;
	if (Array.isArray(value)) return changeList(value, key, rest, leaf, mode);
	if (!isJsonObject(value)) throw refuse();
	if (rest.length === 0) {
		const {[key]: _old, ...others} = value;
		const next = leaf();
		return next === undefined ? others : {...value, [key]: next};
	}
	const inner = Object.hasOwn(value, key) ? value[key] : undefined;
	if (inner === undefined) throw refuse();
	return {...value, [key]: change(inner, rest, leaf, mode)};
}

function changeList(
	list: readonly Json[],
	key: string,
	rest: readonly string[],
	leaf: () => Json | undefined,
	mode: 'insert' | 'replace',
): Json {
	const index = key === '-' ? list.length : Number(key);
	if (!Number.isInteger(index) || index < 0 || index > list.length - (mode === 'replace' ? 1 : 0)) throw refuse();
	if (rest.length > 0) {
		const inner = list[index];
		if (inner === undefined) throw refuse();
		return list.with(index, change(inner, rest, leaf, mode));
	}
	const next = leaf();
	return list.toSpliced(index, mode === 'insert' ? 0 : 1, ...(next === undefined ? [] : [next]));
}
