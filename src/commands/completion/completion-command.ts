import {Argument, Command} from 'commander';
import type {Streams} from '../../core/streams.ts';
import {usageError} from '../usage.ts';
import {completionScript, shells} from './completion-script.ts';

const help = `
Examples:
  source <(mkcoa completion bash)                             for bash, once
  mkcoa completion zsh > "\${fpath[1]}/_mkcoa"                 for zsh
  mkcoa completion fish > ~/.config/fish/completions/mkcoa.fish`;

/** The command `completion SHELL`. Throws a usage error for a shell that has no script. */
export const completionCommand = (streams: Streams): Command =>
	new Command('completion')
		.description('Prints the completion script of a shell')
		.addArgument(new Argument('<shell>', shells.join(', ')))
		.addHelpText('after', help)
		.action((shell: string) => {
			const script = completionScript(shell);
			if (script === undefined)
				throw usageError(`Shell '${shell}' is not one of ${shells.join(', ')}`, {next: 'See mkcoa completion --help'});
			streams.out(script);
		});
