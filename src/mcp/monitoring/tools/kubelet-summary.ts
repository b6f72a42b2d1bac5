import * as z from 'zod';
import {checkedText} from '../../../core/checked-text.ts';
import {MkcoaError} from '../../../core/error.ts';
import {measuredText} from '../../../core/text/measured-text.ts';
import {textLines} from '../../../core/text/styled.ts';
import {textTable} from '../../../core/text/text-table.ts';
import {readTool, type View} from '../../../core/tool.ts';
import type {NodeUse} from '../metrics-api/port.ts';
import {command, limitField, type OnMonitoring, readOnly} from '../tool-input.ts';

/** Kubelets that one call asks. */
const mostNodes = 50;

const node = z.object({
	node: z.string(),
	at: z.iso.datetime(),
	cpuCores: z.number().optional(),
	memoryBytes: z.number().optional(),
	memoryAvailableBytes: z.number().optional(),
	diskUsedBytes: z.number().optional(),
	diskCapacityBytes: z.number().optional(),
	inodesFree: z.number().optional(),
});
const volume = z.object({
	namespace: z.string(),
	pod: z.string(),
	volume: z.string(),
	claim: z.string().optional(),
	usedBytes: z.number(),
	capacityBytes: z.number(),
	share: z.number(),
	inodeShare: z.number().optional(),
});
const output = z.object({
	context: z.string(),
	nodes: z.array(node),
	/** PersistentVolumeClaims, the fullest first. */
	volumes: z.array(volume),
	/** Logs and writable layers, the largest first. */
	ephemeral: z.array(z.object({namespace: z.string(), pod: z.string(), bytes: z.number()})),
	leftOut: z.number(),
	notChecked: z.array(z.object({what: z.string(), why: z.string()})),
});
type Output = z.output<typeof output>;

export const kubeletSummary = readTool({
	name: 'kubelet_summary',
	summary:
		'Shows what kubelets measure and no metrics server tells: disks, volumes with how full they are, logs and writable layers of pods',
	effect: 'read',
	annotations: readOnly,
	command: command('kubelet'),
	positionals: ['nodes'],
	input: z.object({
		limit: limitField(20),
		nodes: z
			.array(checkedText(253, /^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$/, 'expected the name of a node'))
			.default([])
			.describe('Nodes; all if left out'),
	}),
	output,
	async run({nodes, limit}, {ports, emit}: OnMonitoring): Promise<Output> {
		const {context} = await ports.cluster.target(undefined);
		const names = nodes.length > 0 ? nodes : await everyNode(ports.monitoring.use);
		const asked = names.slice(0, mostNodes);
		emit({kind: 'progress', text: `Asking ${asked.length} kubelets`});
		const {nodes: found, failed} = await ports.monitoring.use.summaries(asked);
		const volumes = volumesOf(found);
		const ephemeral = ephemeralOf(found);
		const left = names.length - asked.length;
		return {
			...{context, nodes: found.map(toldNode), volumes: volumes.slice(0, limit), ephemeral: ephemeral.slice(0, limit)},
			leftOut: Math.max(0, volumes.length - limit),
			notChecked: [
				...failed.map(({node: name, why}) => ({what: `node ${name}`, why})),
				...(left > 0 ? [{what: `${left} more nodes`, why: `${mostNodes} kubelets are asked at once: name some`}] : []),
			],
		};
	},
	text: summaryText,
});

async function everyNode(use: OnMonitoring['ports']['monitoring']['use']): Promise<readonly string[]> {
	const nodes = await use.nodes();
	if (nodes !== undefined) return nodes.map(({node: name}) => name);
	throw new MkcoaError({
		kind: 'usage',
		code: 'no-node',
		what: 'No node is named',
		why: 'the cluster serves no metrics.k8s.io, which would name them',
		next: 'Name nodes: see them with mkcoa k8s list nodes',
	});
}

const toldNode = ({pods: _, atMs, ...rest}: NodeUse) => ({...rest, at: new Date(atMs).toISOString()});

const volumesOf = (nodes: readonly NodeUse[]) =>
	nodes
		.flatMap(({pods}) => pods)
		.flatMap(({namespace, name: pod, volumes}) =>
			volumes.flatMap(({name, claim, usedBytes, capacityBytes, inodesUsed, inodes}) =>
				claim === undefined || usedBytes === undefined || capacityBytes === undefined || capacityBytes <= 0
					? []
					: [
							{
								...{namespace, pod, volume: name, claim, usedBytes, capacityBytes, share: usedBytes / capacityBytes},
								...(inodesUsed === undefined || inodes === undefined || inodes <= 0 ? {} : {inodeShare: inodesUsed / inodes}),
							},
						],
			),
		)
		.toSorted((a, b) => Math.max(b.share, b.inodeShare ?? 0) - Math.max(a.share, a.inodeShare ?? 0));

const ephemeralOf = (nodes: readonly NodeUse[]) =>
	nodes
		.flatMap(({pods}) => pods)
		.flatMap(({namespace, name: pod, ephemeralBytes}) => (ephemeralBytes === undefined ? [] : [{namespace, pod, bytes: ephemeralBytes}]))
		.toSorted((a, b) => b.bytes - a.bytes);

function summaryText({context, nodes, volumes, ephemeral, notChecked, leftOut}: Output, view: View): string {
	const bytes = (value: number | undefined) => (value === undefined ? '-' : view.terminal ? measuredText(value, 'bytes') : value);
	const share = (value: number | undefined) => (value === undefined ? '-' : view.terminal ? measuredText(value, 'ratio') : value);
	const parts = [
		textTable({
			headers: ['NODE', 'CPU', 'MEMORY', 'FREE', 'DISK', 'OF', 'INODES FREE'],
			rows: nodes.map(each => [
				...[each.node, each.cpuCores === undefined ? '-' : view.terminal ? measuredText(each.cpuCores, 'cores') : each.cpuCores],
				...[each.memoryBytes, each.memoryAvailableBytes, each.diskUsedBytes, each.diskCapacityBytes].map(bytes),
				each.inodesFree ?? '-',
			]),
			view,
		}),
		...(volumes.length === 0
			? []
			: [
					textTable({
						headers: ['CLAIM', 'POD', 'FULL', 'INODES', 'USED', 'OF'],
						rows: volumes.map(each => [
							...[`${each.namespace}/${each.claim ?? each.volume}`, each.pod, share(each.share), share(each.inodeShare)],
							...[each.usedBytes, each.capacityBytes].map(bytes),
						]),
						view,
					}),
				]),
		...(ephemeral.length === 0
			? []
			: [
					textTable({
						headers: ['POD', 'LOGS AND LAYERS'],
						rows: ephemeral.map(each => [`${each.namespace}/${each.pod}`, bytes(each.bytes)]),
						view,
					}),
				]),
	];
	return [
		...(nodes.length === 0 ? textLines('', `No kubelet of ${context} answered`, view) : [parts.join(view.terminal ? '\n\n' : '\n')]),
		...(leftOut > 0 ? textLines('', `${leftOut} volumes more: --limit shows more`, view) : []),
		...notChecked.flatMap(({what, why}) => textLines('', `Not checked: ${what}, because ${why}`, view)),
	].join('\n');
}
