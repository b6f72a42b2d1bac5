import * as z from 'zod';
import {MkcoaError} from '../../../core/error.ts';
import type {JsonObject} from '../../../core/json.ts';
import {objectAt} from '../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../core/kube/kube-object.ts';
import type {Consequence, Write} from '../../../core/plan.ts';
import {isSecretByName} from '../../../core/secrets/secret-names.ts';
import {count, someOf} from '../../../core/text/count.ts';
import {type Context, changeTool} from '../../../core/tool.ts';
import {checkedKey, ofFile, splitAt} from '../objects/settings/assignments.ts';
import {carryOutSetting} from '../objects/settings/carry-out-setting.ts';
import {base64Of, readValues, textOf, type Values} from '../objects/settings/read-values.ts';
import {rollUsers} from '../objects/settings/roll-users.ts';
import {
	isImmutable,
	refuseEmpty,
	settingDraft,
	settingFields,
	settingName,
	settingNamespace,
	settingOutput,
	settingResolved,
	settingText,
} from '../objects/settings/setting-draft.ts';
import {renamedReferences, type SettingUsers, settingUsers} from '../objects/settings/setting-users.ts';
import type {ValuePorts} from '../objects/settings/value-source.ts';
import type {DeployPorts} from '../ports.ts';

export const configmapUpdate = changeTool({
	name: 'configmap_update',
	summary: 'Sets and removes keys of a ConfigMap, shows who uses it and who sees the change when, and rolls its users where asked',
	effect: 'change',
	annotations: {readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: false},
	command: ['deploy', 'configmap'],
	positionals: ['name', 'values'],
	input: z
		.object({
			name: settingName.describe('ConfigMap; created where there is none').meta({completes: 'configmaps'}),
			namespace: settingNamespace,
			values: z.array(z.string()).default([]).describe('Keys as KEY=VALUE'),
			...settingFields,
			as: settingName.optional().describe('Name of a changed copy, for a ConfigMap that is immutable'),
		})
		.meta({
			examples: [
				'mkcoa deploy configmap shop-config LOG_LEVEL=debug --restart',
				'mkcoa deploy configmap web-nginx --from-file nginx.conf=./nginx.conf',
			],
		}),
	resolved: settingResolved,
	output: settingOutput,
	text: settingText,

	async plan(
		{name, namespace: named, values, fromFile, remove, restart, readyWithin, as},
		{ports: {cluster, values: source}}: Context<DeployPorts & ValuePorts>,
	) {
		const namespace = named ?? cluster.namespace;
		const ref = {apiVersion: 'v1', kind: 'ConfigMap', namespace, name} as const;
		const live = await cluster.get(ref);
		const given = new Map([...typedValues(values), ...(await readValues(fromFile.map(ofFile), source))]);
		refuseEmpty({set: [...given.keys()], removed: remove, have: keysOf(live), what: refText(ref)});
		refuseImmutable(live, name, as);
		const users = await settingUsers(cluster, ref);
		const write = as === undefined ? changeOf(ref, live, given, remove) : copyOf(live, {...ref, name: as}, given, remove);
		const onto = (workload: KubeObject): Write => ({
			op: 'patch',
			ref: refOf(workload),
			type: 'json',
			patch: renamedReferences(workload, name, as ?? name),
		});
		return settingDraft(cluster, {
			write,
			live: as === undefined ? live : undefined,
			set: [...given.keys()],
			removed: remove,
			rolling: restart ? await rollUsers(cluster, users, as === undefined ? undefined : onto) : undefined,
			readyWithin,
			notes: [...secretNotes(given), ...(as === undefined || restart ? [] : copyNotes(users, name, as))],
		});
	},
	apply: carryOutSetting,
});

const keysOf = (live: KubeObject | undefined) => [...Object.keys(objectAt(live, 'data')), ...Object.keys(objectAt(live, 'binaryData'))];

function typedValues(texts: readonly string[]): Values {
	return new Map(
		texts.map(text => {
			const [key, value] = splitAt(text);
			if (key !== undefined) return [checkedKey(key, 'the arguments'), new TextEncoder().encode(value)];
			throw new MkcoaError({
				kind: 'usage',
				code: 'no-value',
				what: `The key ${checkedKey(value, 'the arguments')} has no value`,
				next: 'Write KEY=VALUE, or --from-file KEY=PATH',
			});
		}),
	);
}

/** Texts go into `data`, other bytes into `binaryData`, and a key that moves leaves the other. */
function entriesOf(values: Values, gone: null | undefined) {
	const data: {[key: string]: string | null | undefined} = {};
	const binaryData: {[key: string]: string | null | undefined} = {};
	for (const [key, value] of values) {
		const text = textOf(value);
		data[key] = text ?? gone;
		binaryData[key] = text === undefined ? base64Of(value) : gone;
	}
	return {data, binaryData};
}

type MapRef = {readonly apiVersion: 'v1'; readonly kind: 'ConfigMap'; readonly namespace: string; readonly name: string};

function changeOf(ref: MapRef, live: KubeObject | undefined, values: Values, removed: readonly string[]): Write {
	if (live === undefined) return created(ref, {}, entriesOf(values, undefined));
	// Only what is there is taken away: a null for an absent key would say that it is gone.
	const [inData, inBinary] = [objectAt(live, 'data'), objectAt(live, 'binaryData')];
	const {data, binaryData} = entriesOf(values, null);
	const there = (entries: JsonObject, held: JsonObject) =>
		Object.fromEntries(Object.entries(entries).filter(([key, value]) => value !== null || Object.hasOwn(held, key)));
	const nulls = (held: JsonObject) => Object.fromEntries(removed.filter(key => Object.hasOwn(held, key)).map(key => [key, null]));
	const [text, bytes] = [
		{...there(data, inData), ...nulls(inData)},
		{...there(binaryData, inBinary), ...nulls(inBinary)},
	];
	const patch = {...(Object.keys(text).length === 0 ? {} : {data: text}), ...(Object.keys(bytes).length === 0 ? {} : {binaryData: bytes})};
	return {op: 'patch', ref, type: 'merge', patch};
}

const created = (ref: MapRef, more: JsonObject, {data, binaryData}: ReturnType<typeof entriesOf>): Write => {
	const {apiVersion, kind, ...metadata} = ref;
	return {op: 'create', ref, manifest: {apiVersion, kind, metadata, ...more, ...filled('data', data), ...filled('binaryData', binaryData)}};
};

function filled(field: string, entries: {readonly [key: string]: string | null | undefined}): JsonObject {
	const held = Object.entries(entries).filter(([, value]) => typeof value === 'string');
	return held.length === 0 ? {} : {[field]: Object.fromEntries(held)};
}

/** A copy under another name that is as immutable as the one before. */
function copyOf(live: KubeObject | undefined, ref: MapRef, values: Values, removed: readonly string[]): Write {
	const {data, binaryData} = entriesOf(values, null);
	const kept = (field: string, changed: JsonObject) => {
		const merged = {...objectAt(live, field), ...changed};
		return Object.fromEntries(Object.entries(merged).filter(([key, value]) => typeof value === 'string' && !removed.includes(key))) as {
			[key: string]: string;
		};
	};
	return created(ref, isImmutable(live) ? {immutable: true} : {}, {data: kept('data', data), binaryData: kept('binaryData', binaryData)});
}

/** @throws `immutable` with the name for a copy, `no-such-object` where there is nothing to copy */
function refuseImmutable(live: KubeObject | undefined, name: string, as: string | undefined): void {
	if (as !== undefined && live === undefined)
		throw new MkcoaError({
			kind: 'usage',
			code: 'no-such-object',
			what: `There is no ConfigMap ${name} to copy`,
			next: 'Leave --as out to create it',
		});
	if (as !== undefined || !isImmutable(live)) return;
	throw new MkcoaError({
		kind: 'usage',
		code: 'immutable',
		what: `ConfigMap ${name} is immutable`,
		why: 'the server refuses every change of its keys',
		next: `Make a changed copy and roll its users onto it: --as ${name.replace(/-v?(\d+)$/, '')}-${Number(/-v?(\d+)$/.exec(name)?.[1] ?? 1) + 1} --restart`,
	});
}

const secretNotes = (values: Values): readonly Consequence[] => {
	const keys = [...values].filter(([key, value]) => isSecretByName(key, textOf(value) ?? '', 'entry')).map(([key]) => key);
	return keys.length === 0
		? []
		: [
				{
					id: 'secret-in-configmap',
					severity: 'warning',
					text: `${someOf(keys)} looks like a secret, and everybody who may look at the namespace reads a ConfigMap: keep it in a Secret (mkcoa deploy secret)`,
				},
			];
};

const copyNotes = ({users}: SettingUsers, from: string, to: string): readonly Consequence[] => [
	{
		id: 'old-name-in-use',
		severity: 'warning',
		text:
			users.length === 0
				? `No workload uses ${from}, and none uses ${to} yet`
				: `${count(users.length, 'workload')} (${someOf(users.map(user => refText(refOf(user))))}) still use${users.length === 1 ? 's' : ''} ${from}: --restart rolls them onto ${to}`,
	},
];
