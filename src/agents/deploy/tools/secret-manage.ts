import * as z from 'zod';
import {MkcoaError} from '../../../core/error.ts';
import {objectAt, textAt} from '../../../core/kube/json-at.ts';
import {type KubeObject, refText} from '../../../core/kube/kube-object.ts';
import type {Write} from '../../../core/plan.ts';
import {type Context, changeTool} from '../../../core/tool.ts';
import {assignmentsOf} from '../objects/settings/assignments.ts';
import {carryOutSetting} from '../objects/settings/carry-out-setting.ts';
import {base64Of, readValues, textOf, type Values} from '../objects/settings/read-values.ts';
import {rollUsers} from '../objects/settings/roll-users.ts';
import {checkSecretType, secretTypes} from '../objects/settings/secret-types.ts';
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
import {settingUsers} from '../objects/settings/setting-users.ts';
import type {ValuePorts, ValueSource} from '../objects/settings/value-source.ts';
import type {DeployPorts} from '../ports.ts';

export const secretManage = changeTool({
	name: 'secret_manage',
	summary:
		'Creates a Secret or changes its keys, with values that are typed unseen or come from a variable or a file, never from an argument',
	effect: 'change',
	annotations: {readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: false},
	command: ['deploy', 'secret'],
	positionals: ['name', 'keys'],
	input: z
		.object({
			name: settingName.describe('Secret; created where there is none').meta({completes: 'secrets'}),
			namespace: settingNamespace,
			keys: z.array(z.string()).default([]).describe('Keys whose values are asked for, or read from standard input'),
			fromEnv: z.array(z.string()).default([]).describe('Environment variables as [KEY=]VARIABLE').meta({split: false}),
			...settingFields,
			type: z
				.enum(['opaque', 'tls', 'dockerconfigjson', 'basic-auth', 'ssh-auth'])
				.optional()
				.describe('Type of a new Secret; opaque if left out'),
		})
		.meta({
			examples: [
				'mkcoa deploy secret database password',
				'mkcoa deploy secret database --from-env password=DB_PASSWORD --restart',
				'mkcoa deploy secret web-tls --type tls --from-file tls.crt --from-file tls.key',
			],
		}),
	resolved: settingResolved,
	output: settingOutput,
	text: settingText,

	async plan(
		{name, namespace: named, keys, fromEnv, fromFile, remove, restart, readyWithin, type},
		{ports: {cluster, values: source}, clock}: Context<DeployPorts & ValuePorts>,
	) {
		const assignments = assignmentsOf({keys, fromEnv, fromFile});
		const namespace = named ?? cluster.namespace;
		const ref = {apiVersion: 'v1', kind: 'Secret', namespace, name} as const;
		const live = await cluster.get(ref);
		refuseEmpty({set: assignments.map(({key}) => key), removed: remove, have: Object.keys(objectAt(live, 'data')), what: refText(ref)});
		const known = typeOf(live, type, name);
		const values = await readValues(assignments, source);
		hide(values, source);
		const notes = checkSecretType(known, merged(live, values, remove), clock.now());
		return settingDraft(cluster, {
			write: writeOf(ref, live, known, values, remove),
			live,
			set: [...values.keys()],
			removed: remove,
			rolling: restart ? await rollUsers(cluster, await settingUsers(cluster, ref)) : undefined,
			readyWithin,
			notes,
		});
	},
	apply: carryOutSetting,
});

/** From here on no message of the server can give a value away. */
function hide(values: Values, source: ValueSource): void {
	for (const value of values.values()) {
		source.learn(base64Of(value));
		const text = textOf(value);
		if (text !== undefined) source.learn(text);
	}
}

/** @throws `immutable`; `other-type`, since a type cannot be changed */
function typeOf(live: KubeObject | undefined, asked: keyof typeof secretTypes | undefined, name: string): string {
	if (live === undefined) return secretTypes[asked ?? 'opaque'];
	const type = textAt(live, 'type') ?? secretTypes.opaque;
	if (isImmutable(live))
		throw new MkcoaError({
			kind: 'usage',
			code: 'immutable',
			what: `Secret ${name} is immutable`,
			why: 'the server refuses every change of its keys',
			next: 'Create another under a new name with this command, and let the workloads name that one',
		});
	if (asked === undefined || secretTypes[asked] === type) return type;
	throw new MkcoaError({
		kind: 'usage',
		code: 'other-type',
		what: `Secret ${name} is of type ${type}, and a type cannot be changed`,
		next: 'Leave --type out, or create another Secret',
	});
}

/** All that the Secret will hold. */
function merged(live: KubeObject | undefined, values: Values, removed: readonly string[]): Values {
	const held = Object.entries(objectAt(live, 'data')).map(
		([key, value]) => [key, new Uint8Array(Buffer.from(String(value), 'base64'))] as const,
	);
	return new Map([...held, ...values].filter(([key]) => !removed.includes(key)));
}

type SecretRef = {readonly apiVersion: 'v1'; readonly kind: 'Secret'; readonly namespace: string; readonly name: string};

function writeOf(ref: SecretRef, live: KubeObject | undefined, type: string, values: Values, removed: readonly string[]): Write {
	const data = Object.fromEntries([...values].map(([key, value]) => [key, base64Of(value)]));
	const {apiVersion, kind, ...metadata} = ref;
	if (live === undefined) return {op: 'create', ref, manifest: {apiVersion, kind, metadata, type, data}};
	return {op: 'patch', ref, type: 'merge', patch: {data: {...data, ...Object.fromEntries(removed.map(key => [key, null]))}}};
}
