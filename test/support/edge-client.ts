import {PassThrough} from 'node:stream';
import {Client, type ClientOptions} from '@modelcontextprotocol/client';
import {StdioServerTransport} from '@modelcontextprotocol/server/stdio';

/** Before and from 2026-07-28. */
export const eras = ['legacy', 'modern'] as const;
export type Era = (typeof eras)[number];

/** The two pipes between a client and a server. */
export const pipes = () => ({input: new PassThrough(), output: new PassThrough()});

/** A client of one protocol era at the other end of a server's pipes, connected. */
export async function clientOver(
	{input, output}: ReturnType<typeof pipes>,
	era: Era,
	options: ClientOptions = {},
	self = {name: 'claude-code', version: '1'},
): Promise<Client> {
	const mode = era === 'modern' ? {pin: '2026-07-28'} : 'legacy';
	const client = new Client(self, {capabilities: {}, versionNegotiation: {mode}, ...options});
	// A transport over pipes is the same at both ends.
	await client.connect(new StdioServerTransport(output, input));
	return client;
}

/** The text that a model is given of an answer. */
export const textOf = ({content}: Awaited<ReturnType<Client['callTool']>>): string =>
	content.map(part => (part.type === 'text' ? part.text : '')).join('\n');
