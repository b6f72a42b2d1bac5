import type {ToolGroup} from '../commands/program.ts';
import type {AnyTool} from '../core/tool.ts';
import type {Ports} from './ports.ts';

/** Groups of commands that are tools. Their rooms are loaded when a command line names them. */
export const toolGroups: readonly ToolGroup<Ports>[] = [
	{
		name: 'k8s',
		summary: 'Looks at a cluster and changes it by hand',
		load: async () => (await import('../mcp/kubernetes/toolset.ts')).kubernetesToolset,
	},
	{
		name: 'observe',
		summary: 'Asks what watches a cluster: Prometheus, Alertmanager, Grafana, logs; silences alerts',
		load: async () => (await import('../mcp/monitoring/toolset.ts')).observeToolset,
	},
	{
		name: 'evidence',
		summary: 'Reads what security rests on: audit logs, advisories, SBOMs, reports of scanners',
		load: async () => (await import('../mcp/security/toolset.ts')).evidenceToolset,
	},
	{
		name: 'deploy',
		summary: 'Brings a new version out, watches it, takes it back',
		load: async () => (await import('../agents/deploy/toolset.ts')).deployToolset,
	},
	{
		name: 'incident',
		summary: 'Finds what is wrong and why, mends it, and proves that it helped',
		load: async () => (await import('../agents/incident/toolset.ts')).incidentToolset,
	},
	{
		name: 'monitor',
		summary: 'Measures workloads and nodes, and tells what their numbers and logs say',
		load: async () => (await import('../agents/monitoring/toolset.ts')).monitoringToolset,
	},
	{
		name: 'security',
		summary: 'Scans workloads and rights, reads audit logs, and writes policies that are tried before they are shown',
		load: async () => (await import('../agents/security/toolset.ts')).securityToolset,
	},
];

/** Every tool by its name, wherever it lives. */
export async function allTools(): Promise<ReadonlyMap<string, AnyTool<Ports>>> {
	const [{undo}, {gitopsDeliver}] = await Promise.all([
		import('../mcp/kubernetes/tools/undo.ts'),
		import('../agents/deploy/ownership/gitops/gitops-deliver.ts'),
	]);
	const all = await Promise.all(toolGroups.map(({load}) => load()));
	return new Map([...all.flat(), undo, gitopsDeliver].map(tool => [tool.name, tool]));
}

/** By its name, as plans and the journal name it: also the one that changes this machine, which is no tool of a model. */
export const toolNamed = async (name: string): Promise<AnyTool<Ports> | undefined> =>
	name === 'client_install' ? (await import('../mcp/clients/client-install.ts')).clientInstall : (await allTools()).get(name);
