import type {AnyTool} from '../../core/tool.ts';

/**
 * Tells in words of tools what is told in those of the command line, so that a client can follow it: `mkcoa k8s api-resources` is
 * `api_resources_list`. What only a person can do, such as `mkcoa approve`, stays.
 */
export function toolWords<Ports>(tools: readonly AnyTool<Ports>[]): (text: string) => string {
	const names = new Map(
		tools.flatMap(({name, command, aliases = []}) =>
			[command, ...aliases.map(alias => [...command.slice(0, -1), alias])].map(words => [words.join(' '), name] as const),
		),
	);
	if (names.size === 0) return text => text;
	// Longer ones first: `deploy config` must not hide `deploy configmap`.
	const commands = [...names.keys()].sort((a, b) => b.length - a.length).map(RegExp.escape);
	const pattern = new RegExp(`mkcoa (${commands.join('|')})(?![\\w-])( --help)?`, 'g');
	return text =>
		text.replace(pattern, (_, words: string, help: string | undefined) => `${help === undefined ? '' : 'tool_search '}${names.get(words)}`);
}
