import type {EdgeRegistry} from '../../mcp/edge/edge-registry.ts';
import type {EdgeTool} from '../../mcp/edge/edge-tool.ts';
import {usableTool} from '../../mcp/edge/usable-tool.ts';
import type {Cluster} from '../../mcp/kubernetes/port.ts';
import type {SessionOf} from './caller-sessions.ts';

const reading = {effect: 'read'} as const;
const workloadKinds = ['deployments', 'statefulsets', 'daemonsets'];

/** Names of the live cluster for arguments of prompts and variables of addresses. */
export const edgeCompletions =
	(sessionOf: SessionOf, tools: readonly EdgeTool[]): EdgeRegistry['complete'] =>
	async ({argument, typed, given}, {caller}) => {
		// Names are what a list tells, so they are for those who may have one.
		if (usableTool(tools, 'resource_list', caller) === undefined) return [];
		const {cluster} = await sessionOf(caller, reading);
		const names = await namesFor(argument, given, cluster);
		return [...new Set(names)].filter(name => name.startsWith(typed)).sort();
	};

async function namesFor(argument: string, given: {readonly [name: string]: string}, cluster: Cluster): Promise<readonly string[]> {
	switch (argument) {
		case 'namespace':
			return namesOf('namespaces', undefined, cluster);
		case 'kind':
			return ['deployment', 'statefulset', 'daemonset'];
		case 'workload':
			return (await workloads(given.namespace, cluster)).map(({kind, name}) => `${kind}/${name}`);
		case 'name':
			return (await workloads(given.namespace, cluster))
				.filter(({kind}) => given.kind === undefined || given.kind === kind)
				.map(({name}) => name);
		default:
			return [];
	}
}

async function workloads(namespace: string | undefined, cluster: Cluster) {
	const all = await Promise.all(
		workloadKinds.map(async plural => (await namesOf(plural, namespace, cluster)).map(name => ({kind: plural.slice(0, -1), name}))),
	);
	return all.flat();
}

async function namesOf(plural: string, namespace: string | undefined, cluster: Cluster): Promise<readonly string[]> {
	const type = await cluster.typeOf(plural);
	const page = await cluster.list({type, namespace: type.namespaced ? (namespace ?? cluster.namespace) : undefined});
	return page.items.map(({metadata}) => metadata.name);
}
