import fc from 'fast-check';
import {expect, test} from 'vitest';
import {heapUsed} from '../../../support/heap-used.ts';
import {bodies, headers, nearlyRight} from '../../../support/malformed.ts';
import {edgeTool, said, smallEdge} from '../../../support/small-edge.ts';

/** Requests that are tried. */
const tried = 12_000;
/** Bytes by which the heap may grow meanwhile: what is compiled and cached, and no request. */
const mostGrowth = 16 * 1024 * 1024;

const reader = {id: 'reader', scopes: ['mkcoa:read'], groups: []};

test(`of ${tried} malformed requests none breaks the edge, has an effect, or stays in its memory`, async () => {
	let effects = 0;
	const tools = [
		edgeTool('pod_list', 'read', async () => said('pods')),
		edgeTool('pod_delete', 'destructive', async () => {
			effects += 1;
			return said('gone');
		}),
	];
	const {handler} = smallEdge({tools, principals: [reader], burst: tried * 2});
	const usual = {
		host: 'localhost',
		'content-type': 'application/json',
		accept: 'application/json, text/event-stream',
		authorization: 'Bearer reader',
	};
	const names = ['pod_list', 'pod_delete', 'pod_lists'];
	const path = fc.constantFrom('/mcp', '/mcp', '/mcp', '/mcp', '/', '/mcp/', '//mcp', '/.well-known/oauth-protected-resource');
	const wild = fc.record({
		method: fc.constantFrom('POST', 'POST', 'POST', 'GET', 'DELETE', 'PUT', 'OPTIONS'),
		body: bodies(names),
		headers: fc.oneof({weight: 3, arbitrary: fc.constant({})}, {weight: 2, arbitrary: headers}),
		path,
	});
	const near = nearlyRight(names).map(sent => ({...sent, method: 'POST', path: '/mcp'}));
	const asked = fc.oneof({weight: 1, arbitrary: wild}, {weight: 1, arbitrary: near});
	const ask = async ({
		method,
		body,
		headers: more,
		path,
	}: {
		readonly method: string;
		readonly body: string;
		readonly headers: object;
		readonly path: string;
	}) => {
		const request = new Request(`http://localhost${path}`, {
			method,
			headers: {...usual, ...more},
			...(method === 'GET' ? {} : {body}),
		});
		const response = await handler.fetch(request);
		// A stream that stays open is left, as a client does that goes away.
		if (response.headers.get('content-type')?.includes('event-stream')) await response.body?.cancel();
		else await response.text();
		return response.status;
	};
	const before = await heapUsed();
	const statuses = new Map<number, number>();
	await fc.assert(
		fc.asyncProperty(asked, async request => {
			const status = await ask(request);
			statuses.set(status, (statuses.get(status) ?? 0) + 1);
			expect(status).toBeLessThan(500);
		}),
		{numRuns: tried},
	);
	expect(effects).toBe(0);
	expect([...statuses.keys()]).toEqual(expect.arrayContaining([200, 400, 401, 403]));
	expect((await heapUsed()) - before).toBeLessThan(mostGrowth);
	expect(await ask({method: 'POST', body: '{"jsonrpc":"2.0","id":1,"method":"ping"}', headers: {}, path: '/mcp'})).toBeLessThan(500);
	await handler.close();
});
