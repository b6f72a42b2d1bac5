import {Command, Option} from 'commander';
import type {Finding} from '../core/finding.ts';
import type {JsonObject} from '../core/json.ts';
import type {ExitCode} from '../core/outcome.ts';
import type {AnyTool} from '../core/tool.ts';
import {examplesOf, type InputField, inputFields, isShared} from './input-field.ts';
import {globalFlags, type Options} from './options.ts';
import {checkInput, readInput, type Typed} from './read-input.ts';
import {usageError} from './usage.ts';

/** One call of a tool from the command line. `input` fits the schema but for a namespace or context that the kubeconfig fills in. */
export type ToolCall<Ports> = {
	readonly tool: AnyTool<Ports>;
	readonly input: JsonObject;
	readonly options: Options;
	readonly isWatched?: true;
	/** Findings as grave as this end with their own exit code. */
	readonly failOn?: Finding['severity'];
	/** In every context of the kubeconfig, side by side. */
	readonly isEverywhere?: true;
};

type Wiring<Ports> = {
	/** Read when the command runs, so that wrong global flags are told with the command's own. */
	readonly options: () => Options;
	readonly readFile: (path: string) => Promise<string>;
	readonly run: (call: ToolCall<Ports>) => Promise<ExitCode>;
	readonly exit: (code: ExitCode) => void;
};

/** Of a list that keeps commas a flag's value is one item, and the flag is given again for the next. */
const isRepeated = ({isList, splits, kind}: InputField) => isList && !splits && kind !== 'file';

const placeholder = (field: InputField) => {
	const {kind, choices, name, isList} = field;
	if (kind === 'file') return 'path';
	if (choices !== undefined && choices.join('|').length <= 30) return choices.join('|');
	if (kind === 'number') return isList ? 'number,…' : 'number';
	// `label-selector` is a selector: the flag has said the rest.
	const word = (/[A-Z]?[a-z\d]+$/.exec(name)?.[0] ?? name).toLowerCase();
	if (isRepeated(field)) return word.replace(/s$/, '');
	return isList ? `${word},…` : word;
};

const isEmpty = (value: unknown) => value === undefined || typeof value === 'boolean' || (Array.isArray(value) && value.length === 0);

/** A field's summary and what its placeholder does not say. */
function described(field: InputField, isArgument: boolean): string {
	const {summary, choices, defaultValue, isRequired, kind} = field;
	const showsChoices = choices !== undefined && (isArgument || placeholder(field) !== choices.join('|'));
	const notes = [
		...(showsChoices ? [`one of ${choices.join(', ')}`] : []),
		...(isEmpty(defaultValue) ? [] : [`default ${Array.isArray(defaultValue) ? defaultValue.join(',') : String(defaultValue)}`]),
		...(isRequired && !isArgument ? ['required'] : []),
		...(kind === 'file' ? ['- is standard input'] : []),
		...(isRepeated(field) && !isArgument ? ['repeatable'] : []),
	];
	return notes.length === 0 ? summary : `${summary} (${notes.join('; ')})`;
}

/** The summary tells what the field does when it is true; the flag of one that is true already turns it off. */
const turnedOff = (summary: string) => `Turns off: ${summary.charAt(0).toLowerCase()}${summary.slice(1)}`;

/** Adds one more value of a flag that may be repeated. */
const collect = (value: string, earlier: readonly string[] | undefined) => [...(earlier ?? []), value];

function optionOf(field: InputField): Option {
	const short = field.short === undefined ? '' : `-${field.short}, `;
	if (field.kind === 'boolean' && field.defaultValue === true) return new Option(`--no-${field.flag}`, turnedOff(field.summary));
	if (field.kind === 'boolean') return new Option(`${short}--${field.flag}`, field.summary);
	const option = new Option(`${short}--${field.flag} <${placeholder(field)}>`, described(field, false));
	return field.isList ? option.argParser(collect) : option;
}

const argumentOf = ({name, isList, isRequired}: InputField) => {
	const word = `${name}${isList ? '...' : ''}`;
	return isRequired ? `<${word}>` : `[${word}]`;
};

/** What a person should know of a tool before running it, below its flags. */
function footer<Ports>({effect, input}: AnyTool<Ports>): string {
	const examples = examplesOf(input).map(example => `  ${example}`);
	const change = 'Shows its plan and asks before anything changes; --dry-run stops after the plan.';
	return [
		...(examples.length === 0 ? [] : ['', 'Examples:', ...examples]),
		'',
		...(effect === 'read' ? [] : [change]),
		'Flags that every command knows: mkcoa --help',
	].join('\n');
}

/** The typed values by field, from commander's positional arguments and flags. */
function typedOf(fields: readonly InputField[], positionals: readonly string[], words: readonly unknown[], command: Command): Typed {
	const flags: Typed = command.opts();
	return Object.fromEntries(
		fields.map(field => {
			const place = positionals.indexOf(field.name);
			// Commander calls a field after its long flag; `--no-wait` is called `wait` and true unless it was given.
			const key = field.flag.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
			const given = command.getOptionValueSource(key) === 'cli' ? flags[key] : undefined;
			return [field.name, place < 0 ? given : (words[place] as Typed[string])];
		}),
	);
}

const globalWords = globalFlags.flatMap(({flags}) => flags.match(/(?<=^| )--?[\w-]+/g) ?? []);

/** A flag that every command reads for itself would never reach the tool. */
const isGlobal = ({flag, short}: InputField) =>
	[`--${flag}`, `-${short}`].some(word => [...globalWords, '-h', '-V', '--help', '--version'].includes(word));

/** Whether a word names a command, by its name or another word for it. */
export const isCalled = (command: Command, word: string) => command.name() === word || command.aliases().includes(word);

const severities: readonly Finding['severity'][] = ['low', 'medium', 'high', 'critical'];

/** Flags that are no input of the tool: they say what becomes of its answer. */
type CallFlags = {readonly watch?: boolean; readonly failOn?: Finding['severity']; readonly allContexts?: boolean};

/** @throws always: a report that says nothing would pass for a clean one */
export const noFindings = (command: readonly string[], format: string) =>
	usageError(`mkcoa ${command.join(' ')} tells no findings, which ${format} is for`, {next: 'Use -o text, json or yaml'});

/** The command of a tool: its words, arguments and flags come from the tool object alone. */
export function toolCommand<Ports>(tool: AnyTool<Ports>, {options, readFile, run, exit}: Wiring<Ports>): Command {
	const fields = inputFields(tool.input);
	const {positionals} = tool;
	const command = new Command(tool.command.at(-1)).aliases(tool.aliases ?? []).description(tool.summary);
	command.optionsGroup('Flags:');
	for (const name of positionals) {
		const field = fields.find(each => each.name === name);
		if (field === undefined) throw new Error(`${tool.name} names the argument ${name}, which its input does not have`);
		command.argument(argumentOf(field), described(field, true));
	}
	for (const field of fields.filter(({name}) => !positionals.includes(name) && !isShared(name))) {
		if (isGlobal(field)) throw new Error(`${tool.name} has the field ${field.name}, whose flag means something else on every command`);
		command.addOption(optionOf(field));
	}
	if (tool.watch !== undefined) command.addOption(new Option('-w, --watch', tool.watch));
	if (tool.findings !== undefined)
		command
			.addOption(new Option('--fail-on <severity>', 'Exits with 3 where something as grave is found').choices(severities))
			.addOption(new Option('--all-contexts', 'Looks into the cluster of every context of the kubeconfig'));
	command.addHelpText('after', footer(tool));
	return command.action(async (...words: unknown[]) => {
		const read = options();
		const input = await readInput(fields, typedOf(fields, positionals, words, command), {options: read, readFile, positionals});
		checkInput(tool.input, input, fields, positionals);
		const {watch, failOn, allContexts} = command.opts<CallFlags>();
		const isWatched = tool.watch !== undefined && watch === true;
		if (read.report !== undefined && tool.findings === undefined) throw noFindings(tool.command, read.report);
		exit(
			await run({
				tool,
				input,
				options: read,
				...(isWatched ? {isWatched} : {}),
				...(failOn === undefined ? {} : {failOn}),
				...(allContexts === true ? {isEverywhere: true} : {}),
			}),
		);
	});
}
