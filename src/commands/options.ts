import {parseDuration} from '../core/duration.ts';
import {type ReportFormat, reportFormats} from '../core/reports/report.ts';
import {kebab} from './input-field.ts';
import {usageError} from './usage.ts';

export type Environment = {readonly [variable: string]: string | undefined};

/** What flags and environment say for every command, read once and frozen. */
export type Options = {
	readonly context?: string | undefined;
	readonly namespace?: string | undefined;
	readonly kubeconfig?: string | undefined;
	/** Scenario of the embedded cluster; the empty text is its first one, undefined is no sandbox. */
	readonly sandbox?: string | undefined;
	/** File with a captured cluster, in the place of a real one. */
	readonly from?: string | undefined;
	/** Address of a Prometheus; the cluster's own if left out. */
	readonly prometheus?: string | undefined;
	/** File with the API server's audit log; `-` is standard input. */
	readonly auditLog?: string | undefined;
	/** Folder or zip of advisories in the format of OSV. */
	readonly advisories?: string | undefined;
	readonly output: OutputFormat;
	/** A format for what was found alone, in place of `output`. */
	readonly report?: ReportFormat | undefined;
	readonly dryRun: boolean;
	readonly planOut?: string | undefined;
	/** Folder of a checkout, or address of a repository, that a change is delivered to. */
	readonly gitops?: string | undefined;
	/** Carries a change out on a copy inside the process, and nowhere else. */
	readonly rehearse: boolean;
	readonly yes: boolean;
	readonly readOnly: boolean;
	readonly timeoutMs?: number | undefined;
	readonly verbose: boolean;
	readonly quiet: boolean;
	readonly colour: boolean;
};

const outputFormats = ['text', 'json', 'yaml'] as const;

export type OutputFormat = (typeof outputFormats)[number];

type GlobalFlag = {
	readonly flags: string;
	readonly summary: string;
	readonly group: string;
	/** Environment variable that stands in for the flag. */
	readonly variable?: string;
};

const target = 'Where:';
const change = 'How a change goes:';
const print = 'What is printed:';

/** Every flag that means the same on all commands. */
export const globalFlags: readonly GlobalFlag[] = [
	{flags: '--context <name>', summary: 'Cluster, by its name in the kubeconfig', group: target, variable: 'MKCOA_CONTEXT'},
	{flags: '-n, --namespace <name>', summary: "Namespace; the context's own if left out", group: target, variable: 'MKCOA_NAMESPACE'},
	{flags: '--kubeconfig <path>', summary: 'Kubeconfig file to read; it is never written', group: target, variable: 'MKCOA_KUBECONFIG'},
	{flags: '--sandbox [scenario]', summary: 'Embedded cluster instead of a real one', group: target, variable: 'MKCOA_SANDBOX'},
	{flags: '--from <file>', summary: 'Cluster as it was captured in this file; nothing changes', group: target},
	{flags: '--prometheus <url>', summary: "Prometheus to ask; the cluster's own if left out", group: target, variable: 'MKCOA_PROMETHEUS'},
	{flags: '--audit-log <file>', summary: "API server's audit log; - reads standard input", group: target, variable: 'MKCOA_AUDIT_LOG'},
	{flags: '--advisories <dir>', summary: 'Folder or zip of OSV advisories to look up', group: target, variable: 'MKCOA_ADVISORIES'},
	{flags: '--timeout <duration>', summary: 'Gives up after this long, such as 30s or 5m', group: target, variable: 'MKCOA_TIMEOUT'},
	{flags: '--dry-run', summary: 'Stops after the plan', group: change},
	{flags: '--plan-out <file>', summary: 'Saves the plan for mkcoa apply and stops', group: change},
	{flags: '--gitops <dir|url>', summary: 'Delivers it as a commit to this repository', group: change},
	{flags: '--rehearse', summary: 'Tries it on a copy, and tells what happens', group: change},
	{flags: '--yes', summary: 'Applies without asking, where policy allows it', group: change},
	{flags: '--read-only', summary: 'Refuses every change', group: change, variable: 'MKCOA_READ_ONLY'},
	{
		flags: '-o, --output <format>',
		summary: 'text, json or yaml; sarif, junit, markdown or oscal for findings',
		group: print,
		variable: 'MKCOA_OUTPUT',
	},
	{flags: '--json', summary: 'Same as --output json', group: print},
	{flags: '--verbose', summary: 'Prints each write and the cause of an error', group: print},
	{flags: '--quiet', summary: 'Prints no progress', group: print},
	{flags: '--no-color', summary: 'Prints without colour', group: print},
];

export type Flags = {readonly [name: string]: unknown};

/** A flag's word, else its variable's. An empty flag is most often a script's unset variable: falling back would aim at another cluster. */
function word(flags: Flags, name: string, variable?: string): string | undefined {
	const flag = flags[name];
	if (flag === '')
		throw usageError(`--${kebab(name)} is empty`, {
			next: 'Give it a value, or leave it out',
		});
	if (typeof flag === 'string') return flag;
	return variable === '' ? undefined : variable;
}

const isSet = (variable: string | undefined) => variable !== undefined && !['', '0', 'false', 'no'].includes(variable.toLowerCase());

function outputOf(flags: Flags, environment: Environment): Pick<Options, 'output' | 'report'> {
	const asked = word(flags, 'output', environment.MKCOA_OUTPUT) ?? 'text';
	const known = outputFormats.find(format => format === asked);
	if (known !== undefined) return {output: flags.json === true ? 'json' : known};
	const report = reportFormats.find(format => format === asked);
	if (report !== undefined) return flags.json === true ? {output: 'json'} : {output: 'text', report};
	throw usageError(`Output format '${asked}' is not known`, {next: `Use text, json or yaml, or for findings ${reportFormats.join(', ')}`});
}

function timeoutOf(flags: Flags, environment: Environment): number | undefined {
	const asked = word(flags, 'timeout', environment.MKCOA_TIMEOUT);
	if (asked === undefined) return undefined;
	const timeoutMs = parseDuration(asked);
	if (timeoutMs !== undefined) return timeoutMs;
	throw usageError(`Timeout '${asked}' is not a duration`, {next: 'Write it like 30s, 5m or 1h30m'});
}

/**
 * Flags first, then environment.
 * @throws MkcoaError of kind usage for a value that cannot be meant
 */
export function readOptions(flags: Flags, environment: Environment): Options {
	if (flags.quiet === true && flags.verbose === true)
		throw usageError('--quiet and --verbose exclude each other', {next: 'Leave one of them out'});
	if (flags.from !== undefined && flags.sandbox !== undefined)
		throw usageError('--from and --sandbox exclude each other', {next: 'Leave one of them out'});
	return Object.freeze({
		context: word(flags, 'context', environment.MKCOA_CONTEXT),
		namespace: word(flags, 'namespace', environment.MKCOA_NAMESPACE),
		kubeconfig: word(flags, 'kubeconfig', environment.MKCOA_KUBECONFIG),
		sandbox: flags.sandbox === true || flags.sandbox === '' ? '' : word(flags, 'sandbox', environment.MKCOA_SANDBOX),
		from: word(flags, 'from'),
		prometheus: word(flags, 'prometheus', environment.MKCOA_PROMETHEUS),
		auditLog: word(flags, 'auditLog', environment.MKCOA_AUDIT_LOG),
		advisories: word(flags, 'advisories', environment.MKCOA_ADVISORIES),
		...outputOf(flags, environment),
		dryRun: flags.dryRun === true,
		rehearse: flags.rehearse === true,
		planOut: word(flags, 'planOut'),
		gitops: word(flags, 'gitops'),
		yes: flags.yes === true,
		readOnly: flags.readOnly === true || isSet(environment.MKCOA_READ_ONLY),
		timeoutMs: timeoutOf(flags, environment),
		verbose: flags.verbose === true,
		quiet: flags.quiet === true,
		colour: flags.color !== false,
	});
}

/** What was asked for, as far as can be told when the flags themselves are wrong. */
export function guessedOutput(argv: readonly string[], environment: Environment): OutputFormat {
	const words = argv.slice(0, argv.includes('--') ? argv.indexOf('--') : undefined);
	if (words.includes('--json')) return 'json';
	const format = / (?:-o ?|--output[ =])(json|yaml|text)(?= |$)/.exec(` ${words.join(' ')}`)?.[1] ?? environment.MKCOA_OUTPUT;
	return outputFormats.find(known => known === format) ?? 'text';
}
