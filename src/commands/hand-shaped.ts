import {Command, Option} from 'commander';
import type {ExitCode} from '../core/outcome.ts';
import type {Options} from './options.ts';
import {noFindings} from './tool-command.ts';

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
	| 'mcpInstall'
	| 'mcpServe'
	| 'mcpKeysList'
	| 'mcpKeysAdd'
	| 'mcpKeysRevoke'
	| 'mcpRolesCheck'
	| 'mcpRolesShow'
	| 'mcpAdd'
	| 'mcpList'
	| 'mcpRemove'
	| 'mcpCall'
	| 'sandboxStart'
	| 'sandboxScenarios'
	| 'incidentCapture'
	| 'incidentWatch'
	| 'monitorWatch'
	| 'incidentAck'
	| 'incidentHandover'
	| 'doctor'
	| 'kitchenSink'
	| 'demo';

/**
 * What was typed after a hand-shaped command: arguments and flags by name in camel case, as texts. Several words of one argument are joined by
 * blanks; a flag without a value is the empty text, and `--no-model` is `noModel`.
 */
type Values = {readonly [name: string]: string | undefined};

/** Several words of one argument, and flags that may stand more than once, one by one: a word with a blank in it stays one. */
type Lists = {readonly [name: string]: readonly string[]};

type Action = (call: {readonly values: Values; readonly lists?: Lists; readonly options: Options}) => Promise<ExitCode>;

/** What the hand-shaped commands do; `home` is `mkcoa` alone in a terminal. */
export type Actions = {readonly [name in ActionName]: Action};

/** A command that is no tool. `arguments` and `flags` are written as commander reads them. */
type HandShaped = {
	readonly words: readonly string[];
	readonly action: ActionName;
	readonly summary: string;
	readonly arguments?: readonly (readonly [string, string])[];
	readonly flags?: readonly (readonly [flags: string, summary: string, repeated?: 'repeated'])[];
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
		summary: 'Serves the tools to MCP clients, over standard input and output or HTTP',
		flags: [
			['--http [address]', 'Serves over HTTP, at 127.0.0.1:8765 if no address is given'],
			['--toolsets <names>', 'Toolsets to serve, such as kubernetes,deploy; all if left out'],
			['--contexts <names>', 'Contexts of the kubeconfig that a call may name, such as staging,prod, or all'],
			['--allow-changes', 'Lets clients ask for changes, which wait for a yes in mkcoa'],
			['--role <name>', 'Holds the client to one role of roles.yaml'],
			['--tls-cert <file>', 'Certificate, PEM'],
			['--tls-key <file>', 'Key of the certificate, PEM'],
			['--name <names>', 'Other host names by which clients reach it'],
			['--issuer <url>', 'Authorization server whose tokens are taken'],
			['--audience <name>', 'What its tokens must be for'],
			['--jwks <url>', 'Where it publishes its keys'],
			['--impersonate [prefix]', 'Calls the cluster as the caller, with this before his name and groups'],
			['--no-auth', 'Lets every account of this machine call, on this machine alone'],
		],
	},
	{words: ['mcp', 'keys', 'list'], action: 'mcpKeysList', summary: 'Lists the keys by which programs call over HTTP'},
	{
		words: ['mcp', 'keys', 'add'],
		action: 'mcpKeysAdd',
		summary: 'Makes a key and shows it once',
		arguments: [['<name>', 'Whose it is: the name of its calls in the audit log']],
		flags: [
			['--scopes <scopes>', 'What it may do, such as mkcoa:read,mkcoa:change (default mkcoa:read)'],
			['--for <duration>', 'How long it lasts (default 720h)'],
		],
	},
	{words: ['mcp', 'keys', 'revoke'], action: 'mcpKeysRevoke', summary: 'Ends a key', arguments: [['<id>', 'Key to end']]},
	{words: ['mcp', 'roles', 'check'], action: 'mcpRolesCheck', summary: 'Checks the file of roles'},
	{
		words: ['mcp', 'roles', 'show'],
		action: 'mcpRolesShow',
		summary: 'Shows what somebody may do who calls over HTTP',
		arguments: [['<principal>', 'Name of a key, or of a token']],
		flags: [['--groups <names>', 'Groups of the token, separated by commas']],
	},
	{
		words: ['mcp', 'install'],
		action: 'mcpInstall',
		summary: 'Installs mkcoa as a server in an MCP client, as a plan',
		arguments: [['<client>', 'claude-desktop, claude-code, vscode or cursor']],
		flags: [
			['--name <name>', 'Name of the server in the client (default mkcoa)'],
			['--project [folder]', 'Writes the file of a project, this one if no folder is given, instead of your own'],
			['--toolsets <names>', 'Toolsets to serve, such as kubernetes,deploy; all if left out'],
			['--contexts <names>', 'Contexts of the kubeconfig that a call may name, such as staging,prod, or all'],
			['--allow-changes', 'Lets the client ask for changes, which wait for a yes in mkcoa'],
		],
	},
	{
		words: ['mcp', 'add'],
		action: 'mcpAdd',
		summary: 'Adds the MCP server of a third party, after you saw its tools',
		arguments: [
			['<name>', 'Name of your own for it; one that is there already is approved anew'],
			['[command...]', 'Behind --: program that is the server, and its arguments'],
		],
		flags: [
			['--url <url>', 'Address of the server, instead of a command'],
			['--env <name>', 'Variable that the program is given, by its name alone', 'repeated'],
		],
	},
	{words: ['mcp', 'list'], action: 'mcpList', summary: 'Lists the MCP servers with their tools, and what changed since you approved them'},
	{
		words: ['mcp', 'remove'],
		action: 'mcpRemove',
		summary: 'Forgets an MCP server, what you approved of it, and its sign-in',
		arguments: [['<name>', 'Server to forget']],
	},
	{
		words: ['mcp', 'call'],
		action: 'mcpCall',
		summary: 'Calls a tool of an MCP server, or one of mkcoa as its clients do',
		arguments: [['<tool>', 'SERVER.TOOL, or TOOL of mkcoa itself']],
		flags: [
			['--input <json>', 'Input of the tool (default {}); - reads standard input'],
			['--role <name>', 'Calls a tool of mkcoa as somebody with this role of roles.yaml'],
			['--allow-changes', 'Calls a tool of mkcoa that changes something: it answers with a plan that waits'],
		],
	},
	{
		words: ['incident', 'capture'],
		action: 'incidentCapture',
		summary: 'Writes the cluster as it is now to a file for --from',
		arguments: [['<file>', 'File to write; it must not be there yet']],
	},
	{
		words: ['incident', 'watch'],
		action: 'incidentWatch',
		summary: 'Tells incidents as they come and go, until interrupted',
		flags: [
			['--alerts [address]', 'Takes alerts of Alertmanager, PagerDuty and Opsgenie, at 127.0.0.1:8766 if no address is given'],
			['--alertmanager <url>', 'Asks this Alertmanager for its alerts'],
			['--notify <url>', 'Sends what is told to this address, too', 'repeated'],
			['--notify-as <format>', 'webhook, slack or teams; by the address if left out'],
			['--fail-on <severity>', 'Exits with 3 where something as grave came: low, medium, high or critical'],
		],
	},
	{
		words: ['monitor', 'watch'],
		action: 'monitorWatch',
		summary: 'Tells what is unusual in the metrics as it comes, until interrupted',
		arguments: [['[target]', 'Deployment, or KIND/NAME; all that serves in the namespace if left out']],
		flags: [
			['--metrics <names>', 'Some of them, separated by commas (default requests,errors,latency-p95,cpu,memory,throttled)'],
			['--history <duration>', 'How much of the past to learn from (default 14d)'],
			['--false-alarms <number>', 'False alarms a week that are bearable in all that is watched (default 7)'],
			['--step <duration>', 'Between two looks (default 5m)'],
		],
	},
	{
		words: ['incident', 'ack'],
		action: 'incidentAck',
		summary: 'Notes that you look after an incident, in the records of this machine alone',
		arguments: [['<incident>', 'Id that mkcoa incident list tells, or its beginning']],
		flags: [['--note <text>', 'What the next one should know']],
	},
	{
		words: ['incident', 'handover'],
		action: 'incidentHandover',
		summary: 'Notes who looks after an incident from now on, in the records of this machine alone',
		arguments: [
			['<incident>', 'Id that mkcoa incident list tells, or its beginning'],
			['<person>', 'Who takes it'],
		],
		flags: [['--note <text>', 'What that person should know']],
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
		summary: 'Shows a change from plan to undo on the embedded cluster, or an incident from cause to cure',
		arguments: [['[story]', 'release or incident (default release)']],
		flags: [['--speed <number>', 'How much faster than real time (default 1)']],
		isHidden: true,
	},
];

/** Summaries of the words that hold several commands. */
const groupSummaries: {readonly [word: string]: string} = {
	audit: 'Verifies and exports who did what',
	grants: 'Lists, gives and ends permissions to pass unasked',
	mcp: 'Serves tools to MCP clients; uses servers of others',
	'mcp keys': 'Lists, makes and ends keys of programs that call over HTTP',
	'mcp roles': 'Checks and shows who may do what over HTTP',
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

/** Commander gives lists of texts. */
const isList = (entry: readonly [string, unknown]): entry is readonly [string, readonly string[]] => Array.isArray(entry[1]);

function optionOf(flags: string, summary: string, isRepeated: boolean): Option {
	const option = new Option(flags, summary);
	return isRepeated ? option.argParser((word: string, before: readonly string[] = []) => [...before, word]) : option;
}

function leafCommand(shape: HandShaped, {options, actions, exit}: Wiring): Command {
	const command = new Command(shape.words.at(-1)).description(shape.summary);
	command.optionsGroup('Flags:');
	for (const [word, summary] of shape.arguments ?? []) command.argument(word, summary);
	for (const [flags, summary, repeated] of shape.flags ?? []) command.addOption(optionOf(flags, summary, repeated !== undefined));
	command.addHelpText('after', '\nFlags that every command knows: mkcoa --help');
	return command.action(async (...words: unknown[]) => {
		const given = command.registeredArguments.map((argument, index) => [camelCase(argument.name()), words[index]] as const);
		const all: readonly (readonly [string, unknown])[] = [...given, ...Object.entries(command.opts())];
		const values: Values = Object.fromEntries(all.map(asText));
		const read = options();
		if (read.report !== undefined) throw noFindings(shape.words, read.report);
		exit(await actions[shape.action]({values, lists: Object.fromEntries(all.filter(isList)), options: read}));
	});
}

/** The commands that are no tools, as children of the program. */
export function handShapedCommands(wiring: Wiring): readonly {readonly command: Command; readonly isHidden: boolean}[] {
	const roots = new Map<string, {command: Command; isHidden: boolean}>();
	const groups = new Map<string, Command>();
	/** The command that holds others by these words, below that of the words before. */
	const groupOf = (words: readonly string[]): Command => {
		const path = words.join(' ');
		const known = groups.get(path);
		if (known !== undefined) return known;
		const group = new Command(words.at(-1)).description(groupSummaries[path] ?? '');
		groups.set(path, group);
		if (words.length === 1) roots.set(path, {command: group, isHidden: false});
		else groupOf(words.slice(0, -1)).addCommand(group);
		return group;
	};
	for (const shape of handShaped) {
		const leaf = leafCommand(shape, wiring);
		const before = shape.words.slice(0, -1);
		if (before.length === 0) roots.set(leaf.name(), {command: leaf, isHidden: shape.isHidden === true});
		else groupOf(before).addCommand(leaf);
	}
	return [...roots.values()];
}
