import {deployToolset} from '../../src/agents/deploy/toolset.ts';
import {globalFlags} from '../../src/commands/options.ts';
import {exitMeanings} from '../../src/core/outcome.ts';
import {kubernetesToolset} from '../../src/mcp/kubernetes/toolset.ts';
import {reviewKeys} from '../../src/tui/keys.ts';
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

/** Keys of the review screen. */
export const keyTable = () =>
	table(
		['key', 'what it does'],
		reviewKeys.map(({label, does}) => [code(label), does]),
	);
