import {gzipSync} from 'node:zlib';
import {expect, test} from 'vitest';
import {makeCertificate} from '../../../../support/certificates.ts';
import {clientOf, hastyClock, troubleFrom, withDiscovery} from '../../../../support/client-world.ts';
import {refuse, respond, scriptedServer} from '../../../../support/scripted-server.ts';

test('a server that is not there is told as refused', async () => {
	const server = await scriptedServer(() => {});
	await server.close();
	const {cluster} = await clientOf(server.url, {clock: hastyClock()});
	expect(await troubleFrom(cluster.raw('/version'))).toMatchObject({
		kind: 'environment',
		code: 'unreachable',
		what: `The cluster at ${server.url} cannot be reached`,
		why: 'the connection was refused',
	});
});

test('a name that DNS does not know is told at once', async () => {
	const clock = hastyClock();
	const {cluster} = await clientOf('http://no-such-host.invalid', {clock});
	const trouble = await troubleFrom(cluster.raw('/version'));
	expect(trouble).toMatchObject({code: 'unreachable'});
	expect(trouble.why).toMatch(/DNS/);
});

test('a server that accepts and never answers is given up', async () => {
	const server = await scriptedServer(withDiscovery(() => {}));
	const {effector} = await clientOf(server.url, {timeoutsMs: {connectMs: 300, headersMs: 100}});
	const ref = {apiVersion: 'v1', kind: 'ConfigMap', namespace: 'default', name: 'a'};
	const sent = effector.send({op: 'delete', ref}, {...ref, metadata: {name: 'a'}}, new AbortController().signal);
	expect(await troubleFrom(sent)).toMatchObject({
		code: 'unreachable',
		why: expect.stringContaining('it accepted the request and did not answer in time'),
	});
});

test('a server that stops in the middle of an answer is given up', async () => {
	const server = await scriptedServer((_seen, response) => void response.writeHead(200, {'content-length': '100'}).write('{"major":'));
	const {cluster} = await clientOf(server.url, {clock: hastyClock(), timeoutsMs: {bodyMs: 50}});
	expect(await troubleFrom(cluster.raw('/version'))).toMatchObject({
		code: 'unreachable',
		why: 'it stopped in the middle of an answer',
	});
	expect(server.seen).toHaveLength(4);
});

test('a stream may be silent for longer than an answer or a free socket', async () => {
	const server = await scriptedServer((_seen, response) => {
		response.write('first\n');
		setTimeout(() => response.end('second\n'), 100);
	});
	const {cluster} = await clientOf(server.url, {timeoutsMs: {bodyMs: 20, freeMs: 20}});
	const lines: string[] = [];
	for await (const line of cluster.logs({namespace: 'shop', pod: 'web-1', follow: true}, new AbortController().signal)) lines.push(line);
	expect(lines).toEqual(['first', 'second']);
	expect(server.seen).toHaveLength(1);
});

test('a socket is used again', async () => {
	const ports = new Set<number | undefined>();
	const server = await scriptedServer((_seen, response) => {
		ports.add(response.socket?.remotePort);
		respond(response, {});
	});
	const {cluster} = await clientOf(server.url);
	for (let times = 0; times < 15; times++) await cluster.raw('/version');
	expect(ports.size).toBe(1);
});

test('a socket that nobody needs for a while is closed from here, and the next request opens another', async () => {
	const ports = new Set<number | undefined>();
	// The server has a time-out of its own, which destroys the socket without an end from here.
	const ended = Promise.withResolvers<void>();
	const server = await scriptedServer((_seen, response) => {
		ports.add(response.socket?.remotePort);
		response.socket?.once('end', ended.resolve);
		respond(response, {});
	});
	const {cluster} = await clientOf(server.url, {timeoutsMs: {freeMs: 20}});
	await cluster.raw('/version');
	await ended.promise;
	await cluster.raw('/version');
	expect(ports.size).toBe(2);
});

test('an abort ends a call that hangs', async () => {
	const stop = new AbortController();
	const server = await scriptedServer(() => stop.abort(new Error('the person left')));
	const {cluster} = await clientOf(server.url, {signal: stop.signal});
	await expect(cluster.raw('/version')).rejects.toThrow('the person left');
});

test('compressed answers are read', async () => {
	const server = await scriptedServer((seen, response) => {
		expect(seen.headers['accept-encoding']).toBe('gzip');
		response.writeHead(200, {'content-encoding': 'gzip'}).end(gzipSync('{"major":"1"}'));
	});
	const {cluster} = await clientOf(server.url);
	expect(await cluster.raw('/version')).toEqual({major: '1'});
});

test('disable-compression asks for plain answers', async () => {
	const server = await scriptedServer((seen, response) => respond(response, {asked: seen.headers['accept-encoding'] ?? 'plain'}));
	const {cluster} = await clientOf(server.url, {clusterEntry: {disableCompression: true}});
	expect(await cluster.raw('/version')).toEqual({asked: 'plain'});
});

test('half of a compressed answer is no answer: the read is tried again', async () => {
	const whole = gzipSync(JSON.stringify({text: 'x'.repeat(10_000)}));
	let tries = 0;
	const server = await scriptedServer((_seen, response) => {
		tries++;
		response.writeHead(200, {'content-encoding': 'gzip'}).end(tries === 1 ? whole.subarray(0, whole.length - 10) : whole);
	});
	const {cluster} = await clientOf(server.url, {clock: hastyClock()});
	expect(await cluster.raw('/big')).toHaveProperty('text');
	expect(tries).toBe(2);
});

test('an answer beyond the cap is refused while it comes, also when it is small on the wire', async () => {
	const server = await scriptedServer((_seen, response) => {
		response.writeHead(200, {'content-encoding': 'gzip'}).end(gzipSync(JSON.stringify({text: 'x'.repeat(5_000_000)})));
	});
	const {cluster} = await clientOf(server.url, {capBytes: 1024 * 1024});
	expect(await troubleFrom(cluster.raw('/big'))).toMatchObject({
		code: 'answer-too-large',
		what: "The cluster's answer is larger than 1 MiB",
	});
});

test('what is read below the API server has a limit of its own, whoever answers there', async () => {
	const server = await scriptedServer((_seen, response) => {
		response.writeHead(200, {'content-encoding': 'gzip'}).end(gzipSync(Buffer.alloc(100 * 1024 * 1024, ' ')));
	});
	const {cluster} = await clientOf(server.url);
	expect(await troubleFrom(cluster.raw('/api/v1/namespaces/m/services/prometheus:9090/proxy/api/v1/query'))).toMatchObject({
		code: 'answer-too-large',
		what: "The cluster's answer is larger than 32 MiB",
		next: expect.any(String),
	});
});

test('a sign-in page in place of JSON is told as such', async () => {
	const server = await scriptedServer((_seen, response) => response.end('<html>Please sign in</html>'));
	const {cluster} = await clientOf(server.url);
	expect(await troubleFrom(cluster.raw('/version'))).toMatchObject({
		code: 'server-error',
		why: 'a proxy or a sign-in page may stand between',
		quoted: '<html>Please sign in</html>',
	});
});

test('warnings of the server reach the listener, each once', async () => {
	const server = await scriptedServer((_seen, response) =>
		respond(response, {}, 200, {warning: ['299 - "apps/v1beta1 is \\"old\\""', '299 - "two", 299 - "three"', '199 - "not ours"']}),
	);
	const {cluster, warned} = await clientOf(server.url);
	await cluster.raw('/version');
	expect(warned).toEqual(['apps/v1beta1 is "old"', 'two', 'three']);
});

test('a server below a path keeps its path', async () => {
	const server = await scriptedServer((seen, response) => respond(response, {path: seen.path}));
	const {cluster} = await clientOf(`${server.url}/k8s/clusters/c-1/`);
	expect(await cluster.raw('/version')).toEqual({path: '/k8s/clusters/c-1/version'});
});

test.each(['https://evil.example/x', '//evil.example/x', 'version', '/api/../../x', '/\\evil'])(
	'the raw path %s is refused before anything is sent',
	async path => {
		const server = await scriptedServer((_seen, response) => respond(response, {}));
		const {cluster} = await clientOf(server.url);
		expect(await troubleFrom(cluster.raw(path))).toMatchObject({code: 'bad-path'});
		expect(server.seen).toEqual([]);
	},
);

const authority = makeCertificate('test authority');
const serving = makeCertificate('127.0.0.1', {issuer: authority.issuer});
const data = (pem: string) => ({data: Buffer.from(pem).toString('base64')});

test('TLS works with the authority of the kubeconfig and a client certificate', async () => {
	const client = makeCertificate('jane', {issuer: authority.issuer});
	const server = await scriptedServer(
		(_seen, response) => {
			const socket = response.socket;
			// The server is a TLS server, so its sockets know their peer's certificate.
			const peer =
				socket !== null && 'getPeerCertificate' in socket && typeof socket.getPeerCertificate === 'function'
					? socket.getPeerCertificate()
					: {};
			respond(response, {who: peer.subject?.CN});
		},
		{cert: serving.cert, key: serving.key, ca: authority.cert, requestCert: true, rejectUnauthorized: true},
	);
	const {cluster, learned} = await clientOf(server.url, {
		user: {clientCertificate: data(client.cert), clientKey: data(client.key)},
		clusterEntry: {certificateAuthority: data(authority.cert)},
	});
	expect(await cluster.raw('/version')).toEqual({who: 'jane'});
	expect(learned).toEqual([client.key.trim()]);
});

test('a target says what its server has proven, and nothing where nothing is proven', async () => {
	const server = await scriptedServer((_seen, response) => refuse(response, 403, 'Forbidden'), {cert: serving.cert, key: serving.key});
	const authorityOf = async (clusterEntry: object) =>
		(await (await clientOf(server.url, {clusterEntry})).cluster.target(undefined)).authority;
	const proven = await authorityOf({certificateAuthority: data(authority.cert)});
	expect(proven).toMatch(/^[0-9a-f]{64}$/);
	expect(await authorityOf({certificateAuthority: data(`${authority.cert.trim().replaceAll('\n', '\r\n')}\n\n`)})).toBe(proven);
	expect(await authorityOf({certificateAuthority: data(authority.cert), tlsServerName: '127.0.0.1'})).not.toBe(proven);
	expect(await authorityOf({certificateAuthority: data(authority.cert), skipTlsVerify: true})).toBeUndefined();
});

test.each([
	['an authority that is not trusted', {}, /signed by an authority that is not trusted/, /certificate-authority-data/],
	[
		'another authority',
		{certificateAuthority: data(makeCertificate('other').cert)},
		/authority that is not trusted/,
		/certificate-authority-data/,
	],
	['another name', {certificateAuthority: data(authority.cert), tlsServerName: 'api.internal'}, /for another name/, /tls-server-name/],
])('TLS with %s is told with its remedy, and not tried again', async (_name, clusterEntry, why, next) => {
	const server = await scriptedServer((_seen, response) => respond(response, {}), {cert: serving.cert, key: serving.key});
	const clock = hastyClock();
	const {cluster} = await clientOf(server.url, {clusterEntry, clock});
	const trouble = await troubleFrom(cluster.raw('/version'));
	expect(trouble.why).toMatch(why);
	expect(trouble.next).toMatch(next);
	expect(clock.waits).toEqual([]);
});

test('an expired server certificate is told as such', async () => {
	const old = makeCertificate('127.0.0.1', {issuer: authority.issuer, validFrom: new Date('2020-01-01'), validTo: new Date('2020-02-01')});
	const server = await scriptedServer((_seen, response) => respond(response, {}), {cert: old.cert, key: old.key});
	const {cluster} = await clientOf(server.url, {clusterEntry: {certificateAuthority: data(authority.cert)}});
	expect(await troubleFrom(cluster.raw('/version'))).toMatchObject({why: 'its TLS certificate has expired'});
});

test('insecure-skip-tls-verify believes any certificate', async () => {
	const server = await scriptedServer((_seen, response) => respond(response, {major: '1'}), {cert: serving.cert, key: serving.key});
	const {cluster} = await clientOf(server.url, {clusterEntry: {skipTlsVerify: true}});
	expect(await cluster.raw('/version')).toEqual({major: '1'});
});

test('https to a server that speaks plain http is told as such', async () => {
	const server = await scriptedServer((_seen, response) => respond(response, {}));
	const {cluster} = await clientOf(server.url.replace('http:', 'https:'), {clock: hastyClock()});
	expect(await troubleFrom(cluster.raw('/version'))).toMatchObject({code: 'unreachable', why: 'it does not speak TLS'});
});

test('a server that wants a client certificate refuses one without', async () => {
	const server = await scriptedServer((_seen, response) => respond(response, {}), {
		cert: serving.cert,
		key: serving.key,
		ca: authority.cert,
		requestCert: true,
		rejectUnauthorized: true,
	});
	const {cluster} = await clientOf(server.url, {clusterEntry: {certificateAuthority: data(authority.cert)}, clock: hastyClock()});
	expect(await troubleFrom(cluster.raw('/version'))).toMatchObject({code: 'unreachable'});
});

test('the client closes while an answer is awaited', async () => {
	const arrived = Promise.withResolvers<void>();
	const server = await scriptedServer(withDiscovery(() => arrived.resolve()));
	const {cluster, close} = await clientOf(server.url, {clock: hastyClock()});
	const asked = troubleFrom(cluster.raw('/version'));
	await arrived.promise;
	await close();
	expect(await asked).toMatchObject({code: 'unreachable'});
});
