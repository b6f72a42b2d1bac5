import * as z from 'zod';
import {cpuText, memoryText} from '../../../core/kube/quantity.ts';
import {count} from '../../../core/text/count.ts';
import {severitySigns} from '../../../core/text/severity-signs.ts';
import {textLines} from '../../../core/text/styled.ts';
import {textTable} from '../../../core/text/text-table.ts';
import {padText} from '../../../core/text/text-width.ts';
import type {View} from '../../../core/tool.ts';

const amount = z.object({cpuCores: z.number(), memoryBytes: z.number()});

export const environmentOutput = z.object({
	namespace: z.string(),
	/** Of the API server; empty where it did not tell. */
	version: z.string(),
	kubelets: z.array(z.object({version: z.string(), nodes: z.number()})),
	/** By requests; missing where nodes or pods may not be read. */
	capacity: z
		.object({
			nodes: z.number(),
			zones: z.number(),
			allocatable: amount,
			requested: amount,
			/** On nodes that take new pods. */
			free: amount,
			podsFree: z.number(),
			/** Largest pods that fit now, each with its node. */
			largest: z.array(amount.extend({node: z.string()})),
		})
		.optional(),
	remarks: z.array(
		z.object({
			id: z.string(),
			severity: z.enum(['low', 'medium', 'high', 'critical']),
			object: z.string(),
			cause: z.string(),
			fix: z.string(),
		}),
	),
	parts: z.array(z.object({topic: z.string(), name: z.string(), detail: z.string()})),
	notChecked: z.array(z.object({what: z.string(), why: z.string()})),
});
export type Environment = z.output<typeof environmentOutput>;

/** Gibibytes with one decimal from one on: a cluster's memory in mebibytes tells nobody anything. */
const memory = (bytes: number) => (bytes < 2 ** 30 ? memoryText(bytes) : `${Math.round((bytes / 2 ** 30) * 10) / 10}Gi`);
const size = ({cpuCores, memoryBytes}: z.output<typeof amount>) => `${cpuText(cpuCores)} CPU and ${memory(memoryBytes)}`;

function capacityLines({capacity}: Environment): readonly string[] {
	if (capacity === undefined) return [];
	const {nodes, zones, allocatable, requested, free, podsFree, largest} = capacity;
	const fits =
		largest.length === 0
			? 'no pod fits any more'
			: `the largest pod that fits: ${largest.map(each => `${size(each)} on ${each.node}`).join(', or ')}`;
	return [
		`${count(nodes, 'node')} in ${count(zones, 'zone')}: ${size(allocatable)}, of which ${size(requested)} are requested`,
		`Free: ${size(free)}, ${count(podsFree, 'pod')}; ${fits}`,
	];
}

function versionLine({version, kubelets}: Environment): string {
	const nodes = kubelets.map(each =>
		each.version === version && kubelets.length === 1 ? 'nodes alike' : `${count(each.nodes, 'node')} with ${each.version}`,
	);
	return `Kubernetes ${version === '' ? 'of an unknown version' : version}${nodes.length === 0 ? '' : `, ${nodes.join(', ')}`}`;
}

const programs = 'controllers in place';

/** What a deployment may want, how it is told that there is none of it, and what has to be looked at before anybody can tell. */
const wished: readonly (readonly [topics: readonly string[], words: string, needs: readonly string[]])[] = [
	[['ingress', 'ingress class'], 'Ingress class', ['Ingress classes', 'ways in']],
	[['gateway', 'gateway class'], 'Gateway API', ['Gateway classes', 'ways in']],
	[['mesh'], 'mesh', [programs]],
	[['rollouts'], 'rollout controller', [programs]],
	[['scaling'], 'further autoscaler', [programs]],
	[['gitops', 'owner'], 'GitOps owner', [programs, 'GitOps owners']],
];

function absentLine({parts, notChecked}: Environment): string | undefined {
	const absent = wished
		.filter(([topics, , needs]) => !parts.some(({topic}) => topics.includes(topic)) && !notChecked.some(({what}) => needs.includes(what)))
		.map(([, words]) => words);
	return absent.length === 0 ? undefined : `Not found: ${absent.join(', ')}`;
}

/** One sentence for what was not seen for one reason: `nodes, pods: reading them is not allowed`. */
function unseenTexts(notChecked: Environment['notChecked']): readonly string[] {
	const cut = ({what, why}: (typeof notChecked)[number]) => {
		const at = why.lastIndexOf(': ');
		return {what, kind: at < 0 ? '' : why.slice(0, at), reason: at < 0 ? why : why.slice(at)};
	};
	return [...Map.groupBy(notChecked.map(cut), ({what, reason}) => `${what} ${reason}`).values()].map(
		same => `not checked: ${same[0]?.what}, because ${same.map(({kind}) => kind).join(', ')}${same[0]?.reason}`,
	);
}

/** In a terminal each part is a paragraph beside its topic, so that nothing is cut; in a pipe a row. */
function partLines(parts: Environment['parts'], view: View): readonly string[] {
	if (!view.terminal)
		return [textTable({headers: ['WHAT', 'NAME', 'DETAIL'], rows: parts.map(({topic, name, detail}) => [topic, name, detail]), view})];
	const widest = Math.max(...parts.map(({topic}) => topic.length));
	const isNarrow = view.width < 4 * widest;
	return parts.flatMap(({topic, name, detail}) =>
		textLines(isNarrow ? `${topic}: ` : `${padText(topic, widest)}  `, `${name}: ${detail}`, view),
	);
}

/** What an operator wants to know before a deployment: what is wrong first, then what there is, then what nobody could look at. */
export function environmentText(environment: Environment, view: View): string {
	const {remarks, parts, notChecked, namespace} = environment;
	const say = (text: string, lead = '') => textLines(lead, text, view);
	const absent = absentLine(environment);
	return [
		...say(versionLine(environment)),
		...capacityLines(environment).flatMap(line => say(line)),
		...say(`Policies and owners are those of namespace ${namespace}`),
		...(remarks.length === 0
			? []
			: [
					'',
					...remarks.flatMap(({severity, object, cause, fix}) => [
						...say(`${object}: ${cause}.`, `${severitySigns[severity]} `),
						...say(fix, '  > '),
					]),
				]),
		...(parts.length === 0 ? [] : ['', ...partLines(parts, view)]),
		...(absent === undefined ? [] : ['', ...say(absent)]),
		...(notChecked.length === 0 ? [] : ['', ...unseenTexts(notChecked).flatMap(text => say(text, '- '))]),
	].join('\n');
}
