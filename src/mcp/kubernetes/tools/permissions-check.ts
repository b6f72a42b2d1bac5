import * as z from 'zod';
import {valueAt} from '../../../core/kube/json-at.ts';
import {groupOf} from '../../../core/kube/kube-object.ts';
import {textTable} from '../../../core/text/text-table.ts';
import {readTool} from '../../../core/tool.ts';
import {objectsAt, textsAt, wordAt} from '../model/fields.ts';
import {fittingRows} from '../model/fitting-rows.ts';
import {command, kindField, nameOf, namespaceField, type OnCluster, readOnly} from '../tool-input.ts';

export const permissionsCheck = readTool({
	name: 'permissions_check',
	summary: 'Asks the server what the current identity may do, or whether it may do one thing',
	effect: 'read',
	annotations: readOnly,
	command: command('permissions'),
	positionals: ['verb', 'kind', 'name'],
	input: z.object({
		verb: z
			.string()
			.regex(/^([a-z]{1,30}|\*)$/, 'expected a verb such as get, list, create or delete')
			.optional()
			.describe('Verb to ask about; everything if left out'),
		kind: kindField.optional(),
		name: nameOf('One object of that kind').optional(),
		subresource: nameOf('Such as scale, exec or log').optional(),
		namespace: namespaceField,
	}),
	output: z.object({
		namespace: z.string(),
		/** Answers to the question, one for each verb; empty when everything was asked for. */
		answers: z.array(z.object({verb: z.string(), resource: z.string(), allowed: z.boolean(), reason: z.string()})),
		rules: z.array(z.object({resources: z.array(z.string()), names: z.array(z.string()), verbs: z.array(z.string())})),
		/** False when the server says that its list may lack rules (webhook authorizers). */
		complete: z.boolean(),
		leftOut: z.number(),
	}),
	async run({verb, kind, name, subresource, namespace}, {ports: {cluster}}: OnCluster) {
		const where = namespace ?? cluster.namespace;
		if (kind === undefined) return {namespace: where, answers: [], ...rulesOf(await cluster.rules(where), verb)};
		const type = await cluster.typeOf(kind);
		const verbs = verb === undefined ? ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'] : [verb];
		const resource = subresource === undefined ? type.plural : `${type.plural}/${subresource}`;
		const place = type.namespaced ? {namespace: where} : {};
		const replies = await cluster.canI(
			verbs.map(each => ({verb: each, group: groupOf(type.apiVersion), resource: type.plural, subresource, name, ...place})),
		);
		const answers = verbs.map((each, index) => ({
			verb: each,
			resource,
			allowed: replies[index]?.allowed ?? false,
			reason: replies[index]?.reason ?? '',
		}));
		return {namespace: where, answers, rules: [], complete: true, leftOut: 0};
	},
	text: ({namespace, answers, rules, complete, leftOut}, view) => {
		if (answers.length > 0) {
			const rows = answers.map(answer => [answer.allowed ? 'yes' : 'no', answer.verb, answer.resource, answer.reason]);
			return `In namespace ${namespace}\n${textTable({headers: ['MAY', 'VERB', 'RESOURCE', 'WHY'], rows, view})}`;
		}
		const rows = rules.map(rule => [rule.resources.join(' '), rule.names.join(' '), rule.verbs.join(' ')]);
		const notes = [
			...(complete ? [] : ['The server says that this list may be incomplete: ask about one verb and kind to be sure']),
			...(leftOut === 0 ? [] : [`${leftOut} more rules: ask about one verb and kind`]),
		];
		return [`In namespace ${namespace}`, textTable({headers: ['RESOURCES', 'NAMES', 'VERBS'], rows, view}), ...notes].join('\n');
	},
});

/** `deployments.apps`, as discovery words them; `*` stays. */
const resourceWords = (groups: readonly string[], resources: readonly string[]) =>
	resources.flatMap(resource => groups.map(name => (name === '' || resource === '*' ? resource : `${resource}.${name}`)));

function rulesOf(review: Parameters<typeof valueAt>[0], verb: string | undefined) {
	const status = valueAt(review, 'status');
	const rules = objectsAt(status, 'resourceRules')
		.map(rule => ({
			resources: resourceWords(textsAt(rule, 'apiGroups'), textsAt(rule, 'resources')),
			names: [...textsAt(rule, 'resourceNames')],
			verbs: [...textsAt(rule, 'verbs')],
		}))
		.filter(({verbs}) => verb === undefined || verbs.includes(verb) || verbs.includes('*'))
		.toSorted((a, b) => a.resources.join().localeCompare(b.resources.join()));
	const kept = fittingRows(rules);
	const complete = valueAt(status, 'incomplete') !== true && wordAt(status, 'evaluationError') === '';
	return {rules: [...kept], complete, leftOut: rules.length - kept.length};
}
