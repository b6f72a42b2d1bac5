import {dirname} from 'node:path';
import {Client} from '@modelcontextprotocol/client';
import {StdioClientTransport} from '@modelcontextprotocol/client/stdio';
import {binaryPath} from '../../cluster/binaries.ts';
import type {Ask, Server} from './server.ts';

export type Mode = 'readOnly' | 'withChanges';

/** What a server's environment is made of: nothing of the person's own. */
export type Place = {readonly kubeconfig: string; readonly folder: string};

/** What a server that hangs may take. */
const limitMs = 120_000;

/** Bytes of one answer that a client of the SDK takes if nobody says otherwise: a longer one ends the connection. */
export const usualAnswerBytes = 10 * 1024 * 1024;

export type Connection = {
	readonly client: Client;
	readonly ask: Ask;
	/** Ends the server: by closing its input, and if it goes on, by its process id. */
	readonly close: () => Promise<void>;
};

/**
 * Starts a server and connects to it, in the newest era of the protocol that it speaks.
 * @param raised with the settings that large answers need
 */
export async function connect(server: Server, mode: Mode, {kubeconfig, folder}: Place, {raised = false} = {}): Promise<Connection> {
	const own = mode === 'readOnly' ? server.env?.readOnly : undefined;
	const path = `${dirname(binaryPath('kubectl'))}:${process.env.PATH}`;
	const transport = new StdioClientTransport({
		command: process.execPath,
		args: [...server[mode]],
		env: {PATH: path, HOME: folder, KUBECONFIG: kubeconfig, NO_COLOR: '1', ...own, ...(raised ? server.raised : {})},
		cwd: folder,
		stderr: 'ignore',
		maxBufferSize: 16 * usualAnswerBytes,
	});
	const client = new Client({name: 'bench', version: '1'}, {capabilities: {}, versionNegotiation: {mode: 'auto'}});
	await client.connect(transport);
	return {
		client,
		ask: (name, input) => client.callTool({name, arguments: {...input}}, {timeout: limitMs}),
		close: () => client.close(),
	};
}
