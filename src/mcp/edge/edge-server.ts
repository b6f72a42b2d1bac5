import {
	CLIENT_INFO_META_KEY,
	type McpRequestContext,
	McpServer,
	ProtocolError,
	ProtocolErrorCode,
	ResourceNotFoundError,
	type ServerContext,
} from '@modelcontextprotocol/server';
import * as z from 'zod';
import type {JsonObject} from '../../core/json.ts';
import {nearestNames} from '../../core/text/nearest-names.ts';
import {oneLine} from '../../core/text/one-line.ts';
import type {EdgeCaller, EdgeTool} from './edge-tool.ts';
import {answerTemplate, type KeptAnswers} from './kept-answers.ts';

/** All that the edge serves to one caller. */
type EdgeRegistry = {
	readonly version: string;
	/** What a client is told when it connects. */
	readonly instructions: string;
	/** In the order in which they are listed. */
	readonly tools: readonly EdgeTool[];
	readonly kept: KeptAnswers;
};

type Serving = {
	readonly registry: (request: McpRequestContext) => EdgeRegistry;
	/** Who is at the other end, as its transport knows. */
	readonly callerOf: (context: ServerContext, agent: string) => EdgeCaller;
};

/** How long a list may be kept: it is the same as long as the server runs. */
const listTtlMs = 5 * 60_000;

/** Makes the server of one connection, or of one request: none is shared, so that no answer reaches somebody else. */
export function edgeServer({registry: registryOf, callerOf}: Serving) {
	return (request: McpRequestContext): McpServer => {
		const {version, instructions, tools, kept} = registryOf(request);
		const hint = {ttlMs: listTtlMs, cacheScope: 'private'} as const;
		const mcp = new McpServer(
			{name: 'mkcoa', title: 'mkcoa', version},
			{
				capabilities: {tools: {}, resources: {}},
				instructions,
				cacheHints: {'tools/list': hint, 'server/discover': hint, 'resources/list': hint, 'resources/templates/list': hint},
			},
		);
		const {server} = mcp;
		const caller = (context: ServerContext) => callerOf(context, agentOf(context, mcp));

		server.setRequestHandler('tools/list', async () => ({tools: tools.map(({listed}) => listed)}));
		server.setRequestHandler('tools/call', async ({params: {name, arguments: input = {}}}, context) => {
			const tool = tools.find(({listed}) => listed.name === name);
			if (tool === undefined)
				throw new ProtocolError(
					ProtocolErrorCode.InvalidParams,
					unknownTool(
						name,
						tools.map(({listed}) => listed.name),
					),
				);
			const {signal} = context.mcpReq;
			const answer = await tool.call(input as JsonObject, {caller: caller(context), signal, progress: progressOf(context), context});
			return answer;
		});

		server.setRequestHandler('resources/list', async () => ({resources: []}));
		server.setRequestHandler('resources/templates/list', async () => ({
			resourceTemplates: [
				{
					uriTemplate: answerTemplate,
					name: 'answer',
					title: 'Rest of an answer',
					description: 'What did not fit into an answer, page by page',
					mimeType: 'text/plain',
				},
			],
		}));
		server.setRequestHandler('resources/read', async ({params: {uri}}, context) => {
			const page = kept.read(caller(context).principal, uri);
			if (page === undefined) throw new ResourceNotFoundError(uri);
			const next = page.next === undefined ? '' : `\n(It goes on: ${page.next})`;
			return {contents: [{uri, mimeType: 'text/plain', text: `${page.text}${next}`}]};
		});
		return mcp;
	};
}

function unknownTool(name: string, names: readonly string[]): string {
	const near = nearestNames(name.slice(0, 100), names);
	return `There is no tool ${JSON.stringify(oneLine(name).slice(0, 100))}. ${near.length === 0 ? 'Use tool_search' : `The nearest are ${near.join(', ')}`}`;
}

const named = z.object({name: z.string()});

/** The client's name, as it says it; only for people to read. */
function agentOf({mcpReq}: ServerContext, {server}: McpServer): string {
	const said = named.safeParse(Object(mcpReq.envelope)[CLIENT_INFO_META_KEY] ?? server.getClientVersion());
	return said.success ? oneLine(said.data.name).slice(0, 60) : 'unknown client';
}

/** Notifications for the call, where it asked for some; a client that has gone hears nothing more. */
function progressOf({mcpReq}: ServerContext) {
	const token = mcpReq._meta?.progressToken;
	let told = 0;
	return (message: string) => {
		if (token === undefined) return;
		told += 1;
		void mcpReq
			.notify({method: 'notifications/progress', params: {progressToken: token, progress: told, message: oneLine(message)}})
			.catch(() => {});
	};
}
