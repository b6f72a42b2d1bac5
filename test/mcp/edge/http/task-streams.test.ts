import {expect, test} from 'vitest';
import type {EdgePrincipal} from '../../../../src/mcp/edge/http/principal.ts';
import {taskNews} from '../../../../src/mcp/edge/tasks/task-news.ts';
import {envelope, tasksCapability} from '../../../support/raw-client.ts';
import {smallEdge} from '../../../support/small-edge.ts';

const reader = {id: 'reader', scopes: ['mkcoa:read'], groups: []};

/** A client that listens to a task which goes on and on. */
async function listening() {
	const people: EdgePrincipal[] = [reader];
	const task = {
		taskId: 't',
		status: 'working' as const,
		statusMessage: '',
		createdAt: '',
		lastUpdatedAt: '',
		ttlMs: null,
		pollIntervalMs: 1000,
	};
	let step = 0;
	const see = () => ({...task, statusMessage: `Step ${step}`});
	const newsFor = taskNewsOf(() => ({see, answer() {}, cancel() {}}));
	const {handler, clock} = smallEdge({tools: [], principals: people, newsFor});
	const params = {notifications: {taskIds: ['t']}, _meta: envelope(tasksCapability)};
	const response = await handler.fetch(
		new Request('http://localhost:8765/mcp', {
			method: 'POST',
			body: JSON.stringify({jsonrpc: '2.0', id: 'q', method: 'subscriptions/listen', params}),
			headers: {
				host: 'localhost:8765',
				'content-type': 'application/json',
				accept: 'application/json, text/event-stream',
				authorization: 'Bearer reader',
				'mcp-protocol-version': '2026-07-28',
				'mcp-method': 'subscriptions/listen',
			},
		}),
	);
	const heard: string[] = [];
	const over = (async () => {
		for await (const part of response.body?.pipeThrough(new TextDecoderStream()) ?? []) heard.push(part);
	})();
	const goOn = () => {
		step += 1;
	};
	return {handler, clock, people, heard, over, goOn};
}

const taskNewsOf = (find: Parameters<typeof taskNews>[0]) => (clock: Parameters<typeof taskNews>[1]) => taskNews(find, clock);

test('a stream goes on as long as the token that opened it is good, and no longer', async () => {
	const {handler, clock, people, heard, over, goOn} = await listening();
	await clock.advance(60_000);
	goOn();
	await clock.advance(1000);
	expect(heard.join('')).toContain('Step 1');
	expect(heard.join('')).toContain(': keepalive');
	people.pop();
	await clock.advance(15_000);
	goOn();
	await clock.advance(5000);
	await over;
	expect(heard.join('')).not.toContain('Step 2');
	expect(heard.at(-1)).toContain('"resultType":"complete"');
	await handler.close();
});
