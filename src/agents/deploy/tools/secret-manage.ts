import * as z from 'zod';
import {objectAt} from '../../../core/kube/json-at.ts';
import {refText} from '../../../core/kube/kube-object.ts';
import {type Context, changeTool} from '../../../core/tool.ts';
import {deploymentInput, nameText} from '../inputs.ts';
import {assignmentsOf} from '../objects/settings/assignments.ts';
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
	...settingTool,

	async plan(
		{name, namespace: named, keys, fromEnv, fromFile, remove, restart, readyWithin, type},
		{ports: {cluster, values: source}, clock}: Context<DeployPorts & ValuePorts>,
	) {
		const assignments = assignmentsOf({keys, fromEnv, fromFile});
		const namespace = named ?? cluster.namespace;
		const ref = {apiVersion: 'v1', kind: 'Secret', namespace, name} as const;
		const live = await cluster.get(ref);
		refuseEmpty({set: assignments.map(({key}) => key), removed: remove, have: Object.keys(objectAt(live, 'data')), what: refText(ref)});
		const known = secretTypeOf(live, type, name);
		const values = await readValues(assignments, source);
		hide(values, source);
		const notes = checkSecretType(known, secretContent(live, values, remove), clock.now());
		return settingDraft(cluster, {
			write: secretChange(ref, live, known, values, remove),
			live,
			set: [...values.keys()],
			removed: remove,
			rolling: restart ? await rollUsers(cluster, await settingUsers(cluster, ref)) : undefined,
			readyWithin,
			notes,
		});
	},
});

/** From here on no message of the server can give a value away. */
function hide(values: Values, source: ValueSource): void {
	for (const value of values.values()) {
		source.learn(base64Of(value));
		const text = textOf(value);
		if (text !== undefined) source.learn(text);
	}
}
