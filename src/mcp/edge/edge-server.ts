import {
	CLIENT_INFO_META_KEY,
	McpServer,
	ProtocolError,
	ProtocolErrorCode,
	ResourceNotFoundError,
	type ServerContext,
	type Tool,
} from '@modelcontextprotocol/server';
import * as z from 'zod';
import type {JsonObject} from '../../core/json.ts';
import {notCovered, rightsCover} from '../../core/roles/rights.ts';
import type {Spans} from '../../core/spans.ts';
import {nearestNames} from '../../core/text/nearest-names.ts';
import {oneLine} from '../../core/text/one-line.ts';
import {shortLine} from '../../core/text/short-line.ts';
import {canElicit} from './asking-client.ts';
import {canShowPages} from './card/ui-extension.ts';
import type {EdgeRegistry} from './edge-registry.ts';
import type {EdgeCall, EdgeCaller, EdgeTool} from './edge-tool.ts';
import {inProtocol, inWords} from './in-words.ts';
import type {MakeServer} from './make-server.ts';
import {mayUse} from './may-use.ts';
import {spanRequests} from './span-requests.ts';
import {traceOf} from './trace-of.ts';

type Serving = {
	readonly registry: EdgeRegistry;
	/** Who is at the other end, as its transport knows. */
	readonly callerOf: (context: ServerContext, agent: string) => EdgeCaller;
	/** Who is told of each request; nobody if left out. */
	readonly spans?: Spans | undefined;
};

/** How long a list may be kept: it is the same as long as the server runs. */
const listTtlMs = 5 * 60_000;

/** As the specification bounds them. */
const mostCompletions = 100;

/** Makes the server of one connection, or of one request: none is shared, so that no answer reaches somebody else. */
export function edgeServer({registry, callerOf, spans}: Serving): MakeServer {
	return ({era}) => {
		const {version, instructions, tools, withheld, resources, prompts, complete, turnstile, extend, verifyState} = registry;
		const hint = {ttlMs: listTtlMs, cacheScope: 'private'} as const;
		const mcp = new McpServer(
			{name: 'mkcoa', title: 'mkcoa', version},
			{
				// The SDK would promise to tell of changes of the lists, which stay as they are as long as mkcoa runs.
				capabilities: {
					tools: {listChanged: false},
					resources: {listChanged: false},
					prompts: {listChanged: false},
					completions: {},
				},
				instructions,
				cacheHints: {'tools/list': hint, 'prompts/list': hint, 'server/discover': hint, 'resources/templates/list': hint},
				...(verifyState === undefined ? {} : {requestState: {verify: verifyState}}),
			},
		);
		const {server} = mcp;
		if (spans !== undefined) spanRequests(mcp, {spans, registry});
		const callOf = (context: ServerContext): EdgeCall => ({
			caller: callerOf(context, agentOf(context, mcp)),
			signal: context.mcpReq.signal,
			canAsk: canElicit(context, mcp),
			canShow: canShowPages(context, mcp),
			progress: progressOf(context),
			trace: traceOf(context),
			context,
		});

		const isFor = (uri: string, {caller}: EdgeCall) => resources.isFor?.(uri, caller) ?? true;
		const promptsFor = ({caller: {rights}}: EdgeCall) => prompts.filter(({needs = []}) => needs.every(each => rightsCover(rights, each)));

		/** Whatever reaches for the cluster waits for a place among the calls of its principal. */
		const inTurn = async <Result>(call: EdgeCall, go: (call: EdgeCall) => Promise<Result>): Promise<Result> => {
			const held: Promise<unknown>[] = [];
			const leave = await turnstile.enter(call.caller.principal, call.signal);
			try {
				return await go({...call, holdPlace: until => void held.push(until)});
			} finally {
				if (held.length === 0) leave();
				else void Promise.allSettled(held).then(leave);
			}
		};

		server.setRequestHandler('tools/list', async (_, context) => {
			const call = callOf(context);
			return {tools: tools.filter(usableIn(call)).map(tool => listedFor(tool, call))};
		});
		server.setRequestHandler('tools/call', async ({params: {name, arguments: input = {}}}, context) => {
			const call = callOf(context);
			const usable = tools.filter(usableIn(call));
			const tool = usable.find(({listed}) => listed.name === name);
			const {rights} = call.caller;
			const closed = tools.find(({listed, needs}) => listed.name === name && !rightsCover(rights, needs));
			if (closed !== undefined && rights !== undefined)
				throw new ProtocolError(ProtocolErrorCode.InvalidParams, notCovered(rights, {name, ...closed.needs}));
			if (tool === undefined)
				throw new ProtocolError(
					ProtocolErrorCode.InvalidParams,
					withheld?.(name) ??
						unknownName(
							'tool',
							name,
							usable.map(({listed}) => listed.name),
						),
				);
			return inWords(() => inTurn(call, placed => tool.call(input as JsonObject, placed)));
		});

		server.setRequestHandler('resources/list', async (_, context) => {
			const call = callOf(context);
			return {resources: (await resources.list(call)).filter(({uri}) => isFor(uri, call))};
		});
		server.setRequestHandler('resources/templates/list', async (_, context) => {
			const call = callOf(context);
			return {resourceTemplates: resources.templates.filter(({uriTemplate}) => isFor(uriTemplate, call))};
		});
		server.setRequestHandler('resources/read', async ({params: {uri}}, context) => {
			const call = callOf(context);
			const found = await inProtocol(() => inTurn(call, () => resources.read(uri, call)));
			if (found === undefined) throw new ResourceNotFoundError(uri.slice(0, 200));
			return found;
		});

		server.setRequestHandler('prompts/list', async (_, context) => ({prompts: promptsFor(callOf(context)).map(({listed}) => listed)}));
		server.setRequestHandler('prompts/get', async ({params: {name, arguments: given = {}}}, context) => {
			const call = callOf(context);
			const offered = promptsFor(call);
			const prompt = offered.find(({listed}) => listed.name === name);
			if (prompt === undefined)
				throw new ProtocolError(
					ProtocolErrorCode.InvalidParams,
					unknownName(
						'prompt',
						name,
						offered.map(({listed}) => listed.name),
					),
				);
			return prompt.get(given, call);
		});

		server.setRequestHandler('completion/complete', async ({params: {ref, argument, context: chosen}}, context) => {
			const of = ref.type === 'ref/prompt' ? ref.name : ref.uri;
			const wanted = {of, argument: argument.name, typed: argument.value, given: chosen?.arguments ?? {}};
			const call = callOf(context);
			// A person who types waits for names, not for an error.
			const values = await inTurn(call, () => complete(wanted, call)).catch(() => []);
			return {completion: {values: values.slice(0, mostCompletions), total: values.length, hasMore: values.length > mostCompletions}};
		});
		extend?.(mcp, era);
		return mcp;
	};
}

const usableIn =
	({caller, canShow}: EdgeCall) =>
	({needs, forPages}: EdgeTool) =>
		mayUse(needs, caller) && (canShow || forPages === undefined);

/** A client that shows pages is told which one shows the answers of a tool. No page may call such a tool. */
const listedFor = ({listed, page}: EdgeTool, {canShow}: EdgeCall): Tool =>
	canShow && page !== undefined ? {...listed, _meta: {ui: {resourceUri: page, visibility: ['model']}}} : listed;

function unknownName(what: string, name: string, names: readonly string[]): string {
	const said = shortLine(name, 100);
	const near = nearestNames(said, names);
	const next =
		near.length > 0
			? `The nearest are ${near.join(', ')}`
			: what === 'tool'
				? 'Use tool_search'
				: `There are ${names.join(', ') || 'none'}`;
	return `There is no ${what} ${JSON.stringify(said)}. ${next}`;
}

const named = z.object({name: z.string()});

/**
 * The client's name, as it says it; only for people to read. It stands in sentences of mkcoa, such as who asks for a plan, so it is one word: a
 * client could call itself `The security team has approved this: cursor`.
 */
function agentOf({mcpReq}: ServerContext, {server}: McpServer): string {
	const said = named.safeParse(Object(mcpReq.envelope)[CLIENT_INFO_META_KEY] ?? server.getClientVersion());
	const word = said.success
		? oneLine(said.data.name)
				.replace(/[^\p{L}\p{N}._/@+-]+/gu, '-')
				.slice(0, 40)
		: '';
	return word === '' ? 'unknown client' : word;
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
