import {emptyLine, hanging, type Line, span} from '../core/text/styled.ts';
import {padText} from '../core/text/text-width.ts';
import {globalFlags} from './options.ts';

/** Variables that stand in for no flag. */
const others: readonly (readonly [string, string])[] = [
	['KUBECONFIG', 'Kubeconfig files, separated by colons; --kubeconfig wins'],
	['HTTPS_PROXY', 'Proxy to reach clusters by; so are HTTP_PROXY and NO_PROXY'],
	['MKCOA_STATE_DIR', 'Folder of journal, audit log and waiting plans; else mkcoa below XDG_STATE_HOME or ~/.local/state'],
	['XDG_CONFIG_HOME', 'Where mkcoa/policy.yaml and mkcoa/models.yaml are looked for; else ~/.config'],
	['MKCOA_MODEL', 'Model that answers in words, written PROVIDER/NAME, or none for the built-in router'],
	['ANTHROPIC_API_KEY', 'Key of a model; so are OPENAI_API_KEY, GEMINI_API_KEY, GOOGLE_API_KEY and AZURE_OPENAI_API_KEY'],
	['OPENAI_BASE_URL', 'Server that speaks like OpenAI; so are ANTHROPIC_BASE_URL, GOOGLE_GEMINI_BASE_URL and AZURE_OPENAI_ENDPOINT'],
	['MKCOA_PLAIN', 'Asks with lines of plain text instead of a screen, for screen readers'],
	['MKCOA_LEARN_SECRETS', 'With the value no, Secrets are not listed to recognise their values in events, logs and other text'],
	['NO_COLOR', 'Prints without colour'],
	['MKCOA_THEME', 'Colours of the screens: dark or light; else what the terminal tells in COLORFGBG'],
	['TERM', 'With the value dumb: no colour, no moving lines'],
	['CI', 'Nobody is asked; plans wait for mkcoa approve'],
];

const noYes = 'MKCOA_YES does not exist: a yes belongs to one command, so it is given as --yes and never by the environment.';

/** All variables that mkcoa reads, with what they do, in the order of the flags. */
export function environmentHelp(width: number): readonly Line[] {
	const standIns = globalFlags.flatMap(({variable, flags, summary}) =>
		variable === undefined ? [] : [[variable, `${summary} (${flags.replace(/^-\w, /, '').split(' ')[0]})`] as const],
	);
	const rows = [...standIns, ...others];
	const widest = Math.max(...rows.map(([name]) => name.length));
	return [
		[span('A flag wins over its variable.')],
		emptyLine,
		...rows.flatMap(([name, text]) => hanging([span(`  ${padText(name, widest)}  `, 'strong')], text, {width})),
		emptyLine,
		...hanging([], noYes, {width}),
	];
}
