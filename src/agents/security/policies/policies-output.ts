import {stringify} from 'yaml';
import * as z from 'zod';
import type {Finding} from '../../../core/finding.ts';
import {type KubeObject, refOf, refText} from '../../../core/kube/kube-object.ts';
import {refSchema} from '../../../core/kube/ref-schema.ts';
import {count, someOf} from '../../../core/text/count.ts';
import {oneLine} from '../../../core/text/one-line.ts';
import {textLines} from '../../../core/text/styled.ts';
import {textTable} from '../../../core/text/text-table.ts';
import {uncheckedLines} from '../../../core/text/unchecked-lines.ts';
import type {View} from '../../../core/tool.ts';
import {uncheckedSchema, unseenFinding} from '../../../core/unchecked.ts';
import {plainLine} from '../../../mcp/kubernetes/model/untrusted-text.ts';
import type {Made} from './made.ts';

/** Of more than so many workloads only the number is told. */
const mostBlocked = 20;

const policy = z.object({
	name: z.string(),
	title: z.string(),
	severity: z.enum(['low', 'medium', 'high', 'critical']),
	/** Examples that it let pass, and that it refused, as they should be. */
	passed: z.number(),
	refused: z.number(),
	/** Of what runs now, what it would refuse. */
	blocks: z.array(z.object({resource: refSchema, says: z.string()})),
	/** How many there are in all. */
	blocked: z.number(),
});

export const policiesSchema = z.object({
	context: z.string(),
	/** The only namespace that was looked at. */
	namespace: z.string().optional(),
	kind: z.string(),
	engine: z.string(),
	looked: z.object({count: z.number(), noun: z.string()}),
	policies: z.array(policy),
	/** Policies whose own examples did not come out, and which are not shown for that. */
	withheld: z.array(z.object({name: z.string(), why: z.string()})),
	notes: z.array(z.string()),
	/** The objects to apply, where they were asked for. */
	yaml: z.string().optional(),
	notChecked: z.array(uncheckedSchema),
});
type Told = z.output<typeof policiesSchema>;

const yamlOf = (objects: readonly KubeObject[]) =>
	objects.map(object => stringify(object, {lineWidth: 0, aliasDuplicateObjects: false})).join('---\n');

/** @param where context, and the namespace where only one was looked at */
export function toldPolicies(
	made: Made,
	where: Pick<Told, 'context' | 'kind'> & {readonly namespace?: string | undefined},
	withYaml: boolean,
) {
	const {engine, looked, policies, withheld, notes} = made;
	const {namespace, ...rest} = where;
	return {
		...rest,
		...(namespace === undefined ? {} : {namespace}),
		engine,
		looked: {...looked},
		policies: policies.map(({objects: _, blocks, ...each}) => ({
			...each,
			// What objects are called, and what they hold, others wrote.
			title: plainLine(each.title, 400),
			blocks: blocks.slice(0, mostBlocked).map(({object, says}) => ({resource: refOf(object), says: plainLine(says, 400)})),
			blocked: blocks.length,
		})),
		withheld: withheld.map(each => ({...each})),
		notes: [...notes],
		...(withYaml ? {yaml: yamlOf(policies.flatMap(({objects}) => objects))} : {}),
	};
}

/** Each running workload that a policy would refuse. */
export const policyFindings = ({policies, notChecked}: Told): readonly Finding[] => [
	...policies.flatMap(({name, severity, blocks}): readonly Finding[] =>
		blocks.map(({resource, says}) => ({
			...{id: name, status: 'fail', severity, resource, cause: says},
			evidence: [{source: refText(resource), detail: says}],
		})),
	),
	...notChecked.map(unseenFinding),
];

const headOf = ({policies, looked, engine, kind}: Told) => {
	const blocked = new Set(policies.flatMap(({blocks}) => blocks.map(({resource}) => refText(resource))));
	const tried = policies.reduce((sum, {passed, refused}) => sum + passed + refused, 0);
	const what = `${count(policies.length, kind === 'pod-security' ? 'level' : kind === 'hardening' ? 'patch' : 'policy')}: ${engine}`;
	const proof = kind === 'hardening' ? [] : [`each tried before it is shown, ${count(tried, 'example')} in all came out`];
	const runs =
		kind === 'network' || kind === 'pod-security' || kind === 'hardening'
			? `${count(looked.count, looked.noun)} looked at`
			: `${blocked.size} of ${count(looked.count, looked.noun)} would be refused`;
	return [what, ...proof, runs].join('; ');
};

const rowOf = ({name, title, passed, refused, blocks, blocked}: Told['policies'][number]) => [
	name,
	`${passed}+${refused}`,
	blocked,
	title,
	someOf([...new Set(blocks.map(({resource}) => refText(resource)))], 2),
];

/** What is counted, where it is not examples and those who would be refused. */
const columns: {readonly [kind: string]: readonly [examples: string, hit: string]} = {
	'pod-security': ['EXAMPLES', 'TOLD'],
	network: ['EXAMPLES', 'REFUSES'],
	hardening: ['CURED+LEFT', 'LEFT'],
};

/** What the policies are and whom they would hit; with the manifests asked for, these, and the rest as comments below. */
export function policiesText(told: Told, view: View): string {
	const {yaml, policies, withheld, notes, notChecked, kind} = told;
	const more = [...withheld.map(({name, why}) => `Withheld, since its own examples do not come out: ${name}: ${why}`), ...notes];
	if (yaml !== undefined) {
		const blocked = policies.flatMap(({name, blocks}) =>
			blocks.map(({resource, says}) => `${name} would refuse ${refText(resource)}: ${says}`),
		);
		const remarks = [headOf(told), ...more, ...blocked, ...notChecked.map(({what, why}) => `not checked: ${what}: ${why}`)];
		return `${yaml}${remarks.map(line => `# ${oneLine(line)}`).join('\n')}`;
	}
	const [examples, hit] = columns[kind] ?? ['EXAMPLES', 'REFUSES'];
	const table = textTable({headers: ['POLICY', examples, hit, 'WHAT', 'SUCH AS'], rows: policies.map(rowOf), view});
	const way = `Manifests: mkcoa security policies ${kind} --yaml > policies.yaml, and as a plan: mkcoa k8s apply -f policies.yaml`;
	return [
		...textLines('', headOf(told), view),
		...(policies.length === 0 ? [] : ['', table, '']),
		...more.flatMap(note => textLines('- ', note, view)),
		...(policies.length === 0 ? [] : textLines('- ', way, view)),
		...uncheckedLines(notChecked, view),
	].join('\n');
}
