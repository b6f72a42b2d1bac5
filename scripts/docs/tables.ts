import {deployToolset} from '../../src/agents/deploy/toolset.ts';
import {globalFlags} from '../../src/commands/options.ts';
import {exitMeanings} from '../../src/core/outcome.ts';
import {edgeTools} from '../../src/main/edge/toolsets.ts';
import {kubernetesToolset} from '../../src/mcp/kubernetes/toolset.ts';
import {changeKeys} from '../../src/tui/change/change-view.ts';
import {homeKeys} from '../../src/tui/home/home-view.ts';
import {reviewKeys} from '../../src/tui/keys.ts';
import {listKeys} from '../../src/tui/view/list-place.ts';
import {code, table} from './table.ts';

/** Exit codes and what they mean. */
export const exitTable = () => table(['code', 'meaning'], exitMeanings);

/** Flags that every command knows, with the variable that stands in for each. */
export const flagTable = () =>
	table(
		['flag', 'what it does', 'variable'],
		globalFlags.map(({flags, summary, variable}) => [code(flags), summary, variable === undefined ? '' : code(variable)]),
	);

/** Every tool, by its command. */
export const toolTable = () =>
	table(
		['tool', 'effect', 'command', 'what it does'],
		[...kubernetesToolset, ...deployToolset].map(({name, effect, command, aliases = [], summary}) => [
			code(name),
			effect,
			[`mkcoa ${command.join(' ')}`, ...aliases].map(code).join(' or '),
			summary,
		]),
	);

/** Every tool that MCP clients are told of, by its toolset. */
export async function edgeTable(): Promise<string> {
	const offered = await edgeTools(undefined);
	const [search, result] = [
		['`tool_search`', '', 'read', 'Finds tools by what they do, and tells every field'],
		['`plan_result`', '', 'read', 'Tells what came of a plan that waited'],
	];
	return table(
		['tool', 'toolset', 'effect', 'what it does'],
		[...offered.map(({tool: {name, effect, summary}, toolset}) => [code(name), toolset, effect, summary]), search ?? [], result ?? []],
	);
}

const keysOf = (keys: readonly {readonly label: string; readonly does: string}[]) =>
	table(
		['key', 'what it does'],
		keys.map(({label, does}) => [code(label), does]),
	);

/** Keys of the review screen. */
export const keyTable = () => keysOf(reviewKeys);

/** Keys of the overview, and of every list. */
export const listKeyTable = () => keysOf([...homeKeys, ...listKeys]);

/** Keys while a change goes on. */
export const changeKeyTable = () => keysOf(changeKeys);
