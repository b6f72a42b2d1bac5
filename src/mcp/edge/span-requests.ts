import {
	type InitializeResult,
	type JSONRPCRequest,
	type McpServer,
	ProtocolErrorCode,
	type Server,
	type ServerContext,
} from '@modelcontextprotocol/server';
import type {OpenSpan, SpanAttributes, SpanStart, Spans} from '../../core/spans.ts';
import {shortLine} from '../../core/text/short-line.ts';
import type {EdgeRegistry} from './edge-registry.ts';
import {carrierOf} from './trace-of.ts';

type Spanning = {readonly spans: Spans; readonly registry: Pick<EdgeRegistry, 'tools' | 'prompts'>};

/**
 * Every request that a server handles from now on is answered within a span, below the one that the client names in `_meta`. Call it on a server that
 * has no handlers of its own yet. What a client sent stands in no attribute but the id of the request: tools and prompts are named where they are
 * there, and addresses of resources not at all.
 * @see https://github.com/open-telemetry/semantic-conventions-genai/blob/main/docs/gen-ai/mcp.md
 */
export function spanRequests({server}: McpServer, {spans, registry}: Spanning): void {
	const names = {
		'tools/call': new Set(registry.tools.map(({listed}) => listed.name)),
		'prompts/get': new Set(registry.prompts.map(({listed}) => listed.name)),
	};
	/** What the client calls by name, where there is such a thing: one who makes up names makes no new kinds of spans. */
	const calledBy = (method: string, request: unknown): string | undefined => {
		const {name} = Object(Object(request).params);
		return method in names && names[method as keyof typeof names].has(name) ? name : undefined;
	};
	// The SDK wraps each handler to check what goes in and out, and to ask the client between two rounds of one request. All of that is the request.
	// biome-ignore-start lint/complexity/useLiteralKeys: both are there for who extends the SDK's server, so TypeScript lets nobody else write a dot.
	const wrapped = server['_wrapHandler'].bind(server);
	server['_wrapHandler'] = (method, bare) => {
		const handle = wrapped(method, bare);
		return async (request, context) =>
			spans.within(startOf(method, calledBy(method, request), server, context), async span => {
				try {
					const result = await handle(request, context);
					if (context.mcpReq.signal.aborted) span.fail('cancelled');
					else if (result.isError === true) span.fail('tool_error');
					return result;
				} catch (error) {
					tellRefusal(span, error, context);
					throw error;
				}
			});
	};
	const initialize = server['_getRequestHandler']('initialize');
	// biome-ignore-end lint/complexity/useLiteralKeys: see above
	// What the SDK answers by itself was there before.
	if (initialize !== undefined)
		server.setRequestHandler(
			'initialize',
			// The SDK's own handler checks what it is given, and answers what the protocol says.
			(request, context) => initialize(request as unknown as JSONRPCRequest, context) as Promise<InitializeResult>,
		);
	server.setRequestHandler('ping', () => ({}));
}

function startOf(method: string, called: string | undefined, server: Server, context: ServerContext): SpanStart {
	const {mcpReq, sessionId, http} = context;
	const isTool = method === 'tools/call';
	const overHttp: SpanAttributes = http === undefined ? {} : {'network.protocol.name': 'http'};
	return {
		name: called === undefined ? method : `${method} ${called}`,
		kind: 'server',
		parent: carrierOf(context),
		attributes: {
			'mcp.method.name': method,
			'gen_ai.operation.name': isTool ? 'execute_tool' : undefined,
			'gen_ai.tool.name': isTool ? called : undefined,
			'gen_ai.prompt.name': isTool ? undefined : called,
			'jsonrpc.request.id': shortLine(String(mcpReq.id), 100),
			'mcp.protocol.version': server.getNegotiatedProtocolVersion(),
			'mcp.session.id': sessionId,
			'network.transport': http === undefined ? 'pipe' : 'tcp',
			...overHttp,
		},
	};
}

/** The code that the SDK answers. The message may quote the request. */
function tellRefusal(span: OpenSpan, error: unknown, {mcpReq}: ServerContext) {
	if (mcpReq.signal.aborted) return span.fail('cancelled');
	const {code}: {readonly code?: unknown} = Object(error);
	const told = String(Number.isSafeInteger(code) ? code : ProtocolErrorCode.InternalError);
	span.set({'rpc.response.status_code': told});
	span.fail(told);
}
