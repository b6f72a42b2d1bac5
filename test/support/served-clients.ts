import type {ClientOptions} from '@modelcontextprotocol/client';
import {afterEach} from 'vitest';
import {clientOver, type Era, pipes} from './edge-client.ts';

type Run = (words: readonly string[], options: {readonly pipes: ReturnType<typeof pipes>}) => Promise<{readonly code: number}>;

/** `mkcoa mcp serve` by this command line, with clients that started it; they leave after each test. Call it at the top of a file. */
export function servedClients<Runs extends Run>(run: Runs) {
	const ends: (() => Promise<unknown>)[] = [];
	afterEach(async () => {
		for (const end of ends.splice(0)) await end();
	});
	return async (era: Era, flags: readonly string[] = [], options: ClientOptions = {}) => {
		const ways = pipes();
		const served = run(['mcp', 'serve', ...flags], {pipes: ways}) as ReturnType<Runs>;
		const client = await clientOver(ways, era, options);
		/** The client goes; what the server printed until it ended. */
		const leave = async () => {
			await client.close();
			ways.input.end();
			return served;
		};
		ends.push(leave);
		const call = async (name: string, input: {readonly [field: string]: unknown} = {}) => client.callTool({name, arguments: {...input}});
		return {client, call, leave, closePipe: () => ways.input.end(), ended: served};
	};
}
