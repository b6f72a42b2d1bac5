import {Command} from 'commander';
import {troubleOf} from '../core/error.ts';
import {type ExitCode, exitCodeOfTrouble} from '../core/outcome.ts';
import type {AnyTool} from '../core/tool.ts';
import {commandTrouble, helpShown} from './command-trouble.ts';
import {type Complete, completeWords} from './completion/complete-words.ts';
import {type Flags, guessedOutput, readOptions} from './options.ts';
import {addGlobalFlags, buildProgram, type ProgramWiring} from './program.ts';
import {printTrouble} from './render/print-outcome.ts';
import {sandboxWords} from './sandbox-words.ts';

type Wiring<Ports> = ProgramWiring<Ports> & {
	/** Names that may follow `--sandbox` as a word of their own. */
	readonly scenarios: readonly string[];
	/** Names of the live cluster for the shell's completion. */
	readonly complete: Complete;
};

/** Words that are neither global flags nor their values, and the flags found on the way. */
function firstLook(argv: readonly string[]) {
	const reader = addGlobalFlags(new Command()).configureOutput({outputError: () => {}});
	reader.exitOverride(error => {
		throw commandTrouble(error, reader);
	});
	const {operands, unknown} = reader.parseOptions([...argv]);
	return {operands, isBare: operands.length + unknown.length === 0, flags: reader.opts<Flags>()};
}

const toolAt = <Ports>(operands: readonly string[], tools: readonly AnyTool<Ports>[]) =>
	tools.find(({command, aliases = []}) =>
		[command.at(-1) ?? '', ...aliases].some(last => [...command.slice(0, -1), last].every((word, index) => operands[index] === word)),
	);

type Look = ReturnType<typeof firstLook>;

/** Answers what needs no command: the version, the home screen, the help of `mkcoa` alone. Undefined where a command is named. */
async function withoutCommand<Ports>({flags, isBare}: Look, wiring: Wiring<Ports>): Promise<ExitCode | undefined> {
	const {streams, environment, version, actions} = wiring;
	if (flags.version === true) {
		streams.out(`${version}\n`);
		return 0;
	}
	if (!isBare) return undefined;
	if (streams.outIsTerminal && streams.canAsk) return actions.home({values: {}, options: readOptions(flags, environment)});
	(await buildProgram(undefined, wiring)).command.outputHelp();
	return 0;
}

/**
 * Runs one command line and answers its exit code. Everything thrown below ends here: told on standard error, and as a failed outcome on
 * standard output where JSON or YAML was asked for.
 */
export async function runProgram<Ports>(argv: readonly string[], wiring: Wiring<Ports>): Promise<ExitCode> {
	const {streams, environment, complete, scenarios} = wiring;
	let tools: readonly AnyTool<Ports>[] = [];
	let operands: readonly string[] = [];
	try {
		if (argv[0] === '__complete') return await completeWords(argv.slice(argv[1] === '--' ? 2 : 1), {wiring, scenarios, complete});
		const words = sandboxWords(argv, scenarios);
		const look = firstLook(words);
		operands = look.operands;
		const answered = await withoutCommand(look, wiring);
		if (answered !== undefined) return answered;
		const program = await buildProgram(operands[0] === 'help' ? operands[1] : operands[0], wiring);
		tools = program.tools;
		await program.command.parseAsync(words, {from: 'user'});
		return program.exitCode();
	} catch (error) {
		if (error === helpShown) return 0;
		const tool = toolAt(operands, tools);
		const found = troubleOf(error);
		const trouble = tool === undefined || found.kind !== 'usage' ? found : {next: `See mkcoa ${tool.command.join(' ')} --help`, ...found};
		await printTrouble(streams, trouble, {
			tool: tool?.name ?? (operands.slice(0, 2).join(' ') || 'mkcoa'),
			output: guessedOutput(argv, environment),
			quiet: argv.includes('--quiet'),
			verbose: argv.includes('--verbose'),
			error,
		});
		return exitCodeOfTrouble(trouble);
	}
}
