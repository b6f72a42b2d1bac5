import {isJsonObject, type Json, type JsonObject} from '../../core/json.ts';
import {valueAt} from '../../core/kube/json-at.ts';
import type {KubeObject} from '../../core/kube/kube-object.ts';

/** Who wrote a field last, and when: milliseconds since 1970. */
export type Written = {readonly by: string; readonly atMs: number};

/** `k:{"name":"web"}` is the key under which server-side apply keeps an item of a list. */
const keyFits = (key: string, item: Json | undefined): boolean => {
	if (!key.startsWith('k:') || !isJsonObject(item)) return false;
	const wanted: unknown = JSON.parse(key.slice(2));
	return isJsonObject(wanted) && Object.entries(wanted).every(([name, value]) => item[name] === value);
};

function owns(fields: Json | undefined, value: Json | undefined, [step, ...rest]: readonly (string | number)[]): boolean {
	if (!isJsonObject(fields)) return false;
	if (step === undefined) return true;
	const next = Array.isArray(value) ? value[Number(step)] : isJsonObject(value) ? value[step] : undefined;
	const own = typeof step === 'string' ? fields[`f:${step}`] : Object.entries(fields).find(([key]) => keyFits(key, next))?.[1];
	// A list or map that is written as a whole has nothing below it.
	if (isJsonObject(own) && Object.keys(own).length === 0) return true;
	return owns(own, next, rest);
}

/** The last writer of a field by its managers; undefined where none is kept. Status is nobody's wish. */
export function lastWriteOf(object: KubeObject, path: readonly (string | number)[]): Written | undefined {
	const managers: readonly JsonObject[] = Array.isArray(object.metadata.managedFields)
		? object.metadata.managedFields.filter(isJsonObject)
		: [];
	return managers
		.filter(each => each.subresource !== 'status' && owns(valueAt(each, 'fieldsV1'), object, path))
		.map(each => ({by: String(each.manager ?? ''), atMs: Date.parse(String(each.time ?? '')) || 0}))
		.toSorted((a, b) => b.atMs - a.atMs)[0];
}

/** Of the keys of `data` those that the last writer brought: all of them where nobody else wrote any. */
export function lastWrittenKeys(holder: KubeObject, keys: readonly string[]): readonly string[] {
	const written = keys.map(key => ({key, atMs: lastWriteOf(holder, ['data', key])?.atMs ?? 0}));
	const newest = Math.max(0, ...written.map(({atMs}) => atMs));
	return written.filter(({atMs}) => atMs === newest && newest > 0).map(({key}) => key);
}

/** `changed 2026-11-27T15:02:10Z by platform-deploy`; undefined where nobody is known. */
export function writtenText(object: KubeObject, path: readonly (string | number)[]): string | undefined {
	const written = lastWriteOf(object, path);
	return written === undefined || written.atMs === 0
		? undefined
		: `written ${new Date(written.atMs).toISOString().replace('.000', '')} by ${written.by || 'somebody'}`;
}
