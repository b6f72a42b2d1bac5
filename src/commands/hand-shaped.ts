import {Command, Option} from 'commander';
import type {ExitCode} from '../core/outcome.ts';
import type {Options} from './options.ts';

type ActionName =
	| 'home'
	| 'chat'
	| 'apply'
	| 'approve'
	| 'undo'
	| 'resume'
	| 'history'
	| 'auditVerify'
	| 'auditExport'
	| 'grantsList'
	| 'grantsAdd'
	| 'grantsRevoke'
	| 'policyTest'
	| 'mcpServe'
	| 'sandboxStart'
	| 'sandboxScenarios'
	| 'doctor'
	| 'kitchenSink'
	| 'demo';

/**
 * What was typed after a hand-shaped command: arguments and flags by name in camel case, as texts. Several words of one argument are joined by
 * blanks; a flag without a value is the empty text, and `--no-model` is `noModel`.
 */
type Values = {readonly [name: string]: string | undefined};

type Action = (call: {readonly values: Values; readonly options: Options}) => Promise<ExitCode>;

/** What the hand-shaped commands do; `home` is `mkcoa` alone in a terminal. */
export type Actions = {readonly [name in ActionName]: Action};

/** A command that is no tool. `arguments` and `flags` are written as commander reads them. */
type HandShaped = {
	readonly words: readonly string[];
	readonly action: ActionName;
	readonly summary: string;
	readonly arguments?: readonly (readonly [string, string])[];
	readonly flags?: readonly (readonly [string, string])[];
	readonly isHidden?: true;
};

const latest = 'Journal entry; the latest if left out';

const handShaped: readonly HandShaped[] = [
	{
		words: ['chat'],
		action: 'chat',
		summary: 'Answers a request in your own words',
		arguments: [['[request...]', 'What you want to know or change; standard input if left out']],
		flags: [
			['--model <name>', 'Model to ask, as PROVIDER/NAME; none uses the built-in router'],
			['--no-model', 'Uses the built-in router alone'],
			['--resume [id]', 'Goes on with a conversation; the latest of this cluster if left out'],
			['--sessions', 'Lists the conversations that are kept'],
			['--export <id>', 'Prints a conversation as Markdown'],
		],
	},
	{
		words: ['apply'],
		action: 'apply',
		summary: 'Applies exactly the plan of a file',
		arguments: [['<plan-file>', 'File written by --plan-out']],
	},
	{
		words: ['approve'],
		action: 'approve',
		summary: 'Reviews plans that wait for a yes',
		arguments: [['[id]', 'Plan to review; all that wait, one by one, if left out']],
	},
	{words: ['undo'], action: 'undo', summary: 'Takes a change back', arguments: [['[id]', latest]]},
	{words: ['resume'], action: 'resume', summary: 'Goes on with a change that was interrupted', arguments: [['[id]', latest]]},
	{
		words: ['history'],
		action: 'history',
		summary: 'Lists what was changed, newest first',
		arguments: [['[id]', 'Entry to show with its effects']],
		flags: [['--limit <number>', 'Entries to list (default 20)']],
	},
	{words: ['audit', 'verify'], action: 'auditVerify', summary: 'Checks that no audit record was altered or lost'},
	{
		words: ['audit', 'export'],
		action: 'auditExport',
		summary: 'Prints the audit records',
		flags: [['--since <duration>', 'Leaves out older records, such as 24h']],
	},
	{words: ['grants', 'list'], action: 'grantsList', summary: 'Lists what may pass unasked'},
	{
		words: ['grants', 'add'],
		action: 'grantsAdd',
		summary: 'Lets a tool change a namespace unasked for a while',
		arguments: [['<tool>', 'Tool that may pass']],
		flags: [
			['--for <duration>', 'How long the grant lasts (default 1h)'],
			['--max-risk <level>', 'Highest risk that passes: low or medium (default low)'],
		],
	},
	{words: ['grants', 'revoke'], action: 'grantsRevoke', summary: 'Ends a grant', arguments: [['<id>', 'Grant to end']]},
	{
		words: ['policy', 'test'],
		action: 'policyTest',
		summary: 'Tells what policy would say to a plan',
		arguments: [['<plan-file>', 'File written by --plan-out']],
	},
	{
		words: ['mcp', 'serve'],
		action: 'mcpServe',
		summary: 'Serves the tools to an MCP client over standard input and output',
		flags: [
			['--toolsets <names>', 'Toolsets to serve, such as kubernetes,deploy; all if left out'],
			['--allow-changes', 'Lets clients ask for changes, which wait for a yes in mkcoa'],
		],
	},
	{
		words: ['sandbox', 'start'],
		action: 'sandboxStart',
		summary: 'Runs the embedded cluster until interrupted and prints its kubeconfig',
		arguments: [['[scenario]', 'Scenario to begin with']],
	},
	{words: ['sandbox', 'scenarios'], action: 'sandboxScenarios', summary: 'Lists the scenarios of the embedded cluster'},
	{words: ['doctor'], action: 'doctor', summary: 'Checks kubeconfig, cluster, state folder and model'},
	{words: ['kitchen-sink'], action: 'kitchenSink', summary: 'Prints every component of the screens'},
	{
		words: ['demo'],
		action: 'demo',
		summary: 'Shows a change from plan to undo on the embedded cluster',
		flags: [['--speed <number>', 'How much faster than real time (default 1)']],
		isHidden: true,
	},
];

/** Summaries of the words that hold several commands. */
const groupSummaries: {readonly [word: string]: string} = {
	audit: 'Verifies and exports who did what',
	grants: 'Lists, gives and ends permissions to pass unasked',
	mcp: 'Serves the tools to MCP clients',
	policy: 'Tests the rules of what may be changed',
	sandbox: 'Runs the embedded cluster',
};

type Wiring = {
	readonly options: () => Options;
	readonly actions: Actions;
	readonly exit: (code: ExitCode) => void;
};

const camelCase = (name: string) => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/** Commander gives texts, lists of texts, and true or false for a flag that has no value. */
function asText([name, value]: readonly [string, unknown]): readonly [string, string | undefined] {
	if (value === false) return [camelCase(`no-${name}`), ''];
	if (value === true) return [name, ''];
	if (Array.isArray(value)) return [name, value.length === 0 ? undefined : value.join(' ')];
	return [name, typeof value === 'string' ? value : undefined];
}

function leafCommand(shape: HandShaped, {options, actions, exit}: Wiring): Command {
	const command = new Command(shape.words.at(-1)).description(shape.summary);
	command.optionsGroup('Flags:');
	for (const [word, summary] of shape.arguments ?? []) command.argument(word, summary);
	for (const [flags, summary] of shape.flags ?? []) command.addOption(new Option(flags, summary));
	command.addHelpText('after', '\nFlags that every command knows: mkcoa --help');
	return command.action(async (...words: unknown[]) => {
		const given = command.registeredArguments.map((argument, index) => [camelCase(argument.name()), words[index]] as const);
		const values: Values = Object.fromEntries([...given, ...Object.entries(command.opts())].map(asText));
		exit(await actions[shape.action]({values, options: options()}));
	});
}

/** The commands that are no tools, as children of the program. */
export function handShapedCommands(wiring: Wiring): readonly {readonly command: Command; readonly isHidden: boolean}[] {
	const roots = new Map<string, {command: Command; isHidden: boolean}>();
	for (const shape of handShaped) {
		const [first = '', second] = shape.words;
		const leaf = leafCommand(shape, wiring);
		const group = roots.get(first)?.command ?? new Command(first).description(groupSummaries[first] ?? '');
		if (second === undefined) roots.set(first, {command: leaf, isHidden: shape.isHidden === true});
		else roots.set(first, {command: group.addCommand(leaf), isHidden: false});
	}
	return [...roots.values()];
}
