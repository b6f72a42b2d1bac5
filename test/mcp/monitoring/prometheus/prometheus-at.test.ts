import {once} from 'node:events';
import {createServer, type RequestListener} from 'node:http';
import type {AddressInfo} from 'node:net';
import {expect, onTestFinished, test} from 'vitest';
import {systemClock} from '../../../../src/core/clock.ts';
import {troubleOf} from '../../../../src/core/error.ts';
import {outsideSender} from '../../../../src/main/outside-sender.ts';
import {prometheusAt} from '../../../../src/mcp/monitoring/prometheus/prometheus-at.ts';
import {makeCertificate} from '../../../support/certificates.ts';
import {respond, scriptedServer} from '../../../support/scripted-server.ts';

/** A server on loopback for one test. @returns its host and port */
async function serve(listener: RequestListener): Promise<string> {
	const server = createServer(listener).listen(0, '127.0.0.1');
	await once(server, 'listening');
	onTestFinished(async () => {
		server.closeAllConnections();
		await once(server.close(), 'close');
	});
	// A listening TCP server has an address object, never a pipe's name.
	return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const vector = (value: string) => ({status: 'success', data: {resultType: 'vector', result: [{metric: {}, value: [1.5, value]}]}});
const says =
	(status: number, body: unknown): RequestListener =>
	(_, response) =>
		void response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));
const at = (address: string, learned: string[] = [], signal = new AbortController().signal) =>
	prometheusAt(address, {sender: server => outsideSender(server, {}), learn: secret => learned.push(secret), clock: systemClock(), signal});
const failure = async (address: string) => troubleOf(await at(address).catch(error => error));

test('asks below the path of the address, and names it without the user', async () => {
	const asked: (string | undefined)[] = [];
	const host = await serve((request, response) => {
		asked.push(request.url, request.headers.authorization);
		says(200, vector('7'))(request, response);
	});
	const learned: string[] = [];
	const {metrics} = await at(`http://mimir:p%40ss-word@${host}/prometheus/`, learned);
	expect(metrics?.source).toBe(`Prometheus http://${host}/prometheus`);
	expect(await metrics?.query('up{a="b"}')).toEqual([{labels: {}, value: 7, atMs: 1500}]);
	const basic = `Basic ${Buffer.from('mimir:p@ss-word').toString('base64')}`;
	expect(asked).toEqual([
		'/prometheus/api/v1/query?query=vector(1)&partial_response=true',
		basic,
		'/prometheus/api/v1/query?query=up%7Ba%3D%22b%22%7D&partial_response=false',
		basic,
	]);
	expect(learned).toContain('p@ss-word');
});

test.each(['50%off', '100%', '%zz%40'])('a password with a bare percent sign, %j, is sent as it is and hidden', async password => {
	const asked: (string | undefined)[] = [];
	const host = await serve((request, response) => {
		asked.push(request.headers.authorization);
		says(200, vector('7'))(request, response);
	});
	const learned: string[] = [];
	const {metrics} = await at(`http://ops:${password}@${host}`, learned);
	expect(asked).toEqual([`Basic ${Buffer.from(`ops:${password}`).toString('base64')}`]);
	expect(learned).toContain(password);
	expect(metrics?.source).not.toContain(password);
});

test('a query that Prometheus refuses is told in its words', async () => {
	const refusal = {status: 'error', errorType: 'bad_data', error: 'invalid parameter "query": parse error'};
	const host = await serve((request, response) =>
		request.url?.includes('vector(1)') ? says(200, vector('1'))(request, response) : says(400, refusal)(request, response),
	);
	const {metrics} = await at(`http://${host}`);
	const trouble = troubleOf(await metrics?.query('sum(').catch(error => error));
	expect(trouble).toMatchObject({code: 'bad-query', quoted: expect.stringContaining('parse error')});
});

test.each([
	{
		what: 'a server that is overloaded',
		status: 503,
		body: 'later',
		trouble: {code: 'metrics-unreachable', why: 'it answered HTTP 503', quoted: 'later'},
	},
	{what: 'a web page', status: 200, body: '<html>', trouble: {code: 'metrics-unreachable', why: 'what answers there is no Prometheus'}},
	{what: 'a server of something else', status: 404, body: {}, trouble: {code: 'metrics-unreachable', why: 'it answered HTTP 404'}},
	{what: 'JSON of something else', status: 200, body: {hello: 1}, trouble: {code: 'bad-query'}},
	{what: 'a server that wants a password', status: 401, body: '', trouble: {kind: 'auth', code: 'metrics-signed-out'}},
])('$what is an error, because its numbers were asked for', async ({status, body, trouble}) => {
	expect(await failure(`http://${await serve(says(status, body))}`)).toMatchObject(trouble);
});

test('an answer beyond the limit is not read to its end', async () => {
	const piece = Buffer.alloc(1024 * 1024, ' ');
	let sent = 0;
	const host = await serve((_, response) => {
		const more = () => {
			while (!response.destroyed && sent < 1000) {
				sent++;
				if (!response.write(piece)) return;
			}
		};
		response.on('drain', more);
		more();
	});
	expect(await failure(`http://${host}`)).toMatchObject({code: 'metrics-unreachable', why: 'its answer is larger than 16 MiB'});
	expect(sent).toBeLessThan(1000);
});

test('a certificate that nobody vouches for is told with its remedy', async () => {
	const serving = makeCertificate('127.0.0.1', {issuer: makeCertificate('authority').issuer});
	const {url} = await scriptedServer((_, response) => respond(response, vector('1')), {cert: serving.cert, key: serving.key});
	expect(await failure(url)).toMatchObject({
		code: 'metrics-unreachable',
		why: expect.stringContaining('unable to verify'),
		next: expect.stringContaining('NODE_EXTRA_CA_CERTS'),
	});
});

test('a password is not taken to where the server sends on to', async () => {
	const asked: (string | undefined)[] = [];
	const elsewhere = await serve(request => asked.push(request.url));
	const host = await serve((_, response) => void response.writeHead(301, {location: `http://ops:other@${elsewhere}/`}).end());
	expect(await failure(`http://ops:secret@${host}`)).toMatchObject({
		code: 'metrics-unreachable',
		why: `it sends on to http://${elsewhere}`,
		next: 'Write that address instead',
	});
	expect(asked).toEqual([]);
});

test('nobody at the address', async () => {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const {port} = server.address() as AddressInfo;
	await once(server.close(), 'close');
	expect(await failure(`http://127.0.0.1:${port}`)).toMatchObject({
		kind: 'environment',
		code: 'metrics-unreachable',
		what: `Prometheus http://127.0.0.1:${port} does not answer`,
		why: expect.stringContaining('ECONNREFUSED'),
	});
});

test.each(['prometheus:9090', 'ftp://prometheus', ''])('%j is no address', async address => {
	expect(await failure(address)).toMatchObject({kind: 'usage', code: 'bad-prometheus-url'});
});

test('who stops waiting is told so, not that the server is away', async () => {
	const host = await serve(() => {});
	await expect(at(`http://${host}`, [], AbortSignal.abort(new Error('interrupted')))).rejects.toThrow('interrupted');
});
