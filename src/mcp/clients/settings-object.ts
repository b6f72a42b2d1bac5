import {isJsonObject, type Json, type JsonObject} from '../../core/json.ts';
import {objectAt, textAt, valueAt} from '../../core/kube/json-at.ts';
import type {KubeObject} from '../../core/kube/kube-object.ts';
import {clients} from './client-file.ts';
import {isBare, valueIn, withoutValue, withValue} from './json-text.ts';
import {type SettingsPlace, settingsKind, settingsRef} from './settings-place.ts';

/** Variables that mkcoa writes into its entry. Others in there are somebody's, and may be tokens: they are neither read out nor touched. */
export const ownVariables = ['KUBECONFIG', 'MKCOA_STATE_DIR', 'XDG_STATE_HOME', 'XDG_CONFIG_HOME'] as const;

/** What mkcoa writes about itself. */
export type Entry = {
	readonly type?: 'stdio' | undefined;
	readonly command: string;
	readonly args: readonly string[];
	readonly env?: {readonly [variable: string]: string} | undefined;
};

/** Whether an entry starts mkcoa. What stands under the same name otherwise is another server's, and nothing of it is told. */
const startsMkcoa = (entry: Json): entry is JsonObject =>
	isJsonObject(entry) &&
	typeof entry.command === 'string' &&
	Array.isArray(entry.args) &&
	entry.args.some((word, index, all) => word === 'mcp' && all[index + 1] === 'serve');

/** The fields of an entry that are mkcoa's, in the order in which they are written. */
function ownFields(entry: JsonObject): JsonObject {
	const env = objectAt(entry, 'env');
	const own = ownVariables.flatMap(name => (typeof env[name] === 'string' ? [[name, env[name]] as const] : []));
	const fields = ['type', 'command', 'args'].flatMap(name => (entry[name] === undefined ? [] : [[name, entry[name]] as const]));
	return {...Object.fromEntries(fields), ...(own.length === 0 ? {} : {env: Object.fromEntries(own)})};
}

/**
 * A settings file as one object: whether it is there, whether it has a list of servers, and mkcoa's own entry. All else in it, such as the
 * tokens of other servers, stays out, and so out of plans, the journal and everything that is printed.
 * @param text undefined where there is no file
 */
export function settingsObject(place: SettingsPlace, text: string | undefined, resourceVersion: string, status?: JsonObject): KubeObject {
	const {list, comments} = clients[place.client];
	const servers = text === undefined ? undefined : valueIn(text, [list], comments);
	const entry = text === undefined ? undefined : valueIn(text, [list, place.name], comments);
	const shown = entry === undefined ? {} : {[place.name]: startsMkcoa(entry) ? ownFields(entry) : {otherServer: true}};
	return {
		...settingsKind,
		metadata: {name: settingsRef(place).name, uid: 'settings', resourceVersion},
		file: text === undefined ? 'absent' : 'present',
		...(servers === undefined ? {} : {[list]: shown}),
		...(status === undefined ? {} : {status}),
	};
}

/** What the object of a file is, once mkcoa's entry is in it. */
export function withEntry(object: KubeObject, {client, name}: SettingsPlace, entry: Entry): KubeObject {
	const {list} = clients[client];
	// Optional fields that are left out make an entry wider than JSON.
	return {...object, file: 'present', [list]: {...objectAt(object, list), [name]: JSON.parse(JSON.stringify(entry)) as Json}};
}

/** Whether another server has the name. */
export const isTaken = (object: KubeObject, {client, name}: SettingsPlace) =>
	valueAt(object, clients[client].list, name, 'otherServer') === true;

/**
 * The text of a file that is to be as an object says.
 * @returns undefined where there is to be no file, and nothing of somebody else's would go with it
 */
export function settingsText(place: SettingsPlace, text: string | undefined, wanted: KubeObject): string | undefined {
	const {list, comments} = clients[place.client];
	const at = [list, place.name];
	const entry = valueAt(wanted, ...at);
	if (entry !== undefined) return isJsonObject(entry) ? withFields(text ?? '', at, entry, comments) : text;
	if (text === undefined) return wanted.file === 'present' ? '{}\n' : undefined;
	let left = withoutValue(text, at, comments);
	const isEmpty = Object.keys(objectAt(valueIn(left, [list], comments))).length === 0;
	if (wanted[list] === undefined && isEmpty) left = withoutValue(left, [list], comments);
	return wanted.file === 'absent' && isBare(left) ? undefined : left;
}

/** mkcoa's fields one by one where the entry is there: what somebody else wrote into it stays. */
function withFields(text: string, at: readonly string[], entry: JsonObject, comments: boolean): string {
	const old = valueIn(text, at, comments);
	if (!isJsonObject(old)) return withValue(text, at, ownFields(entry), comments);
	let edited = text;
	const set = (path: readonly string[], value: Json | undefined) => {
		edited = value === undefined ? withoutValue(edited, path, comments) : withValue(edited, path, value, comments);
	};
	for (const field of ['type', 'command', 'args']) set([...at, field], entry[field]);
	for (const name of ownVariables) set([...at, 'env', name], textAt(entry, 'env', name));
	if (entry.env === undefined && Object.keys(objectAt(valueIn(edited, [...at, 'env'], comments))).length === 0)
		set([...at, 'env'], undefined);
	return edited;
}
