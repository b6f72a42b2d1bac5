import {Command, Option} from 'commander';
import type {ExitCode} from '../../core/outcome.ts';
import type {Options} from '../options.ts';
import {noFindings} from '../tool-command.ts';
import {chatCommands} from './chat-commands.ts';
import type {Actions, HandShaped, Values} from './hand-shaped.ts';
import {mcpCommands} from './mcp-commands.ts';
import {planCommands} from './plan-commands.ts';
import {trialCommands} from './trial-commands.ts';
import {watchCommands} from './watch-commands.ts';

/** In the order of the help. */
const families = [chatCommands, planCommands, mcpCommands, watchCommands, trialCommands];

const groupSummaries: {readonly [words: string]: string} = Object.fromEntries(families.flatMap(({groups = {}}) => Object.entries(groups)));

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
	for (const shape of families.flatMap(({commands}) => commands)) {
		const leaf = leafCommand(shape, wiring);
		const before = shape.words.slice(0, -1);
		if (before.length === 0) roots.set(leaf.name(), {command: leaf, isHidden: shape.isHidden === true});
		else groupOf(before).addCommand(leaf);
	}
	return [...roots.values()];
}
