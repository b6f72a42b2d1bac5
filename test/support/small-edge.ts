import type {CallToolResult} from '@modelcontextprotocol/server';
import type {Clock} from '../../src/core/clock.ts';
import type {Rights} from '../../src/core/roles/rights.ts';
import type {Effect} from '../../src/core/tool.ts';
import type {EdgeRegistry} from '../../src/mcp/edge/edge-registry.ts';
import {edgeServer} from '../../src/mcp/edge/edge-server.ts';
import type {EdgeCall, EdgeTool} from '../../src/mcp/edge/edge-tool.ts';
import {edgeHandler} from '../../src/mcp/edge/http/edge-handler.ts';
import {type EdgePrincipal, principalOf} from '../../src/mcp/edge/http/principal.ts';
import {rateLimit} from '../../src/mcp/edge/http/rate-limit.ts';
import type {TaskNewsFor} from '../../src/mcp/edge/tasks/task-news.ts';
import {turnstile} from '../../src/mcp/edge/turnstile.ts';
import {manualClock} from './manual-clock.ts';

type Answer = (input: object, call: EdgeCall) => Promise<CallToolResult>;

/** A tool of an edge that does what a test says. */
export const edgeTool = (name: string, effect: Effect, call: Answer, toolset = 'kubernetes'): EdgeTool => ({
	listed: {
		name,
		description: name,
		inputSchema: {type: 'object'},
		annotations: {readOnlyHint: effect === 'read', destructiveHint: effect === 'destructive', idempotentHint: true, openWorldHint: false},
	},
	needs: {effect, toolset},
	call,
});

export const said = (text: string): CallToolResult => ({content: [{type: 'text', text}]});

/** An edge that serves these tools, and nothing else. */
export const registryOf = (tools: readonly EdgeTool[], paces = {inside: 32, waiting: 100}): EdgeRegistry => ({
	version: '1',
	instructions: '',
	tools,
	resources: {list: async () => [], templates: [], read: async () => undefined},
	prompts: [],
	complete: async () => [],
	turnstile: turnstile(paces),
});

/** An edge over HTTP without a socket, whose tokens are names of principals. */
export function smallEdge({
	tools,
	principals,
	rightsOf,
	newsFor,
	burst = 1000,
	paces,
	extend,
}: {
	readonly tools: readonly EdgeTool[];
	readonly principals: readonly EdgePrincipal[];
	readonly rightsOf?: (principal: EdgePrincipal) => Rights | undefined;
	readonly newsFor?: (clock: Clock) => TaskNewsFor;
	readonly burst?: number;
	readonly paces?: {readonly inside: number; readonly waiting: number};
	readonly extend?: EdgeRegistry['extend'];
}) {
	const clock = manualClock();
	const errors: string[] = [];
	const make = edgeServer({
		registry: {...registryOf(tools, paces), extend},
		callerOf: ({http}, agent) => {
			const {id, scopes} = principalOf(http?.authInfo);
			return {principal: id, agent, scopes};
		},
	});
	const handler = edgeHandler({
		make,
		needsOf: name => tools.find(({listed}) => listed.name === name)?.needs,
		gate: {
			hosts: ['localhost'],
			authenticate: async token => principals.find(({id}) => id === token),
			unnamed: {id: 'nobody', scopes: [], groups: []},
		},
		rightsOf,
		rates: rateLimit({perSecond: 10, burst}, clock.now),
		newsFor: newsFor?.(clock),
		clock,
		onError: error => void errors.push(error.message),
	});
	return {handler, clock, errors};
}
