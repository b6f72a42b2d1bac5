import * as z from 'zod';
import type {JsonObject} from '../../../core/json.ts';
import {valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {cpuText, memoryText, quantityOf} from '../../../core/kube/quantity.ts';
import {textTable} from '../../../core/text/text-table.ts';
import {readTool, type View} from '../../../core/tool.ts';
import {objectsAt, wordAt} from '../model/fields.ts';
import {fittingRows} from '../model/fitting-rows.ts';
import type {Cluster} from '../port.ts';
import {everyObject} from '../read-neighbours.ts';
import {allNamespacesField, command, labelSelectorField, limitField, namespaceField, type OnCluster, readOnly} from '../tool-input.ts';

const amount = z.object({cpuCores: z.number().optional(), memoryBytes: z.number().optional()});
const output = z.object({
	what: z.enum(['pods', 'nodes']),
	/** False without a metrics server; then `used` is missing everywhere. */
	measured: z.boolean(),
	why: z.string(),
	rows: z.array(
		z.object({
			namespace: z.string().optional(),
			name: z.string(),
			used: amount,
			/** Sums over the containers of a pod; for a node, what it can give. */
			requested: amount,
			/** Missing where a container has none. */
			limited: amount,
		}),
	),
	total: z.number(),
	leftOut: z.number(),
});
type Output = z.output<typeof output>;
type Row = Output['rows'][number];
type Amount = z.output<typeof amount>;

export const resourceUsage = readTool({
	name: 'resource_usage',
	summary: 'Shows CPU and memory in use beside requests and limits, largest users first',
	effect: 'read',
	annotations: readOnly,
	command: command('top'),
	positionals: ['what'],
	input: z.object({
		what: z.enum(['pods', 'nodes']).default('pods').describe('What to measure'),
		namespace: namespaceField,
		allNamespaces: allNamespacesField,
		labelSelector: labelSelectorField,
		limit: limitField(50),
	}),
	output,
	async run({what, namespace, allNamespaces, labelSelector, limit}, {ports: {cluster}}: OnCluster) {
		const where = what === 'nodes' || allNamespaces ? undefined : (namespace ?? cluster.namespace);
		const [objects, metrics] = await Promise.all([
			everyObject(cluster, {type: await cluster.typeOf(what), namespace: where, labelSelector}),
			measurements(cluster, what, where),
		]);
		const rows = objects
			.filter(object => what === 'nodes' || wordAt(object, 'status', 'phase') === 'Running')
			.map(object => rowOf(object, metrics?.get(keyOf(object))))
			.toSorted((a, b) => weight(b) - weight(a));
		const kept = fittingRows(rows.slice(0, limit));
		return {
			what,
			measured: metrics !== undefined,
			why: metrics === undefined ? 'The cluster serves no metrics.k8s.io: it has no metrics server, or the server is down' : '',
			rows: [...kept],
			total: rows.length,
			leftOut: rows.length - kept.length,
		};
	},
	text: usageText,
});

const keyOf = ({metadata}: KubeObject) => `${metadata.namespace ?? ''}/${metadata.name}`;

/** Cores weigh as much as 4 GiB, the usual shape of a node. */
const weight = ({used}: Row) => (used.cpuCores ?? 0) + (used.memoryBytes ?? 0) / 2 ** 32;

/** By `namespace/name`; undefined when nobody measures. */
async function measurements(cluster: Cluster, what: 'pods' | 'nodes', namespace: string | undefined) {
	const place = namespace === undefined ? '' : `namespaces/${encodeURIComponent(namespace)}/`;
	const answer = await cluster.raw(`/apis/metrics.k8s.io/v1beta1/${place}${what}`);
	if (answer === undefined) return undefined;
	return new Map(
		objectsAt(answer, 'items').map(item => {
			const parts = what === 'nodes' ? [item] : objectsAt(item, 'containers');
			return [`${wordAt(item, 'metadata', 'namespace')}/${wordAt(item, 'metadata', 'name')}`, added(parts, ['usage'])];
		}),
	);
}

/** Sum of a resource list over several containers; a resource that one of them does not name is unknown. */
function added(parts: readonly JsonObject[], path: readonly string[]): Amount {
	const sum = (resource: string) => {
		const values = parts.map(part => quantityOf(wordAt(part, ...path, resource) || undefined));
		return values.includes(undefined) || values.length === 0 ? undefined : values.reduce<number>((total, value) => total + (value ?? 0), 0);
	};
	const [cpuCores, memoryBytes] = [sum('cpu'), sum('memory')];
	return {...(cpuCores === undefined ? {} : {cpuCores}), ...(memoryBytes === undefined ? {} : {memoryBytes})};
}

function rowOf(object: KubeObject, used: Amount | undefined): Row {
	const {name, namespace} = object.metadata;
	const isNode = valueAt(object, 'spec', 'containers') === undefined;
	const containers = objectsAt(object, 'spec', 'containers');
	return {
		...(namespace === undefined ? {} : {namespace}),
		name,
		used: used ?? {},
		requested: isNode ? added([object], ['status', 'allocatable']) : added(containers, ['resources', 'requests']),
		limited: isNode ? {} : added(containers, ['resources', 'limits']),
	};
}

function usageText({what, why, rows, leftOut, total}: Output, view: View): string {
	const cpu = ({cpuCores}: Amount) => (cpuCores === undefined ? '-' : cpuText(cpuCores));
	const memory = ({memoryBytes}: Amount) => (memoryBytes === undefined ? '-' : memoryText(memoryBytes));
	const many = new Set(rows.map(({namespace}) => namespace)).size > 1;
	const headers =
		what === 'nodes' ? ['CPU', 'ALLOCATABLE', 'MEMORY', 'ALLOCATABLE'] : ['CPU', 'REQUEST', 'LIMIT', 'MEMORY', 'REQUEST', 'LIMIT'];
	const cells = ({used, requested, limited}: Row) =>
		what === 'nodes'
			? [cpu(used), cpu(requested), memory(used), memory(requested)]
			: [cpu(used), cpu(requested), cpu(limited), memory(used), memory(requested), memory(limited)];
	const table = textTable({
		headers: [...(many ? ['NAMESPACE'] : []), 'NAME', ...headers],
		rows: rows.map(row => [...(many ? [row.namespace ?? ''] : []), row.name, ...cells(row)]),
		view,
	});
	return [
		...(why === '' ? [] : [`Not measured: ${why}`]),
		rows.length === 0 ? `No ${what}` : table,
		...(leftOut === 0 ? [] : [`${leftOut} more: --limit ${total}`]),
	].join('\n');
}
