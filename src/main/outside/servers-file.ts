import {randomBytes} from 'node:crypto';
import {mkdir, readFile, rename, writeFile} from 'node:fs/promises';
import {dirname} from 'node:path';
import {type Document, isMap, parseDocument} from 'yaml';
import * as z from 'zod';
import {MkcoaError} from '../../core/error.ts';
import {type ServerEntry, serverEntry, serverName} from '../../mcp/outside/server-entry.ts';
import {configPath, readConfigFile} from '../config-file.ts';
import type {Host} from '../host.ts';

type Place = Pick<Host, 'env' | 'home'>;

const fileName = 'mcp.yaml';

const mostServers = 30;

const file = z.strictObject({
	servers: z
		.record(z.string().regex(serverName, 'must be lower-case letters, digits and hyphens, at most 20'), serverEntry)
		.refine(servers => Object.keys(servers).length <= mostServers, `must be at most ${mostServers} servers`)
		.nullish(),
});

/** Third parties' servers that the person listed, in the order of the file. @throws MkcoaError `bad-mcp-servers` with the line that is wrong */
export async function readServers(host: Place): Promise<ReadonlyMap<string, ServerEntry>> {
	const {servers} = await readConfigFile(host, {
		name: fileName,
		schema: file,
		code: 'bad-mcp-servers',
		what: 'The list of MCP servers',
		next: 'Correct it, or write it with: mkcoa mcp add NAME -- COMMAND',
	});
	return new Map(Object.entries(servers ?? {}));
}

/** Adds a server to the file, or puts it in the place of the one with its name. What else stands there stays, comments too. */
export const writeServer = (host: Place, name: string, entry: ServerEntry): Promise<void> =>
	changed(host, document => {
		if (!isMap(document.get('servers'))) document.set('servers', document.createNode({}));
		document.setIn(['servers', name], document.createNode(entry));
	});

/** Takes a server out of the file. */
export const removeServer = (host: Place, name: string): Promise<void> => changed(host, document => document.deleteIn(['servers', name]));

/** Written beside it and put in its place, so that nobody reads half of it; readable by the person alone. */
async function changed(host: Place, change: (document: Document) => void): Promise<void> {
	const path = configPath(host, fileName);
	if (path === undefined)
		throw new MkcoaError({
			kind: 'environment',
			code: 'no-home-folder',
			what: 'There is no place for the list of MCP servers',
			why: 'this account has no home folder, and XDG_CONFIG_HOME names none',
			next: 'Set XDG_CONFIG_HOME to the path of a folder of your own',
		});
	await readServers(host);
	const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
		if (error.code === 'ENOENT') return '';
		throw error;
	});
	const document = parseDocument(text);
	change(document);
	await mkdir(dirname(path), {recursive: true, mode: 0o700});
	const draft = `${path}.${randomBytes(6).toString('hex')}`;
	await writeFile(draft, document.toString({lineWidth: 0}), {mode: 0o600, flag: 'wx'});
	await rename(draft, path);
}
