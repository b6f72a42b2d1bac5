import {writeFileSync} from 'node:fs';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {join} from 'node:path';
import {Client, StreamableHTTPClientTransport} from '@modelcontextprotocol/client';
import {exportJWK, generateKeyPair, SignJWT} from 'jose';
import {afterEach, expect, onTestFinished, test} from 'vitest';
import {main} from '../../../src/main.ts';
import {textOf} from '../../support/edge-client.ts';
import {hostIn} from '../../support/host.ts';
import {openShop} from '../../support/shop.ts';

const shop = await openShop({speed: 1});

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
	for (const end of ends.splice(0)) await end();
});

/** `mkcoa mcp serve --http` on a free port, and what it printed once it listens. */
async function serve(...flags: readonly string[]) {
	const stop = new AbortController();
	const {promise: url, resolve} = Promise.withResolvers<string>();
	const {host, printed} = hostIn({
		folder: shop.folder,
		signal: stop.signal,
		streams: {out: text => resolve(text.trim())},
	});
	const served = main(['--kubeconfig', shop.kubeconfig, '-n', 'shop', 'mcp', 'serve', '--http', '127.0.0.1:0', ...flags], host);
	const end = async () => {
		stop.abort();
		return served;
	};
	ends.push(end);
	return {url: await Promise.race([url, served.then(code => `ended with ${code}: ${printed.err}`)]), printed, end};
}

async function clientOf(url: string, token: string) {
	const client = new Client({name: 'cursor', version: '1'}, {capabilities: {}, versionNegotiation: {mode: 'auto'}});
	await client.connect(new StreamableHTTPClientTransport(new URL(url), {requestInit: {headers: {authorization: `Bearer ${token}`}}}));
	ends.unshift(() => client.close());
	return client;
}

const statusOf = async (url: string, token: string) =>
	(await fetch(url, {method: 'POST', body: '{}', headers: {'content-type': 'application/json', authorization: `Bearer ${token}`}})).status;

test('on this machine alone it lets in who has the token that it prints', async () => {
	const {url, printed, end} = await serve();
	const [, token = ''] = /Bearer (\S+)/.exec(printed.err) ?? [];
	expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/mcp$/);
	expect(await statusOf(url, 'wrong')).toBe(401);
	const client = await clientOf(url, token);
	expect(client.getNegotiatedProtocolVersion()).toBe('2026-07-28');
	const answer = await client.callTool({name: 'resource_list', arguments: {kind: 'deployments'}});
	expect(answer.structuredContent).toMatchObject({kind: 'Deployment', namespace: 'shop'});
	expect(await end()).toBe(0);
	await expect(statusOf(url, token)).rejects.toThrow();
});

test('a key opens what its scopes say, until it is revoked', async () => {
	const made = JSON.parse((await shop.run(['mcp', 'keys', 'add', 'ci', '--json'])).out) as {readonly id: string; readonly token: string};
	expect((await shop.run(['mcp', 'keys', 'list'])).out).toMatch(new RegExp(`^${made.id}\tci\tmkcoa:read\tuntil `, 'm'));
	const {url, printed} = await serve('--allow-changes');
	expect(printed.err).not.toContain('Bearer');
	const client = await clientOf(url, made.token);
	expect((await client.listTools()).tools.map(({name}) => name)).not.toContain('workload_scale');
	await expect(client.callTool({name: 'workload_scale', arguments: {workload: 'web', replicas: 1}})).rejects.toThrow();
	await shop.run(['mcp', 'keys', 'revoke', made.id]);
	expect(await statusOf(url, made.token)).toBe(401);
});

test('a key that is made while it serves counts at once, beside the token; later ones are asked for keys', async () => {
	const {url, printed} = await serve();
	expect(printed.err).toContain('Bearer');
	const made = JSON.parse((await shop.run(['mcp', 'keys', 'add', 'late', '--json'])).out) as {readonly id: string; readonly token: string};
	expect((await (await clientOf(url, made.token)).listTools()).tools.length).toBeGreaterThan(10);
	expect((await serve()).printed.err).toContain('Clients send a key: mkcoa mcp keys list');
	await shop.run(['mcp', 'keys', 'revoke', made.id]);
	expect(await statusOf(url, made.token)).toBe(401);
});

test('an address that is taken, and a certificate that is none, are told with what to do', async () => {
	const {url} = await serve();
	const {host} = new URL(url);
	const taken = await shop.run(['mcp', 'serve', '--http', host]);
	expect([taken.code, taken.err]).toEqual([1, expect.stringContaining(`${host} is taken: another program serves there`)]);
	const file = join(shop.folder, 'junk.pem');
	writeFileSync(file, 'junk');
	const junk = await shop.run(['mcp', 'serve', '--http', '0', '--tls-cert', file, '--tls-key', file]);
	expect([junk.code, junk.err.replace(/\s+/g, ' ')]).toEqual([1, expect.stringContaining('are no certificate with its key')]);
	const missing = await shop.run(['mcp', 'serve', '--http', '0', '--tls-cert', file, '--tls-key', `${file}.key`]);
	expect(missing.err.replace(/\s+/g, ' ')).toContain(`--tls-key ${file}.key cannot be read`);
});

test.each(['--no-auth', '--impersonate', '--name=x', '--tls-cert=x', '--issuer=x'])(
	'%s protects nothing over standard input, and is refused there',
	async flag => {
		const {code, err} = await shop.run(['mcp', 'serve', flag]);
		expect([code, err.replace(/\s+/g, ' ')]).toEqual([1, expect.stringContaining(`${flag.split('=')[0]} is for callers over HTTP`)]);
	},
);

test('with --impersonate the cluster is asked as the caller, and never as one of its own', async () => {
	const keyOf = async (name: string) =>
		JSON.parse((await shop.run(['mcp', 'keys', 'add', name, '--json'])).out) as {readonly id: string; readonly token: string};
	const [dana, sly] = [await keyOf('dana'), await keyOf('system:admin')];
	const list = async (url: string, token: string) => {
		const answer = await (await clientOf(url, token)).callTool({name: 'resource_list', arguments: {kind: 'pods'}});
		return textOf(answer);
	};
	const own = await serve();
	expect(await list(own.url, dana.token)).toContain('pods in shop');
	const served = await serve('--impersonate');
	expect(await list(served.url, dana.token)).toMatch(/not allowed|may not|forbidden/i);
	expect(await list(served.url, dana.token)).toContain('dana');
	expect(await list(served.url, sly.token)).toContain('The cluster is not called as system:admin');
	const prefixed = await serve('--impersonate', 'oidc:');
	expect(await list(prefixed.url, sly.token)).toContain('oidc:system:admin');
	for (const {id} of [dana, sly]) await shop.run(['mcp', 'keys', 'revoke', id]);
});

test('a token of the authorization server opens it, and one for somebody else does not', async () => {
	const {publicKey, privateKey} = await generateKeyPair('ES256');
	const keys = createServer(async (_, response) => response.end(JSON.stringify({keys: [{...(await exportJWK(publicKey)), kid: 'k'}]})));
	await new Promise<void>(resolve => keys.listen(0, '127.0.0.1', resolve));
	onTestFinished(() => void keys.close());
	const jwks = `http://127.0.0.1:${(keys.address() as AddressInfo).port}/keys`;
	const token = (claims: object, time = '5m', issuer = 'https://id.example.com') =>
		new SignJWT({scope: 'mkcoa:read', ...claims})
			.setProtectedHeader({alg: 'ES256', kid: 'k'})
			.setIssuer(issuer)
			.setExpirationTime(time)
			.sign(privateKey);
	const {url} = await serve('--issuer', 'https://id.example.com', '--audience', 'mkcoa', '--jwks', jwks);
	const refused = await fetch(url, {method: 'POST'});
	const [, metadata = ''] = /resource_metadata="([^"]+)"/.exec(refused.headers.get('www-authenticate') ?? '') ?? [];
	expect(await (await fetch(metadata)).json()).toMatchObject({
		resource: url,
		authorization_servers: ['https://id.example.com'],
		scopes_supported: ['mkcoa:read', 'mkcoa:change', 'mkcoa:destructive'],
	});
	const right = await token({sub: 'dana', aud: 'mkcoa'});
	const client = await clientOf(url, right);
	expect((await client.callTool({name: 'namespaces_list', arguments: {}})).isError).toBeUndefined();
	for (const wrong of [
		await token({sub: 'dana', aud: 'another'}),
		await token({sub: 'dana', aud: 'mkcoa'}, '-5m'),
		await token({sub: 'dana', aud: 'mkcoa'}, '5m', 'https://evil.example.com'),
		await token({aud: 'mkcoa'}),
		await token({sub: '', aud: 'mkcoa'}),
		await token({sub: 'dana\napproved by operator', aud: 'mkcoa'}),
		await token({sub: 'da\u200bna', aud: 'mkcoa'}),
		await token({sub: 'x'.repeat(257), aud: 'mkcoa'}),
		await token({sub: 7, aud: 'mkcoa'}),
		`${right.slice(0, -4)}AAAA`,
		`${Buffer.from('{"alg":"none"}').toString('base64url')}.${right.split('.')[1]}.`,
	])
		expect(await statusOf(url, wrong)).toBe(401);
});

test.each([
	[['--http', '0.0.0.0:0'], '--name'],
	[['--http', '0.0.0.0:0', '--name', 'mkcoa.example.com'], 'does not serve 0.0.0.0 without TLS'],
	[['--http', '192.0.2.1:0', '--no-auth'], 'without TLS and authentication'],
	[['--http', 'x y'], 'is no address'],
	[['--http', '70000'], 'is no address'],
	[['--http', '0', '--tls-cert', 'cert.pem'], '--tls-cert and --tls-key belong together'],
	[['--http', '0', '--issuer', 'https://id.example.com'], '--issuer, --audience and --jwks belong together'],
])('%j is refused before it listens', async (flags, words) => {
	const {code, err, out} = await shop.run(['mcp', 'serve', ...flags]);
	expect({code, out}).toEqual({code: 1, out: ''});
	expect(err).toContain(words);
});

test.each(['', 'a b', '../x', 'x'.repeat(101)])('no key is made for %j', async name => {
	expect(await shop.run(['mcp', 'keys', 'add', name])).toMatchObject({code: 1, out: ''});
});
