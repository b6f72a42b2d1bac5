import * as z from 'zod';
import {MkcoaError} from '../../../core/error.ts';
import {quantityOf} from '../../../core/kube/quantity.ts';
import {oneLine} from '../../../core/text/one-line.ts';
import type {ReadJson} from '../http/proxied-wire.ts';
import type {ClusterUse, NodeUse, Use} from './port.ts';
import {summaryAnswer, summaryOf} from './summary.ts';

const usage = z.object({cpu: z.string().optional(), memory: z.string().optional()});
const nodeList = z.object({items: z.array(z.object({metadata: z.object({name: z.string()}), usage}))});
const podList = z.object({
	items: z.array(
		z.object({
			metadata: z.object({name: z.string(), namespace: z.string()}),
			containers: z.array(z.object({name: z.string(), usage})),
		}),
	),
});

/** Kubelets that are asked at the same time: each walks through the files of its node for an answer. */
const atOnce = 8;

/**
 * The Kubernetes metrics API, and each kubelet's summary through the proxy of its node.
 * @param read reads below the API server
 * @see https://kubernetes.io/docs/reference/instrumentation/node-metrics/
 */
export const clusterUse = (read: ReadJson): ClusterUse => ({
	async nodes() {
		const answer = await measured(read, 'nodes', nodeList);
		return answer?.items.map(({metadata, usage: used}) => ({node: metadata.name, ...useOf(used)}));
	},
	async pods() {
		const answer = await measured(read, 'pods', podList);
		return answer?.items.map(({metadata, containers: listed}) => {
			const containers = listed.map(({name, usage: used}) => ({name, ...useOf(used)}));
			return {...metadata, ...sumOf(containers), containers, volumes: []};
		});
	},
	async summaries(nodes) {
		const found: NodeUse[] = [];
		const failed: {readonly node: string; readonly why: string}[] = [];
		const open = [...nodes];
		const worker = async () => {
			for (let node = open.shift(); node !== undefined; node = open.shift()) {
				const answer = await summary(read, node);
				if (typeof answer === 'string') failed.push({node, why: answer});
				else found.push(answer);
			}
		};
		await Promise.all(Array.from({length: Math.min(atOnce, nodes.length)}, worker));
		const place = (name: string) => nodes.indexOf(name);
		return {
			nodes: found.toSorted((a, b) => place(a.node) - place(b.node)),
			failed: failed.toSorted((a, b) => place(a.node) - place(b.node)),
		};
	},
});

async function measured<Schema extends z.ZodType>(read: ReadJson, what: string, schema: Schema): Promise<z.output<Schema> | undefined> {
	const answer = await read(`/apis/metrics.k8s.io/v1beta1/${what}`);
	if (answer === undefined) return undefined;
	const parsed = schema.safeParse(answer);
	if (parsed.success) return parsed.data;
	throw new MkcoaError({
		kind: 'environment',
		code: 'metrics-unreachable',
		what: `The metrics API does not tell of ${what} as Kubernetes writes it`,
		next: 'Look at the APIService v1beta1.metrics.k8s.io and the program behind it',
	});
}

/** A text says why there is none. */
async function summary(read: ReadJson, node: string): Promise<NodeUse | string> {
	try {
		const parsed = summaryAnswer.safeParse(await read(`/api/v1/nodes/${encodeURIComponent(node)}/proxy/stats/summary`));
		return parsed.success ? summaryOf(node, parsed.data) : 'its kubelet has no summary';
	} catch (error) {
		if (error instanceof MkcoaError) return oneLine(error.message);
		throw error;
	}
}

const useOf = ({cpu, memory}: z.output<typeof usage>): Use => ({cpuCores: quantityOf(cpu), memoryBytes: quantityOf(memory)});

function sumOf(parts: readonly Use[]): Use {
	const sum = (name: keyof Use) => {
		const known = parts.map(part => part[name]).filter(value => value !== undefined);
		return known.length === 0 ? undefined : known.reduce((total, value) => total + value, 0);
	};
	return {cpuCores: sum('cpuCores'), memoryBytes: sum('memoryBytes')};
}
