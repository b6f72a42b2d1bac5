import {once} from 'node:events';
import {createServer} from 'node:http';
import {type AddressInfo, connect as connectSocket, createServer as createSocketServer, type Server} from 'node:net';
import {expect, onTestFinished, test} from 'vitest';
import {proxyOf, tlsOptions} from '../../../../../src/mcp/kubernetes/client/transport/dispatcher.ts';
import {makeCertificate} from '../../../../support/certificates.ts';
import {clientOf, hastyClock, troubleFrom} from '../../../../support/client-world.ts';
import {respond, scriptedServer} from '../../../../support/scripted-server.ts';

test.each([
	['https://c.example', undefined, {}, undefined],
	['https://c.example', 'http://p:1', {HTTPS_PROXY: 'http://other:1', NO_PROXY: '*'}, 'http://p:1'],
	['https://c.example', 'socks5://p:1', {}, 'socks5://p:1'],
	['https://c.example', undefined, {HTTPS_PROXY: 'http://p:1'}, 'http://p:1'],
	['https://c.example', undefined, {https_proxy: 'p:1'}, 'http://p:1'],
	['https://c.example', undefined, {HTTP_PROXY: 'http://p:1'}, undefined],
	['http://c.example', undefined, {HTTP_PROXY: 'http://p:1'}, 'http://p:1'],
	['https://127.0.0.1:6443', undefined, {HTTPS_PROXY: 'http://p:1'}, undefined],
	['https://localhost:6443', undefined, {HTTPS_PROXY: 'http://p:1'}, undefined],
	['https://c.example', undefined, {HTTPS_PROXY: 'http://p:1', NO_PROXY: 'a.example, c.example'}, undefined],
	['https://api.c.example', undefined, {HTTPS_PROXY: 'http://p:1', NO_PROXY: '.c.example'}, undefined],
	['https://c.example', undefined, {HTTPS_PROXY: 'http://p:1', NO_PROXY: '.c.example'}, 'http://p:1'],
	['https://evilc.example', undefined, {HTTPS_PROXY: 'http://p:1', NO_PROXY: 'c.example'}, 'http://p:1'],
	['https://c.example:6443', undefined, {HTTPS_PROXY: 'http://p:1', NO_PROXY: 'c.example:443'}, 'http://p:1'],
	['https://10.1.2.3', undefined, {HTTPS_PROXY: 'http://p:1', NO_PROXY: '10.0.0.0/8'}, undefined],
	['https://11.1.2.3', undefined, {HTTPS_PROXY: 'http://p:1', NO_PROXY: '10.0.0.0/8'}, 'http://p:1'],
	['https://[fd00::5]', undefined, {HTTPS_PROXY: 'http://p:1', NO_PROXY: 'fd00::/8'}, undefined],
	['https://c.example', undefined, {HTTPS_PROXY: 'http://p:1', NO_PROXY: '10.0.0.0/99,nonsense/x'}, 'http://p:1'],
])('%s with proxy-url %s and %j goes through %s', (server, proxyUrl, environment, expected) => {
	expect(proxyOf(new URL(server), proxyUrl, environment)).toBe(expected);
});

test('a proxy of an unknown kind is refused when connecting, without its password', async () => {
	const trouble = await troubleFrom(clientOf('https://c.example', {clusterEntry: {proxyUrl: 'ftp://jane:planted-secret@p:1'}}));
	expect(trouble).toMatchObject({kind: 'usage', code: 'unsupported', next: 'Correct proxy-url of the cluster in your kubeconfig'});
	expect(JSON.stringify(trouble)).not.toContain('planted-secret');
});

test.each([
	[
		{skipTlsVerify: false, certificateAuthority: 'PEM'},
		{ca: ['PEM'], rejectUnauthorized: true},
	],
	[{skipTlsVerify: true}, {ca: undefined, rejectUnauthorized: false}],
	[
		{skipTlsVerify: false, certificateAuthority: 'PEM', tlsServerName: 'api', cert: 'C', key: 'K'},
		{servername: 'api', cert: 'C', key: 'K'},
	],
])('the kubeconfig words %j become TLS options', (input, expected) => {
	expect(tlsOptions({server: new URL('https://c'), ...input})).toMatchObject(expected);
});

test('without an authority of its own, a cluster is believed as the machine believes web sites', () => {
	expect(tlsOptions({server: new URL('https://c'), skipTlsVerify: false}).ca?.length).toBeGreaterThan(10);
	expect(tlsOptions({server: new URL('http://c'), skipTlsVerify: false}).ca).toBeUndefined();
});

test('requests go through an http proxy by CONNECT, and TLS is checked end to end', async () => {
	const authority = makeCertificate('authority');
	const serving = makeCertificate('127.0.0.1', {issuer: authority.issuer});
	const server = await scriptedServer((_seen, response) => respond(response, {major: '1'}), {cert: serving.cert, key: serving.key});
	const asked: string[] = [];
	const proxy = createServer().on('connect', (request, socket, head) => {
		asked.push(request.url ?? '');
		const onward = connectSocket(server.port, '127.0.0.1', () => {
			socket.write('HTTP/1.1 200 OK\r\n\r\n');
			onward.write(head);
			onward.pipe(socket).pipe(onward);
		});
		for (const one of [socket, onward]) one.on('error', () => {});
	});
	const port = await listening(proxy);
	const {cluster} = await clientOf(server.url, {
		clusterEntry: {proxyUrl: `http://127.0.0.1:${port}`, certificateAuthority: {data: Buffer.from(authority.cert).toString('base64')}},
	});
	expect(await cluster.raw('/version')).toEqual({major: '1'});
	expect(asked).toEqual([`127.0.0.1:${server.port}`]);
});

/** Port of a server that is closed when the test ends. */
async function listening(server: Server): Promise<number> {
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	onTestFinished(() => {
		server.close();
	});
	// A server that listens on TCP has an address of this shape.
	return (server.address() as AddressInfo).port;
}

test('requests go through a socks5 proxy, which resolves the name', async () => {
	const server = await scriptedServer((_seen, response) => respond(response, {major: '1'}));
	const asked: string[] = [];
	const proxy = createSocketServer(socket => {
		socket.on('error', () => {});
		socket.once('data', () => {
			socket.write(Uint8Array.of(5, 0));
			socket.once('data', (request: Buffer) => {
				asked.push(request.subarray(5, 5 + (request[4] ?? 0)).toString());
				const onward = connectSocket(server.port, '127.0.0.1', () => {
					socket.write(Uint8Array.of(5, 0, 0, 1, 0, 0, 0, 0, 0, 0));
					onward.pipe(socket).pipe(onward);
				});
				onward.on('error', () => {});
			});
		});
	});
	const {cluster} = await clientOf('http://cluster.example', {clusterEntry: {proxyUrl: `socks5://127.0.0.1:${await listening(proxy)}`}});
	expect(await cluster.raw('/version')).toEqual({major: '1'});
	expect(asked).toEqual(['cluster.example']);
});

test('a server that takes the connection and never speaks TLS is given up, before anything was sent', async () => {
	const server = createSocketServer(socket => socket.on('error', () => {}).resume());
	const port = await listening(server);
	const {cluster} = await clientOf(`https://127.0.0.1:${port}`, {clock: hastyClock(), timeoutsMs: {connectMs: 50}});
	expect(await troubleFrom(cluster.raw('/version'))).toMatchObject({code: 'unreachable', why: 'the connection timed out'});
});
