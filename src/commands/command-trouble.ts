import {type Command, CommanderError} from 'commander';
import {MkcoaError} from '../core/error.ts';
import {usageError} from './usage.ts';

/** Thrown to end the parsing after a help text was printed. */
export const helpShown = Symbol('help was shown');

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** Commander's words and ours. Its message ends with a guess in brackets where it has one. */
const phrases: readonly (readonly [RegExp, (word: string, more: string) => string])[] = [
	[/^unknown option '(.*)'/, word => `Flag '${word}' is not known`],
	[/^unknown command '(.*)'/, word => `Command '${word}' is not known`],
	[/^missing required argument '(.*)'/, word => `Argument <${word}> is missing`],
	[/^option '(.*)' argument missing/, word => `Flag '${word}' needs a value`],
	[/^too many arguments(?: for '.*')?\. Expected (.*)\.$/, word => `There are too many arguments: expected ${word}`],
	[/^option '(.*)' cannot be used with option '(.*)'/, (word, more) => `Flags '${word}' and '${more}' exclude each other`],
];

/**
 * An error of the command line in our words: what was typed, what was meant, and where to look.
 * `helpShown` for what is no error.
 */
export function commandTrouble(error: unknown, command: Command): unknown {
	if (!(error instanceof CommanderError)) return error;
	if (error.exitCode === 0 || error.code === 'commander.help') return helpShown;
	const [first = '', guess] = error.message.replace(/^error: /, '').split('\n');
	const meant = /Did you mean (?:one of )?(.*?)\?\)?$/.exec(guess ?? '')?.[1];
	const help = `mkcoa ${pathOf(command)}--help`;
	const next = asArgument(first, command) ?? (meant === undefined ? `See ${help}` : `Did you mean ${meant}? See ${help}`);
	for (const [pattern, phrase] of phrases) {
		const match = pattern.exec(first);
		if (match !== null) return usageError(phrase(match[1] ?? '', match[2] ?? ''), {next});
	}
	return new MkcoaError({kind: 'usage', code: 'usage', what: capital(first), next}, {cause: error});
}

/** What is given without a flag here may be one elsewhere, such as the replicas of kubectl scale. */
function asArgument(message: string, command: Command): string | undefined {
	const flag = /^unknown option '--([\w-]+)/.exec(message)?.[1];
	const words = command.registeredArguments.map(argument => argument.name());
	if (flag === undefined || !words.includes(flag)) return undefined;
	return `Give it without a flag: mkcoa ${pathOf(command)}${words.map(word => `<${word}>`).join(' ')}`;
}

/** Words of a command below the program, each followed by a space. */
const pathOf = (command: Command): string => (command.parent === null ? '' : `${pathOf(command.parent)}${command.name()} `);
