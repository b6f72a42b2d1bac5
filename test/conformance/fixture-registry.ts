import type {McpServer} from '@modelcontextprotocol/server';
import * as z from 'zod';
import {systemClock} from '../../src/core/clock.ts';
import type {EdgeRegistry} from '../../src/mcp/edge/edge-registry.ts';
import {edgeServer} from '../../src/mcp/edge/edge-server.ts';
import {edgeHandler} from '../../src/mcp/edge/http/edge-handler.ts';
import {endpointPath} from '../../src/mcp/edge/http/metadata.ts';
import {principalOf} from '../../src/mcp/edge/http/principal.ts';
import {rateLimit} from '../../src/mcp/edge/http/rate-limit.ts';
import {listenHttp} from '../../src/mcp/edge/http/serve-http.ts';
import {effectScopes} from '../../src/mcp/edge/scopes.ts';
import {attachTasks} from '../../src/mcp/edge/tasks/attach-tasks.ts';
import {taskNews} from '../../src/mcp/edge/tasks/task-news.ts';
import {type TaskStore, taskStore} from '../../src/mcp/edge/tasks/task-store.ts';
import {turnstile} from '../../src/mcp/edge/turnstile.ts';
import {askingTools, states} from './fixtures/asking-tools.ts';
import {contentTools} from './fixtures/content-tools.ts';
import {fixturePrompts} from './fixtures/fixture-prompts.ts';
import {fixtureResources} from './fixtures/fixture-resources.ts';
import {fixtureTool, said} from './fixtures/fixture-tool.ts';
import {taskTools} from './fixtures/task-tools.ts';

/** A field that a client repeats in a header of the request, for those who route by it. */
const mirrored = z.object({region: z.string().meta({'x-mcp-header': 'Region'})});
const mirroredSchema = {
	type: 'object' as const,
	properties: {region: {type: 'string', 'x-mcp-header': 'Region'}},
	required: ['region'],
};
const mirroredTool = fixtureTool('test_x_mcp_header', async ({region}) => said(`Region ${region}`));

/** What the scenarios call: the tools of the product's own toolsets are other ones, and the edge around them is the same. */
const fixtureRegistry = (store: TaskStore): EdgeRegistry => ({
	version: '1',
	instructions: 'Fixtures of the conformance scenarios.',
	tools: [
		...contentTools,
		...askingTools,
		...taskTools(store),
		{...mirroredTool, listed: {...mirroredTool.listed, inputSchema: mirroredSchema}},
	],
	resources: fixtureResources,
	prompts: fixturePrompts,
	complete: async ({typed}) => ['paris', 'park', 'party'].filter(word => word.startsWith(typed)),
	turnstile: turnstile({inside: 32, waiting: 100}),
	verifyState: states.verify,
	extend: (mcp, era) => {
		if (era === 'modern')
			attachTasks(mcp, {
				find: store.find,
				callerOf: ({http}) => ({principal: principalOf(http?.authInfo).id, agent: ''}),
			});
		attachOldWays(mcp);
	},
});

/** Log lines and watched resources, which the product does without. */
function attachOldWays(mcp: McpServer): void {
	mcp.server.registerCapabilities({logging: {}, resources: {subscribe: true}});
	mcp.server.setRequestHandler('resources/subscribe', async () => ({}));
	mcp.server.setRequestHandler('resources/unsubscribe', async () => ({}));
	// The SDK checks mirrored fields of tools that it knows; the edge's own handler answers the call.
	mcp.registerTool('test_x_mcp_header', {inputSchema: mirrored}, async () => said('nobody calls'));
}

/** The fixtures over HTTP, on a free port of this machine and open to all, as the scenarios want it. */
export async function serveFixtures() {
	const clock = systemClock();
	const store = taskStore(clock);
	const registry = fixtureRegistry(store);
	const errors: string[] = [];
	const onError = (error: Error) => void errors.push(error.message);
	const handler = edgeHandler({
		make: edgeServer({registry, callerOf: ({http}, agent) => ({principal: principalOf(http?.authInfo).id, agent})}),
		needsOf: () => undefined,
		newsFor: taskNews(store.find, clock),
		gate: {
			hosts: ['localhost', '127.0.0.1', '[::1]'],
			authenticate: undefined,
			unnamed: {id: 'anybody', scopes: Object.values(effectScopes), groups: []},
		},
		rates: rateLimit({perSecond: 1000, burst: 10_000}, clock.now),
		clock,
		onError,
	});
	const listener = await listenHttp(handler, {host: '127.0.0.1', port: 0, onError});
	return {
		url: `http://127.0.0.1:${listener.port}${endpointPath}`,
		errors,
		async close() {
			await store.close();
			await listener.stop(0);
		},
	};
}
