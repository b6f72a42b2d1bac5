import {type JsonObject, withoutKeys} from '../../../../core/json.ts';
import {objectAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {Write} from '../../../../core/plan.ts';
import {base64Of, textOf, type Values} from './read-values.ts';
import {isImmutable} from './refuse-setting.ts';

type ConfigMapRef = {readonly apiVersion: 'v1'; readonly kind: 'ConfigMap'; readonly namespace: string; readonly name: string};

/** Creates a ConfigMap, or sets and removes keys of a live one. */
export function configMapChange(ref: ConfigMapRef, live: KubeObject | undefined, values: Values, removed: readonly string[]): Write {
	if (live === undefined) return created(ref, {}, entriesOf(values, undefined));
	const {data, binaryData} = entriesOf(values, null);
	const patch = {
		...unlessEmpty('data', patchOf(objectAt(live, 'data'), data, removed)),
		...unlessEmpty('binaryData', patchOf(objectAt(live, 'binaryData'), binaryData, removed)),
	};
	return {op: 'patch', ref, type: 'merge', patch};
}

/** Creates a copy under another name that is as immutable as the one before. */
export function configMapCopy(live: KubeObject | undefined, ref: ConfigMapRef, values: Values, removed: readonly string[]): Write {
	const {data, binaryData} = entriesOf(values, null);
	const kept = (field: string, changed: JsonObject) => withoutKeys({...objectAt(live, field), ...changed}, new Set(removed));
	return created(ref, isImmutable(live) ? {immutable: true} : {}, {data: kept('data', data), binaryData: kept('binaryData', binaryData)});
}

type Entries = {readonly data: JsonObject; readonly binaryData: JsonObject};

/** Texts go into `data`, other bytes into `binaryData`, and a key that moves leaves the other: `gone` stands there. */
function entriesOf(values: Values, gone: null | undefined): Entries {
	const texts = [...values].map(([key, value]) => ({key, value, text: textOf(value)}));
	return {
		data: Object.fromEntries(texts.map(({key, text}) => [key, text ?? gone])),
		binaryData: Object.fromEntries(texts.map(({key, value, text}) => [key, text === undefined ? base64Of(value) : gone])),
	};
}

/** Only what is there is taken away: a null for an absent key would say that it is gone. */
function patchOf(held: JsonObject, entries: JsonObject, removed: readonly string[]): JsonObject {
	const isThere = (key: string) => Object.hasOwn(held, key);
	return {
		...Object.fromEntries(Object.entries(entries).filter(([key, value]) => value !== null || isThere(key))),
		...Object.fromEntries(removed.filter(isThere).map(key => [key, null])),
	};
}

const unlessEmpty = (field: string, entries: JsonObject): JsonObject => (Object.keys(entries).length === 0 ? {} : {[field]: entries});

function created({apiVersion, kind, ...metadata}: ConfigMapRef, more: JsonObject, {data, binaryData}: Entries): Write {
	const texts = (entries: JsonObject) => Object.fromEntries(Object.entries(entries).filter(([, value]) => typeof value === 'string'));
	const held = {...unlessEmpty('data', texts(data)), ...unlessEmpty('binaryData', texts(binaryData))};
	return {op: 'create', ref: {apiVersion, kind, ...metadata}, manifest: {apiVersion, kind, metadata, ...more, ...held}};
}
