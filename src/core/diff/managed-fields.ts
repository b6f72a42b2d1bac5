import {canonicalJson, isJsonObject, type Json, type JsonObject} from '../json.ts';
import type {KubeObject} from '../kube/kube-object.ts';
import type {PathSegment} from '../plan.ts';

/** The name under which the server keeps what mkcoa wrote. */
export const ourManager = 'mkcoa';

/** Who wrote a field last, or still claims it. */
export type FieldOwner = {readonly manager: string; readonly operation: 'Apply' | 'Update'; readonly subresource?: string | undefined};

type Entry = FieldOwner & {readonly fields: JsonObject};

function entriesOf({metadata}: KubeObject): readonly Entry[] {
	const {managedFields} = metadata;
	if (!Array.isArray(managedFields)) return [];
	return managedFields.flatMap((entry: Json) => {
		if (!isJsonObject(entry) || typeof entry.manager !== 'string' || !isJsonObject(entry.fieldsV1)) return [];
		const {manager, operation, subresource, fieldsV1} = entry;
		return [
			{
				manager,
				operation: operation === 'Apply' ? 'Apply' : 'Update',
				fields: fieldsV1,
				...(typeof subresource === 'string' && subresource !== '' ? {subresource} : {}),
			} satisfies Entry,
		];
	});
}

/** Whether a key of fieldsV1 names this segment: `f:name`, `k:{"name":"web"}`, `v:"x"`, `i:0`. */
function names(key: string, segment: PathSegment): boolean {
	if (typeof segment === 'string') return key === `f:${segment}`;
	if (typeof segment === 'number') return key === `i:${segment}`;
	if ('' in segment) return key === `v:${JSON.stringify(segment[''])}`;
	if (!key.startsWith('k:')) return false;
	try {
		// What JSON.parse answers is JSON.
		return canonicalJson(JSON.parse(key.slice(2)) as Json) === canonicalJson(segment);
	} catch {
		return false;
	}
}

/** A node without anything in it is a leaf, or a value that is owned as a whole with all that is in it. */
const isWhole = (node: JsonObject) => Object.keys(node).length === 0;

function owns(fields: JsonObject, path: readonly PathSegment[]): boolean {
	let node = fields;
	for (const [depth, segment] of path.entries()) {
		if (depth > 0 && isWhole(node)) return true;
		const key = Object.keys(node).find(candidate => names(candidate, segment));
		const next = key === undefined ? undefined : node[key];
		if (!isJsonObject(next)) return false;
		node = next;
	}
	return true;
}

/** What mkcoa claims of an object and since when, as one text. Another text than before shows that mkcoa wrote. */
export const claimsOf = ({metadata: {managedFields}}: KubeObject): string =>
	canonicalJson(
		Array.isArray(managedFields) ? managedFields.filter((entry: Json) => isJsonObject(entry) && entry.manager === ourManager) : [],
	);

/** A name as people and controllers choose it; anything else in its place is not repeated. */
const managerName = /^[\w.:/@-]{1,128}$/;

/**
 * Who wrote an object last, leaving out what controllers report in its status; empty where the server does not say. A claim of the scale
 * subresource has no time, so that whoever holds one may have been the last and is named, too. Of writers of one second, which cannot be
 * told apart, mkcoa is left out.
 */
export function lastWriters({metadata: {managedFields}}: KubeObject): readonly string[] {
	const entries = Array.isArray(managedFields) ? managedFields.filter((entry: Json) => isJsonObject(entry)) : [];
	const writes = entries.flatMap(({manager, time, subresource}) =>
		typeof manager === 'string' && managerName.test(manager) && subresource !== 'status' ? [{manager, time: String(time ?? '')}] : [],
	);
	const last = writes.map(({time}) => time).reduce((latest, time) => (time > latest ? time : latest), '');
	const names = [...new Set(writes.filter(({time}) => time === last || time === '').map(({manager}) => manager))];
	const others = names.filter(name => name !== ourManager);
	const weScaled = writes.some(({manager, time}) => manager === ourManager && time === '');
	return others.length > 0 && !weScaled ? others : names;
}

/** Reads the managed fields of an object once; the answer tells the owners of any path in it, also of a part of a value that is owned as a whole. */
export function fieldOwners(object: KubeObject): (path: readonly PathSegment[]) => readonly FieldOwner[] {
	const entries = entriesOf(object);
	return path =>
		entries.flatMap(({manager, operation, subresource, fields}) =>
			owns(fields, path) ? [{manager, operation, ...(subresource === undefined ? {} : {subresource})}] : [],
		);
}
