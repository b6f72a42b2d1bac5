import {once} from 'node:events';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {expect, onTestFinished, test} from 'vitest';
import {outsideSender} from '../../src/main/outside-sender.ts';
import {respond, scriptedServer} from '../support/scripted-server.ts';

const get = {path: '/', method: 'GET', headers: {}} as const;

test('asks through the proxy of the environment', async () => {
	const asked: (string | undefined)[] = [];
	const proxy = createServer().on('connect', (request, socket) => {
		asked.push(request.url);
		socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
	});
	await once(proxy.listen(0, '127.0.0.1'), 'listening');
	onTestFinished(async () => {
		await once(proxy.close(), 'close');
	});
	// A listening TCP server has an address object, never a pipe's name.
	const {port} = proxy.address() as AddressInfo;
	const send = await outsideSender(new URL('https://prometheus.example'), {HTTPS_PROXY: `http://127.0.0.1:${port}`});
	await expect(send({...get, origin: 'https://prometheus.example'})).rejects.toThrow('Proxy response (403)');
	expect(asked).toEqual(['prometheus.example:443']);
});

test('asks this machine without the proxy', async () => {
	const server = await scriptedServer((_, response) => respond(response, {}));
	const send = await outsideSender(new URL(server.url), {HTTP_PROXY: 'http://127.0.0.1:1'});
	expect((await send({...get, origin: server.url})).statusCode).toBe(200);
});
