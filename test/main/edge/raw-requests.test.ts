import {connect} from 'node:net';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {servedOverHttp} from '../../support/edge-ways.ts';
import {openShop} from '../../support/shop.ts';

const shop = await openShop({speed: 1});
let server: Awaited<ReturnType<typeof servedOverHttp>>;
beforeAll(async () => {
	server = await servedOverHttp({words: ['--kubeconfig', shop.kubeconfig, 'mcp', 'serve'], folder: shop.folder, flags: ['--no-auth']});
});
afterAll(() => server.stop());

/** All that comes back for some bytes, until the server closes. */
const answered = (text: string): Promise<string> =>
	new Promise(resolve => {
		const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
		let got = '';
		socket.on('data', data => {
			got += String(data);
		});
		// A server that hangs up has answered, too.
		socket.on('error', () => {}).on('close', () => resolve(got));
		socket.write(text);
	});

const usual = 'Host: localhost\r\n';

test.each([
	['a host that is no name', 'GET /mcp', 'Host: [bad\r\n', /^HTTP\/1.1 400 /],
	['a host of two words', 'GET /mcp', 'Host: a b\r\n', /^HTTP\/1.1 400 /],
	['a port that there is not', 'GET /mcp', 'Host: localhost:99999\r\n', /^HTTP\/1.1 400 /],
	['a foreign host', 'GET /mcp', 'Host: evil.example\r\n', /^HTTP\/1.1 403 /],
	['the address of another server', 'GET http://evil.example/mcp', usual, /^HTTP\/1.1 404 /],
	['an address that begins with two slashes', 'GET //evil.example/mcp', usual, /^HTTP\/1.1 404 /],
	['no address', 'OPTIONS *', usual, /^HTTP\/1.1 404 /],
	['a way through', 'CONNECT evil.example:80', usual, /^$/],
	['a wish to hear itself', 'TRACE /mcp', usual, /^HTTP\/1.1 400 /],
	['two lengths', 'POST /mcp', `${usual}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n`, /^(HTTP\/1.1 400 |$)/],
	['a length that is no number', 'POST /mcp', `${usual}Content-Length: 0x5\r\n`, /^(HTTP\/1.1 400 |$)/],
	['a header that is folded', 'GET /mcp', `${usual}X-A: b\r\n c: d\r\n`, /^(HTTP\/1.1 40|$)/],
	['headers without end', 'GET /mcp', `${usual}X-A: ${'x'.repeat(20_000)}\r\n`, /^(HTTP\/1.1 4|$)/],
])('a request with %s is refused at once', async (_, line, headers, answer) => {
	expect(await answered(`${line} HTTP/1.1\r\n${headers}Connection: close\r\n\r\n`)).toMatch(answer);
});
