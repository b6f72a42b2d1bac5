import packageJson from '../../package.json' with {type: 'json'};
import {rootHelp} from './generated/root-help.ts';

/**
 * What is known without any room: the version, and the help of `mkcoa` where no terminal has a width of its own.
 * Scripts and shells ask for these often, and reading a command line properly costs more than starting Node.
 */
export function quickAnswer(argv: readonly string[], outIsTerminal: boolean): string | undefined {
	const [word, ...more] = argv;
	if (more.length > 0) return undefined;
	if (word === '--version' || word === '-V') return `${packageJson.version}\n`;
	return (word === '--help' || word === '-h') && !outIsTerminal ? rootHelp : undefined;
}
