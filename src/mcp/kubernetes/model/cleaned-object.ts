import {isJsonObject, type Json, type JsonObject} from '../../../core/json.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {redactedMark} from '../../../core/secrets/redact.ts';
import {hideSecretPlaces} from '../../../core/secrets/spans-by-path.ts';

/** It repeats the whole object, secret values included. */
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

function cleanedMetadata(metadata: KubeObject['metadata']): KubeObject['metadata'] {
	const {managedFields: _, annotations = {}, ...rest} = metadata;
	const kept = Object.fromEntries(Object.entries(annotations).filter(([key]) => key !== lastApplied));
	return {...rest, ...(Object.keys(kept).length === 0 ? {} : {annotations: kept})};
}

/** Base64 holds three bytes in four characters. */
const bytesOf = (base64: string) => Math.floor((base64.replace(/[^A-Za-z0-9+/]/g, '').length * 3) / 4);

const sizes = (data: JsonObject, size: (text: string) => number): JsonObject =>
	Object.fromEntries(
		Object.entries(data).map(([key, value]): [string, Json] => [key, `‹redacted, ${typeof value === 'string' ? size(value) : 0} bytes›`]),
	);

/** An object to show: no managed fields, no secret values, and of a Secret only the names and sizes of them. */
export function cleanedObject(object: KubeObject): KubeObject {
	const {data, stringData, ...rest} = object;
	const cleaned = {...rest, metadata: cleanedMetadata(object.metadata)};
	if (object.kind !== 'Secret') return hideSecretPlaces({...object, metadata: cleaned.metadata}, redactedMark);
	return {
		...hideSecretPlaces(cleaned, redactedMark),
		...(isJsonObject(data) ? {data: sizes(data, bytesOf)} : {}),
		...(isJsonObject(stringData) ? {stringData: sizes(stringData, text => Buffer.byteLength(text))} : {}),
	};
}

/** Longest text inside an object that is shown whole. */
const longestText = 4000;

/** The object with its longest texts cut until it fits; `cut` names the paths that were. */
export function shortened(value: Json, path = '', cut: string[] = []): {readonly value: Json; readonly cut: readonly string[]} {
	if (typeof value === 'string' && value.length > longestText) {
		cut.push(path);
		return {value: `${value.slice(0, longestText)}… (${value.length - longestText} characters more)`, cut};
	}
	if (Array.isArray(value)) return {value: value.map((item, index) => shortened(item, `${path}[${index}]`, cut).value), cut};
	if (!isJsonObject(value)) return {value, cut};
	const step = (key: string) => (/^[\w-]+$/.test(key) ? `.${key}` : `['${key}']`);
	const entries = Object.entries(value).map(([key, item]) => [
		key,
		item === undefined ? item : shortened(item, path + step(key), cut).value,
	]);
	return {value: Object.fromEntries(entries), cut};
}
