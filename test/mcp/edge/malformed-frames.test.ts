import fc from 'fast-check';
import {expect, test} from 'vitest';
import {edgeServer} from '../../../src/mcp/edge/edge-server.ts';
import {serveOverPipes} from '../../../src/mcp/edge/serve-stdio.ts';
import {pipes} from '../../support/edge-client.ts';
import {heapUsed} from '../../support/heap-used.ts';
import {bodies} from '../../support/malformed.ts';
import {edgeTool, registryOf, said} from '../../support/small-edge.ts';

/** Connections that are tried, and lines that each sends. */
const [connections, lines] = [60, 50];
const mostGrowth = 16 * 1024 * 1024;

test(`of ${connections * lines} malformed lines none breaks the server, has an effect, or stays in memory`, async () => {
	let effects = 0;
	const tools = [
		edgeTool('pod_list', 'read', async () => said('pods')),
		edgeTool('pod_delete', 'destructive', async () => {
			effects += 1;
			return said('gone');
		}),
	];
	const make = edgeServer({registry: registryOf(tools), callerOf: (_, agent) => ({principal: 'dana', agent, scopes: ['mkcoa:read']})});
	// Made before, so that what the generator keeps is not taken for what the edge keeps.
	const all = fc.sample(fc.array(bodies(['pod_list', 'pod_delete']), {minLength: lines, maxLength: lines}), connections);
	const before = await heapUsed();
	for (const sent of all) {
		const {input, output} = pipes();
		const served = serveOverPipes(make, {input, output, signal: new AbortController().signal, onError: () => {}});
		output.resume();
		for (const line of sent) if (!input.write(`${line}\n`)) await new Promise(resolve => setImmediate(resolve));
		input.end();
		await served;
	}
	expect(effects).toBe(0);
	expect((await heapUsed()) - before).toBeLessThan(mostGrowth);
});

test('a line without an end is no message: the connection is closed before it fills the memory', async () => {
	const {input, output} = pipes();
	const make = edgeServer({registry: registryOf([]), callerOf: (_, agent) => ({principal: 'dana', agent})});
	const errors: string[] = [];
	const served = serveOverPipes(make, {
		input,
		output,
		signal: new AbortController().signal,
		onError: error => void errors.push(error.message),
	});
	output.resume();
	for (let sent = 0; sent < 8; sent++) input.write('x'.repeat(1024 * 1024));
	await served;
	expect(errors).toEqual([expect.stringMatching(/exceeded|too large|size/i)]);
});
