import {expect, test} from 'vitest';
import {edgeServer} from '../../../src/mcp/edge/edge-server.ts';
import {serveOverPipes} from '../../../src/mcp/edge/serve-stdio.ts';
import {clientOver, pipes} from '../../support/edge-client.ts';
import {edgeTool, registryOf, said} from '../../support/small-edge.ts';

test('tools, resources and completions wait for a place of the same principal, and give it back', async () => {
	const order: string[] = [];
	const reached = async <Answer>(what: string, answer: Answer): Promise<Answer> => {
		order.push(what);
		return answer;
	};
	const make = edgeServer({
		registry: {
			...registryOf([edgeTool('pod_list', 'read', () => reached('tool', said('pods')))]),
			resources: {
				list: async () => [],
				templates: [],
				read: uri => reached('resource', {contents: [{uri, text: 'pods'}]}),
			},
			complete: () => reached('names', ['web']),
			turnstile: {
				enter: async principal => {
					order.push(`enter ${principal}`);
					return () => void order.push('leave');
				},
			},
		},
		callerOf: (_, agent) => ({principal: 'dana', agent}),
	});
	const {input, output} = pipes();
	const served = serveOverPipes(make, {input, output, signal: new AbortController().signal, onError: () => {}});
	const client = await clientOver({input, output}, 'modern');
	await client.callTool({name: 'pod_list', arguments: {}});
	await client.readResource({uri: 'mkcoa://cluster'});
	await client.complete({ref: {type: 'ref/prompt', name: 'diagnose'}, argument: {name: 'workload', value: ''}});
	expect(order).toEqual(['tool', 'resource', 'names'].flatMap(what => ['enter dana', what, 'leave']));
	await client.close();
	input.end();
	await served;
});
