import * as z from 'zod';
import {checkedText} from '../../../core/checked-text.ts';
import {objectAt} from '../../../core/kube/json-at.ts';
import {refText} from '../../../core/kube/kube-object.ts';
import {type Context, changeTool} from '../../../core/tool.ts';
import {deploymentInput, nameText} from '../inputs.ts';
import {assignmentsOf} from '../objects/settings/assignments.ts';
import {copiedSecret} from '../objects/settings/copied-secret.ts';
import {randomValues} from '../objects/settings/random-values.ts';
import {base64Of, readValues, textOf, type Values} from '../objects/settings/read-values.ts';
import {refuseEmpty} from '../objects/settings/refuse-setting.ts';
import {rollUsers} from '../objects/settings/roll-users.ts';
import {checkSecretType} from '../objects/settings/secret-types.ts';
import {secretChange, secretContent, secretTypeOf} from '../objects/settings/secret-write.ts';
import {settingDraft} from '../objects/settings/setting-draft.ts';
import {settingFields} from '../objects/settings/setting-schemas.ts';
import {settingTool} from '../objects/settings/setting-tool.ts';
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
			name: nameText.describe('Secret; created where there is none').meta({completes: 'secrets'}),
			namespace: deploymentInput.shape.namespace,
			keys: z.array(z.string()).default([]).describe('Keys whose values are asked for, or read from standard input'),
			fromEnv: z.array(z.string()).default([]).describe('Environment variables as [KEY=]VARIABLE').meta({split: false}),
			...settingFields,
			random: z
				.array(checkedText(260, /^[-._a-zA-Z0-9]{1,253}(=\d{1,3})?$/, 'expected KEY or KEY=LENGTH'))
				.default([])
				.describe('Keys that get letters and digits by chance, as KEY[=LENGTH]; 32 of them if left out'),
			copyOf: checkedText(317, /^[a-z0-9][-a-z0-9.]*\/[a-z0-9][-a-z0-9.]*$/, 'expected NAMESPACE/NAME')
				.optional()
				.describe('Live Secret whose keys, values and type are taken, as NAMESPACE/NAME'),
			type: z
				.enum(['opaque', 'tls', 'dockerconfigjson', 'basic-auth', 'ssh-auth'])
				.optional()
				.describe('Type of a new Secret; opaque if left out'),
			labels: z
				.array(checkedText(381, /^[-._/a-zA-Z0-9]{1,317}=[-._a-zA-Z0-9]{0,63}$/, 'expected KEY=VALUE'))
				.default([])
				.describe('Labels of the Secret, as KEY=VALUE'),
			immutable: z.boolean().default(false).describe('Nobody can change its values after this'),
			namespaceToCome: z.boolean().default(false).describe('Plans also where the namespace is not there yet, because it is made beside it'),
		})
		.meta({
			examples: [
				'mkcoa deploy secret database password',
				'mkcoa deploy secret database --from-env password=DB_PASSWORD --restart',
				'mkcoa deploy secret web-tls --type tls --from-file tls.crt --from-file tls.key',
			],
		}),
	...settingTool,

	async plan(
		{
			name,
			namespace: named,
			keys,
			fromEnv,
			fromFile,
			random,
			copyOf,
			remove,
			restart,
			readyWithin,
			type,
			labels,
			immutable,
			namespaceToCome,
		},
		{ports: {cluster, values: origin}, clock}: Context<DeployPorts & ValuePorts>,
	) {
		const assignments = assignmentsOf({keys, fromEnv, fromFile});
		const namespace = named ?? cluster.namespace;
		const ref = {apiVersion: 'v1', kind: 'Secret', namespace, name} as const;
		const live = await cluster.get(ref);
		const copied = copyOf === undefined ? undefined : await copiedSecret(cluster, copyOf);
		const drawn = randomValues(random, origin);
		refuseEmpty({
			set: [...assignments.map(({key}) => key), ...drawn.keys(), ...(copied?.values.keys() ?? [])],
			removed: remove,
			have: Object.keys(objectAt(live, 'data')),
			what: refText(ref),
		});
		const known = secretTypeOf(live, copied?.type ?? type, name);
		const values = new Map([...(copied?.values ?? []), ...(await readValues(assignments, origin)), ...drawn]);
		hide(values, origin);
		const notes = checkSecretType(known, secretContent(live, values, remove), clock.now());
		return settingDraft(cluster, {
			write: secretChange(ref, live, known, values, remove, {labels: Object.fromEntries(labels.map(splitLabel)), isImmutable: immutable}),
			live,
			set: [...values.keys()],
			removed: remove,
			rolling: restart ? await rollUsers(cluster, await settingUsers(cluster, ref)) : undefined,
			readyWithin,
			notes,
			toCome: namespaceToCome ? namespace : undefined,
		});
	},
});

const splitLabel = (text: string) => {
	const at = text.indexOf('=');
	return [text.slice(0, at), text.slice(at + 1)] as const;
};

/** From here on no message of the server can give a value away. */
function hide(values: Values, source: ValueSource): void {
	for (const value of values.values()) {
		source.learn(base64Of(value));
		const text = textOf(value);
		if (text !== undefined) source.learn(text);
	}
}
