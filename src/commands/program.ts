import {Command, type CommanderError, Option} from 'commander';
import {type ExitCode, exitMeanings} from '../core/outcome.ts';
import type {Streams} from '../core/streams.ts';
import type {AnyTool} from '../core/tool.ts';
import {commandTrouble} from './command-trouble.ts';
import {completionCommand} from './completion/completion-command.ts';
import {environmentHelp} from './environment-help.ts';
import type {Actions} from './hand-shaped/hand-shaped.ts';
import {handShapedCommands} from './hand-shaped/hand-shaped-commands.ts';
import {helpLayout} from './help-layout.ts';
import {type Environment, type Flags, globalFlags, readOptions} from './options.ts';
import {printOut} from './render/paint.ts';
import {isCalled, type ToolCall, toolCommand} from './tool-command.ts';
import {usageError} from './usage.ts';

/** A word that holds tools. Only its name and summary are known before it is used. */
export type ToolGroup<Ports> = {
	readonly name: string;
	readonly summary: string;
	readonly load: () => Promise<readonly AnyTool<Ports>[]>;
};

export type ProgramWiring<Ports> = {
	readonly version: string;
	readonly streams: Streams;
	readonly environment: Environment;
	readonly groups: readonly ToolGroup<Ports>[];
	/** Text of a file; `-` is standard input. */
	readonly readFile: (path: string) => Promise<string>;
	readonly runTool: (call: ToolCall<Ports>) => Promise<ExitCode>;
	readonly actions: Actions;
};

export type Program<Ports> = {
	readonly command: Command;
	/** Tools that were loaded for this command line. */
	readonly tools: readonly AnyTool<Ports>[];
	/** What the command that ran said; `done` where it said nothing. */
	readonly exitCode: () => ExitCode;
};

const exitHelp = ['Exit codes:', ...exitMeanings.map(([code, meaning]) => `  ${String(code).padEnd(4)}${meaning}`)].join('\n');

/** Flags that mean the same everywhere, the version and the help among them. */
export function addGlobalFlags(program: Command): Command {
	for (const {flags, summary, group} of globalFlags) program.addOption(new Option(flags, summary).helpGroup(group));
	program.addOption(new Option('-V, --version', 'Prints the version').helpGroup('More:'));
	return program.addHelpOption(new Option('-h, --help', 'Shows this help').helpGroup('More:'));
}

const groupCommand = (name: string, summary: string) => new Command(name).description(summary);

/** Puts a tool below the words of its command; words in between become commands that hold others. */
function place(group: Command, words: readonly string[], leaf: Command): void {
	const [word, ...rest] = words;
	if (word === undefined || rest.length === 0) {
		group.addCommand(leaf);
		return;
	}
	const known = group.commands.find(command => command.name() === word);
	const next = known ?? groupCommand(word, '');
	if (known === undefined) group.addCommand(next);
	place(next, rest, leaf);
}

function helpCommand(program: Command, streams: Streams): Command {
	return new Command('help')
		.description('Shows the help of a command, or of the environment')
		.argument('[command...]', 'Words of the command, or environment')
		.action((words: readonly string[]) => {
			if (words[0] === 'environment') return printOut(streams, environmentHelp);
			let command = program;
			for (const word of words) {
				const child = command.commands.find(each => isCalled(each, word));
				if (child === undefined) throw usageError(`Command '${word}' is not known`, {next: 'See mkcoa --help'});
				command = child;
			}
			command.outputHelp();
		});
}

/** Help and errors of a command and of all below it go our way: to the streams, and as errors in our words. */
function prepare(command: Command, streams: Streams): void {
	command
		.helpCommand(false)
		.configureOutput({
			writeOut: streams.out,
			writeErr: streams.out,
			outputError: () => {},
			getOutHasColors: () => streams.colour && streams.outIsTerminal,
			getErrHasColors: () => streams.colour && streams.outIsTerminal,
		})
		.configureHelp(helpLayout(streams))
		.exitOverride((error: CommanderError) => {
			throw commandTrouble(error, command);
		});
	if (command.parent !== null) command.helpOption('-h, --help', 'Shows this help');
	for (const child of command.commands) prepare(child, streams);
}

/**
 * Builds the commands for one command line. The tools of a group are loaded when `groupName` names it, and no others.
 */
export async function buildProgram<Ports>(groupName: string | undefined, wiring: ProgramWiring<Ports>): Promise<Program<Ports>> {
	const {streams, environment, groups, actions} = wiring;
	const program = addGlobalFlags(new Command('mkcoa'))
		.description('An operations copilot for Kubernetes: every change is a plan you can read and take back')
		.usage('<command> [flags]')
		.addHelpText('after', `\n${exitHelp}\n\nEnvironment variables: mkcoa help environment`);
	let exitCode: ExitCode = 0;
	const exit = (code: ExitCode) => {
		exitCode = code;
	};
	const options = () => readOptions(program.opts<Flags>(), environment);
	const tools = (await groups.find(({name}) => name === groupName)?.load()) ?? [];

	program.commandsGroup('Tools:');
	for (const {name, summary} of groups) {
		const group = groupCommand(name, summary);
		for (const tool of name === groupName ? tools : []) {
			const leaf = toolCommand(tool, {options, exit, readFile: wiring.readFile, run: wiring.runTool});
			place(group, tool.command.slice(1), leaf);
		}
		program.addCommand(group);
	}
	program.commandsGroup('Plans and records:');
	for (const {command, isHidden} of handShapedCommands({options, actions, exit})) {
		const group = program.commands.find(each => each.name() === command.name());
		if (group === undefined) program.addCommand(command, {hidden: isHidden});
		// Some words hold tools and commands that are none.
		else for (const child of command.commands) group.addCommand(child);
	}
	program.addCommand(completionCommand(streams)).addCommand(helpCommand(program, streams));
	prepare(program, streams);
	return {command: program, tools, exitCode: () => exitCode};
}
