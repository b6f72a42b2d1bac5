import {MkcoaError} from '../../core/error.ts';
import {nearestNames} from '../../core/text/nearest-names.ts';
import type {AnyTool} from '../../core/tool.ts';
import type {OfferedTool} from '../../mcp/edge/served-tools.ts';
import type {Ports} from '../ports.ts';
import {toolGroups} from '../tool-groups.ts';

type EdgeToolset = {readonly name: string; readonly load: () => Promise<readonly AnyTool<Ports>[]>};

const groupNamed = (name: string) => async () => (await toolGroups.find(group => group.name === name)?.load()) ?? [];

/** The toolsets that are served to others, in the order in which their tools are listed. */
const edgeToolsets: readonly EdgeToolset[] = [
	{
		name: 'kubernetes',
		load: async () => [...(await groupNamed('k8s')()), (await import('../../mcp/kubernetes/tools/undo.ts')).undo],
	},
	{
		name: 'deploy',
		load: async () => [
			...(await groupNamed('deploy')()),
			(await import('../../agents/deploy/ownership/gitops/gitops-deliver.ts')).gitopsDeliver,
		],
	},
	{name: 'incident', load: groupNamed('incident')},
	{name: 'monitoring', load: async () => [...(await groupNamed('monitor')()), ...(await groupNamed('observe')())]},
	{name: 'security', load: async () => [...(await groupNamed('security')()), ...(await groupNamed('evidence')())]},
];

/** Names of the toolsets that are served to others. */
export const edgeToolsetNames: readonly string[] = edgeToolsets.map(({name}) => name);

/**
 * The tools of the named toolsets, all if undefined.
 * @param names separated by commas
 */
export async function edgeTools(names: string | undefined): Promise<readonly OfferedTool<Ports>[]> {
	const wanted = names?.split(',').map(name => name.trim()) ?? edgeToolsetNames;
	for (const name of wanted) if (!edgeToolsetNames.includes(name)) throw unknownToolset(name, edgeToolsetNames);
	const offered = edgeToolsets
		.filter(({name}) => wanted.includes(name))
		.map(async ({name: toolset, load}) => (await load()).map(tool => ({tool, toolset})));
	return (await Promise.all(offered)).flat();
}

function unknownToolset(name: string, known: readonly string[]): MkcoaError {
	const [near] = nearestNames(name, known);
	return new MkcoaError({
		kind: 'usage',
		code: 'unknown-toolset',
		what: `Toolset '${name}' is not known`,
		...(near === undefined ? {} : {why: `perhaps ${near} is meant`}),
		next: `Name some of ${known.join(', ')}, separated by commas`,
	});
}
