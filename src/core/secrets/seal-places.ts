import {isJsonObject, type Json} from '../json.ts';
import {pointerSteps} from '../patch/json-pointer.ts';
import type {Write} from '../plan.ts';
import {type SecretPlace, secretPlaces} from './secret-places.ts';

/** The part of a write that carries values: a manifest, a patch, a command. Undefined for writes that carry none. */
export function payloadOf(write: Write): Json | undefined {
	switch (write.op) {
		case 'apply':
		case 'create':
		case 'replace':
			return write.manifest;
		case 'patch':
			return write.patch;
		case 'exec':
			return write.command;
		case 'delete':
		case 'evict':
			return undefined;
	}
}

/** The write with another payload of the same shape. */
export function withPayload(write: Write, change: <Value extends Json>(payload: Value) => Value): Write {
	switch (write.op) {
		case 'apply':
		case 'create':
		case 'replace':
			return {...write, manifest: change(write.manifest)};
		case 'patch':
			return {...write, patch: change(write.patch)};
		case 'exec':
			return {...write, command: change(write.command)};
		case 'delete':
		case 'evict':
			return write;
	}
}

/** Secret places of the payload of a write. The kind of the object is known from the write even where a patch does not say it. */
export function placesOfWrite(write: Write): readonly SecretPlace[] {
	if (write.op === 'exec') return secretPlaces({command: write.command}).map(place => ({...place, path: place.path.slice(1)}));
	const {kind} = write.ref;
	const payload = payloadOf(write);
	if (write.op !== 'patch' || write.type !== 'json' || !Array.isArray(payload)) return secretPlaces(payload, kind);
	return payload.flatMap((operation: Json, index) =>
		placesOfOperation(operation, kind).map(place => ({...place, path: [index, 'value', ...place.path]})),
	);
}

/** A JSON patch names its place in `path`: the value is looked at as if it stood there. */
function placesOfOperation(operation: Json, kind: string): readonly SecretPlace[] {
	if (!isJsonObject(operation) || typeof operation.path !== 'string' || operation.value === undefined) return [];
	const {path, value} = operation;
	// The name of the variable stands in the object, not in the patch.
	if (/\/env\/(?:\d+|-)\/value$/.test(path) && typeof value === 'string' && value !== '')
		return [{path: [], value, start: 0, end: value.length}];
	const names = pointerSteps(path);
	const placed = names.reduceRight<Json>((inner, name) => (/^(?:\d+|-)$/.test(name) && !isData(names) ? [inner] : {[name]: inner}), value);
	return secretPlaces(placed, kind).map(place => ({...place, path: place.path.slice(names.length)}));
}

/** Keys of a Secret or a ConfigMap may be digits alone. */
const isData = ([first]: readonly string[]) => first === 'data' || first === 'stringData';
