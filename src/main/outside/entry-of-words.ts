import {MkcoaError} from '../../core/error.ts';
import {nearestNames} from '../../core/text/nearest-names.ts';
import {addressGuard} from '../../mcp/outside/address-guard.ts';
import {type ServerEntry, serverEntry, serverName} from '../../mcp/outside/server-entry.ts';
import {allTools, toolGroups} from '../tool-groups.ts';

type Words = {readonly command: readonly string[]; readonly url: string | undefined; readonly env: readonly string[]};

const usage = (code: string, what: string, next: string, why?: string) =>
	new MkcoaError({kind: 'usage', code, what, next, ...(why === undefined ? {} : {why})});

/** A server as the command line names it; undefined where it names none. @throws MkcoaError with what to write instead */
export function entryOfWords({command: [command, ...args], url, env}: Words): ServerEntry | undefined {
	const value = env.find(name => name.includes('='));
	if (value !== undefined) {
		const name = value.slice(0, value.indexOf('='));
		throw usage(
			'value-in-command',
			`--env ${name}=… holds a value`,
			`Write --env ${name}, and set the variable where mkcoa is started`,
			'values of variables are never written to a file',
		);
	}
	if (url !== undefined && command !== undefined)
		throw usage('bad-mcp-server', 'A server has a command or an address', 'Leave out --url, or what stands behind --');
	if (url !== undefined && env.length > 0)
		throw usage('bad-mcp-server', '--env is for a server that is a program', 'Leave it out: an address gets no variables');
	if (url === undefined && command === undefined) {
		if (env.length === 0) return undefined;
		throw usage('bad-mcp-server', '--env stands without a command', 'Name the program: mkcoa mcp add NAME --env … -- COMMAND');
	}
	const given =
		command === undefined ? {url} : {command, ...(args.length === 0 ? {} : {args}), ...(env.length === 0 ? {} : {env: [...env]})};
	const read = serverEntry.safeParse(given);
	if (!read.success)
		throw usage(
			'bad-mcp-server',
			url === undefined ? 'The command cannot be used' : '--url is no address',
			'Write it like --url https://mcp.example.com/mcp',
		);
	if ('url' in read.data) {
		const address = new URL(read.data.url);
		addressGuard(address).checkUrl(address);
	}
	return read.data;
}

/** A name by which none of its tools can be taken for one of mkcoa. @throws MkcoaError `bad-mcp-name` */
export async function checkName(name: string): Promise<void> {
	if (!serverName.test(name))
		throw usage(
			'bad-mcp-name',
			`${JSON.stringify(name.slice(0, 60))} is no name for a server`,
			'Use lower-case letters, digits and hyphens, at most 20',
		);
	const words = [...(await allTools()).keys()].map(tool => tool.split('_', 1)[0] ?? '');
	const reserved = new Set([...words, ...toolGroups.map(group => group.name), 'kubernetes', 'mkcoa', 'tool', 'plan']);
	if (reserved.has(name))
		throw usage(
			'bad-mcp-name',
			`${name} is a word of mkcoa's own tools`,
			`Choose another one, such as ${name}-2`,
			'its tools could be taken for these',
		);
}

/** @throws MkcoaError `no-such-mcp-server` */
export function noSuchServer(name: string, known: readonly string[]): MkcoaError {
	const near = nearestNames(name, known);
	return usage(
		'no-such-mcp-server',
		`There is no MCP server ${JSON.stringify(name.slice(0, 60))}`,
		near.length === 0 ? 'Add it: mkcoa mcp add NAME -- COMMAND, or --url ADDRESS' : `The nearest names are ${near.join(', ')}`,
	);
}
