import type {Complete} from '../../src/commands/completion/complete-words.ts';
import type {Actions} from '../../src/commands/hand-shaped/hand-shaped.ts';
import type {Environment} from '../../src/commands/options.ts';
import {runProgram} from '../../src/commands/run-program.ts';
import type {ToolCall} from '../../src/commands/tool-command.ts';
import {MkcoaError} from '../../src/core/error.ts';
import type {Streams} from '../../src/core/streams.ts';
import {bufferStreams} from './buffer-streams.ts';
import {sampleTools} from './sample-tools.ts';

type World = {
	readonly environment?: Environment;
	readonly files?: {readonly [path: string]: string};
	readonly streams?: Partial<Streams>;
	readonly complete?: Complete;
};

/** Runs one command line on the sample tools: exit code, what was printed, what was called and which groups were loaded. */
export async function commandLine(
	words: string | readonly string[],
	{environment = {}, files = {}, streams: shape = {}, complete}: World = {},
) {
	const {streams, printed} = bufferStreams(shape);
	const calls: (Pick<ToolCall<unknown>, 'input' | 'options'> & {readonly tool: string})[] = [];
	const actions: {name: string; values: object}[] = [];
	const loaded: string[] = [];
	const load = (group: string) => async () => {
		loaded.push(group);
		return group === 'k8s' ? sampleTools : [];
	};
	// Every action notes its name and what it was given.
	const noting = new Proxy({} as Actions, {
		get: (_, name) => async (call: {values: object}) => {
			actions.push({name: String(name), values: call.values});
			return 0;
		},
	});
	const code = await runProgram(typeof words === 'string' ? words.split(' ').filter(word => word !== '') : words, {
		version: '0.1.0',
		streams,
		environment,
		scenarios: ['shop', 'bad-image'],
		groups: [
			{name: 'k8s', summary: 'Reads and changes objects of a cluster', load: load('k8s')},
			{name: 'deploy', summary: 'Rolls out new versions and takes them back', load: load('deploy')},
		],
		readFile: async path => {
			const text = files[path];
			if (text === undefined)
				throw new MkcoaError({kind: 'usage', code: 'no-such-file', what: `File '${path}' does not exist`, next: 'Check the path'});
			return text;
		},
		runTool: async ({tool, input, options}) => {
			calls.push({tool: tool.name, input, options});
			return 0;
		},
		actions: noting,
		complete: complete ?? (async () => []),
	});
	return {code, ...printed, call: calls[0], action: actions[0], loaded};
}
