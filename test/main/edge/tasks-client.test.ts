import type {Client} from '@modelcontextprotocol/client';
import {createTaskSessionFromClient} from '@modelcontextprotocol/ext-tasks/client';
import {expect, test} from 'vitest';
import {pipes} from '../../support/edge-client.ts';
import {type Message, rawClient, tasksCapability} from '../../support/raw-client.ts';
import {openShop} from '../../support/shop.ts';

const shop = await openShop({speed: 1});

/** A session of the extension's own client, over pipes to `mkcoa mcp serve`. */
function session() {
	const ways = pipes();
	const served = shop.run(['mcp', 'serve', '--allow-changes'], {pipes: ways});
	const raw = rawClient(ways);
	const ask = ({method, params}: Message) => raw.ask(method, params ?? {});
	// What the session needs of a client; that of the SDK takes no task for an answer.
	const client = {
		getProtocolEra: () => 'modern',
		getServerCapabilities: () => tasksCapability,
		request: async (request: Message) => (await ask(request)).result,
	} as unknown as Client;
	const opened = createTaskSessionFromClient(client, {
		endpointId: 'mkcoa',
		async rawDispatch(request) {
			const {result, error} = await ask(request);
			return error === undefined ? {kind: 'result', result} : {kind: 'error', error};
		},
		v2RequestFraming: {protocolVersion: '2026-07-28', clientInfo: {name: 'x', version: '1'}, clientCapabilities: tasksCapability},
	});
	const end = async () => {
		await opened.close();
		ways.input.end();
		await served;
	};
	return {call: (tool: string, input: {readonly [field: string]: string}) => opened.callTool(tool, input), end};
}

const note = (text: string) => ({
	kind: 'configmap',
	name: 'web-nginx',
	type: 'merge',
	patch: JSON.stringify({metadata: {annotations: {'shop.example.com/note': text}}}),
});

test("the extension's own client takes what it is answered: a result, a task to its end, a task that it cancels", async () => {
	const {call, end} = session();
	try {
		expect((await call('namespaces_list', {})).kind).toBe('immediate');
		const approved = await call('resource_patch', note('approved'));
		const plan = approved.handle?.taskId.replace('plan-', '') ?? '';
		await shop.reviewed(['approve', plan], () => {});
		expect((await approved.settle()).outcome).toMatchObject({
			status: 'completed',
			result: {resultType: 'complete', structuredContent: {kind: 'done'}},
		});
		const cancelled = await call('resource_patch', note('cancelled'));
		if (cancelled.kind === 'task') await cancelled.cancel();
		expect((await cancelled.settle()).outcome).toMatchObject({status: 'cancelled'});
	} finally {
		await end();
	}
});
