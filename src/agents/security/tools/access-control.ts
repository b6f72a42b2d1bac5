import * as z from 'zod';
import {checkedText} from '../../../core/checked-text.ts';
import {type Context, readTool} from '../../../core/tool.ts';
import {deploymentInput} from '../../deploy/inputs.ts';
import {accessFindings, accessSchema, questions, told} from '../access/access-output.ts';
import {accessText} from '../access/access-text.ts';
import type {Answering} from '../access/questions/asked.ts';
import {covers} from '../access/questions/covers.ts';
import {links} from '../access/questions/links.ts';
import {paths} from '../access/questions/paths.ts';
import {role} from '../access/questions/role.ts';
import {unused} from '../access/questions/unused.ts';
import {what} from '../access/questions/what.ts';
import {who} from '../access/questions/who.ts';
import type {SecurityPorts} from '../ports.ts';

const answering: {readonly [question in (typeof questions)[number]]: Answering} = {who, what, covers, paths, unused, role, links};

const word = checkedText(400, /^[A-Za-z0-9*/][^\p{Cc}\s]*$/u, 'expected a word such as pods, clusterrole/view or sa/shop/app');

const input = z
	.object({
		question: z
			.enum(questions)
			.describe(
				'Question and its words: who VERB RESOURCE [NAME]; what [SUBJECT [VERB RESOURCE]]; covers A B; paths [SUBJECT]; unused [SUBJECT]; role SUBJECT; links',
			),
		about: z
			.array(word)
			.default([])
			.describe('Words after it: deployments.apps/scale, /metrics; user/ada, group/ops, sa/NAMESPACE/NAME; role/NAME, clusterrole/NAME'),
		namespace: deploymentInput.shape.namespace,
		groups: z
			.array(checkedText(253, /^[^\p{Cc}]+$/u, 'expected a group'))
			.default([])
			.describe('Groups of the subject that only the sign-in knows'),
		allow: z
			.array(checkedText(400, /^[a-z*]+ \S+( \S+)?$/, 'expected VERB RESOURCE [NAME]'))
			.default([])
			.describe('Requests of role, as "get pods"; those of the audit log if left out'),
		byName: z.boolean().default(false).describe('Keeps role to the objects that were named'),
		system: z.boolean().default(false).describe("Tells Kubernetes' own accounts too"),
		limit: z.number().int().min(1).max(1000).default(50).describe('Rows at most'),
	})
	.meta({
		examples: [
			'mkcoa security access who delete pods -n shop',
			'mkcoa security access what sa/shop/app',
			'mkcoa security access covers clusterrole/admin clusterrole/edit',
			'mkcoa security access paths',
			'mkcoa security access role sa/shop/app --allow "get pods"',
		],
	});

export const accessControl = readTool({
	name: 'access_control',
	summary:
		'Tells who may do what by RBAC, whether rights cover others, ways to cluster-admin, unused grants, least roles with proof, and links with cloud identities',
	effect: 'read',
	annotations: {readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false},
	command: ['security', 'access'],
	positionals: ['question', 'about'],
	input,
	output: accessSchema,
	findings: accessFindings,
	text: accessText,

	async run({question, ...asked}: z.output<typeof input>, {ports, signal, emit}: Context<SecurityPorts>) {
		emit({kind: 'progress', text: 'Reading roles and bindings'});
		const {cluster, usedRequests} = ports;
		const [{context}, answer] = await Promise.all([
			cluster.target(asked.namespace),
			answering[question]({...asked, namespace: asked.namespace, cluster, usedRequests, signal}),
		]);
		return told(context, question, answer);
	},
});
