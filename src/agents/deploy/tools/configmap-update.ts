import * as z from 'zod';
import {MkcoaError} from '../../../core/error.ts';
import {objectAt} from '../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../core/kube/kube-object.ts';
import type {Consequence, Write} from '../../../core/plan.ts';
import {isSecretByName} from '../../../core/secrets/secret-names.ts';
import {count, someOf} from '../../../core/text/count.ts';
import {type Context, changeTool} from '../../../core/tool.ts';
import {deploymentInput, nameText} from '../inputs.ts';
import {checkedKey, ofFile, splitAt} from '../objects/settings/assignments.ts';
import {configMapChange, configMapCopy} from '../objects/settings/configmap-write.ts';
import {readValues, textOf, type Values} from '../objects/settings/read-values.ts';
import {refuseEmpty, refuseImmutable} from '../objects/settings/refuse-setting.ts';
import {rollUsers} from '../objects/settings/roll-users.ts';
import {settingDraft} from '../objects/settings/setting-draft.ts';
import {settingFields} from '../objects/settings/setting-schemas.ts';
import {settingTool} from '../objects/settings/setting-tool.ts';
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
			name: nameText.describe('ConfigMap; created where there is none').meta({completes: 'configmaps'}),
			namespace: deploymentInput.shape.namespace,
			values: z.array(z.string()).default([]).describe('Keys as KEY=VALUE'),
			...settingFields,
			as: nameText.optional().describe('Name of a changed copy, for a ConfigMap that is immutable'),
		})
		.meta({
			examples: [
				'mkcoa deploy configmap shop-config LOG_LEVEL=debug --restart',
				'mkcoa deploy configmap web-nginx --from-file nginx.conf=./nginx.conf',
			],
		}),
	...settingTool,

	async plan(
		{name, namespace: named, values, fromFile, remove, restart, readyWithin, as},
		{ports: {cluster, values: source}}: Context<DeployPorts & ValuePorts>,
	) {
		const namespace = named ?? cluster.namespace;
		const ref = {apiVersion: 'v1', kind: 'ConfigMap', namespace, name} as const;
		const live = await cluster.get(ref);
		const given = new Map([...typedValues(values), ...(await readValues(fromFile.map(ofFile), source))]);
		refuseEmpty({set: [...given.keys()], removed: remove, have: keysOf(live), what: refText(ref)});
		refuseCopy(live, name, as);
		const users = await settingUsers(cluster, ref);
		const write = as === undefined ? configMapChange(ref, live, given, remove) : configMapCopy(live, {...ref, name: as}, given, remove);
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

/** @throws `immutable` with the name for a copy, `no-such-object` where there is nothing to copy */
function refuseCopy(live: KubeObject | undefined, name: string, as: string | undefined): void {
	if (as === undefined) refuseImmutable(live, `Make a changed copy and roll its users onto it: --as ${nextName(name)} --restart`);
	else if (live === undefined)
		throw new MkcoaError({
			kind: 'usage',
			code: 'no-such-object',
			what: `There is no ConfigMap ${name} to copy`,
			next: 'Leave --as out to create it',
		});
}

/** `web-v1` → `web-2`; a name without a number gets the second. */
const nextName = (name: string) => `${name.replace(/-v?(\d+)$/, '')}-${Number(/-v?(\d+)$/.exec(name)?.[1] ?? 1) + 1}`;

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
