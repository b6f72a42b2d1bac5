import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {systemClock} from '../../../../../src/core/clock.ts';
import type {ExecEntry} from '../../../../../src/mcp/kubernetes/kubeconfig/kubeconfig.ts';
import {makeCertificate} from '../../../../support/certificates.ts';
import {clientOf, troubleFrom, type World} from '../../../../support/client-world.ts';
import {refuse, respond, scriptedServer} from '../../../../support/scripted-server.ts';

const v1 = 'client.authentication.k8s.io/v1';

let folder = '';
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'plug-in-'));
});
afterEach(() => rm(folder, {recursive: true}));

/** A plug-in of a few lines. It counts its runs in a file, and `runs` holds the number of this one. */
async function plugin(body: string, more: Partial<ExecEntry> = {}): Promise<ExecEntry> {
	const path = join(folder, `plug-in-${Math.trunc(performance.now() * 1000)}.cjs`);
	const counter = join(folder, 'runs');
	await writeFile(
		path,
		`const fs = require('node:fs');
fs.appendFileSync(${JSON.stringify(counter)}, 'x');
const runs = fs.readFileSync(${JSON.stringify(counter)}, 'utf8').length;
const info = JSON.parse(process.env.KUBERNETES_EXEC_INFO);
const give = (status, apiVersion = info.apiVersion) => console.log(JSON.stringify({kind: 'ExecCredential', apiVersion, status}));
${body}`,
	);
	return {apiVersion: v1, command: process.execPath, args: [path], env: [], provideClusterInfo: false, interactiveMode: 'Never', ...more};
}

const runs = async () => (await readFile(join(folder, 'runs'), 'utf8')).length;
const echo = () => scriptedServer((seen, response) => respond(response, {sent: seen.headers.authorization}));
const client = (server: string, exec: ExecEntry, more: World = {}) =>
	clientOf(server, {user: {exec}, environment: {PATH: process.env.PATH}, ...more});

test('signs in with the token that a plug-in gives, runs it once, and learns the token', async () => {
	const server = await echo();
	const {cluster, learned} = await client(server.url, await plugin("give({token: 'planted-' + runs})"));
	expect(await Promise.all([cluster.raw('/a'), cluster.raw('/b')])).toEqual([{sent: 'Bearer planted-1'}, {sent: 'Bearer planted-1'}]);
	expect(await runs()).toBe(1);
	expect(learned).toEqual(['planted-1']);
});

test('the plug-in gets its arguments, its variables, and what is asked of it', async () => {
	const server = await echo();
	const body = 'give({token: JSON.stringify([process.argv.slice(2), process.env.REGION, process.env.HOME ?? null, info])})';
	const exec = await plugin(body);
	const {cluster} = await client(server.url, {...exec, args: [...exec.args, 'a b', '$(x)'], env: [{name: 'REGION', value: 'eu'}]});
	const {sent} = (await cluster.raw('/a')) ?? {};
	expect(JSON.parse(String(sent).replace('Bearer ', ''))).toEqual([
		['a b', '$(x)'],
		'eu',
		null,
		{kind: 'ExecCredential', apiVersion: v1, spec: {interactive: false}},
	]);
});

test('the plug-in gets the cluster when the kubeconfig says so', async () => {
	const authority = makeCertificate('authority');
	const server = await echo();
	const exec = await plugin('give({token: Buffer.from(JSON.stringify(info.spec.cluster)).toString("base64")})', {provideClusterInfo: true});
	const data = Buffer.from(authority.cert).toString('base64');
	const {cluster} = await client(server.url, exec, {
		clusterEntry: {certificateAuthority: {data}, tlsServerName: 'api', execConfig: {audience: 42}},
	});
	const {sent} = (await cluster.raw('/a')) ?? {};
	expect(JSON.parse(Buffer.from(String(sent).replace('Bearer ', ''), 'base64').toString())).toEqual({
		server: server.url,
		'tls-server-name': 'api',
		'certificate-authority-data': data,
		config: {audience: 42},
	});
});

test('a credential is used until shortly before it expires', async () => {
	const server = await echo();
	let now = Date.parse('2026-01-01T00:00:00Z');
	const clock = {now: () => now, schedule: () => () => {}};
	const exec = await plugin("give({token: 't' + runs, expirationTimestamp: runs === 1 ? '2026-01-01T01:00:00Z' : '2026-01-01T02:00:00Z'})");
	const {cluster} = await client(server.url, exec, {clock});
	expect(await cluster.raw('/a')).toEqual({sent: 'Bearer t1'});
	now = Date.parse('2026-01-01T00:59:00Z');
	expect(await cluster.raw('/b')).toEqual({sent: 'Bearer t1'});
	now = Date.parse('2026-01-01T00:59:55Z');
	expect(await cluster.raw('/c')).toEqual({sent: 'Bearer t2'});
	expect(await runs()).toBe(2);
});

test('after a 401 the plug-in runs once more, and the call is tried once more', async () => {
	const server = await scriptedServer((seen, response) =>
		seen.headers.authorization === 'Bearer t2' ? respond(response, {ok: true}) : refuse(response, 401, 'Unauthorized'),
	);
	const {cluster} = await client(server.url, await plugin("give({token: 't' + runs})"));
	expect(await cluster.raw('/a')).toEqual({ok: true});
	expect(await runs()).toBe(2);
});

test('a second 401 is told with the name of the plug-in', async () => {
	const server = await scriptedServer((_seen, response) => refuse(response, 401, 'Unauthorized'));
	const {cluster} = await client(server.url, await plugin("give({token: 'planted'})"));
	const trouble = await troubleFrom(cluster.raw('/a'));
	expect(trouble).toMatchObject({code: 'signed-out', why: `it did not accept the token that ${process.execPath} gave`});
	expect(JSON.stringify(trouble)).not.toContain('planted');
	expect(await runs()).toBe(2);
});

test('two connections share what a plug-in gave, unless anything that matters differs', async () => {
	const server = await echo();
	const execCache = new Map();
	const exec = await plugin("give({token: 't' + runs})");
	const ask = async (entry: ExecEntry) => (await client(server.url, entry, {execCache})).cluster.raw('/a');
	expect(await ask(exec)).toEqual({sent: 'Bearer t1'});
	expect(await ask(exec)).toEqual({sent: 'Bearer t1'});
	expect(await ask({...exec, env: [{name: 'PROFILE', value: 'other'}]})).toEqual({sent: 'Bearer t2'});
	expect(await ask({...exec, args: [...exec.args, '--other']})).toEqual({sent: 'Bearer t3'});
	expect(await ask({...exec, provideClusterInfo: true})).toEqual({sent: 'Bearer t4'});
});

test('a client certificate from a plug-in goes into the connection, and a renewed one into a new connection', async () => {
	const authority = makeCertificate('authority');
	const [first, second] = ['first', 'second'].map(name => makeCertificate(name, {issuer: authority.issuer}));
	const serving = makeCertificate('127.0.0.1', {issuer: authority.issuer});
	const server = await scriptedServer(
		(_seen, response) => {
			const socket = response.socket;
			// The server is a TLS server, so its sockets know their peer's certificate.
			const peer =
				socket !== null && 'getPeerCertificate' in socket && typeof socket.getPeerCertificate === 'function'
					? socket.getPeerCertificate()
					: {};
			return peer.subject?.CN === 'first' ? refuse(response, 401, 'Unauthorized') : respond(response, {who: peer.subject?.CN});
		},
		{cert: serving.cert, key: serving.key, ca: authority.cert, requestCert: true},
	);
	const pairs = JSON.stringify([first, second].map(pair => ({clientCertificateData: pair?.cert, clientKeyData: pair?.key})));
	const exec = await plugin(`give(${pairs}[runs - 1])`);
	const {cluster, learned} = await client(server.url, exec, {
		clusterEntry: {certificateAuthority: {data: Buffer.from(authority.cert).toString('base64')}},
	});
	expect(await cluster.raw('/a')).toEqual({who: 'second'});
	expect(learned).toEqual([first?.key.trim(), second?.key.trim()]);
});

test.each([
	['exits with an error', "console.log('planted'); console.error('please run: cloud login'); process.exit(3)", /ended with exit code 3/],
	['prints no JSON', "console.log('planted')", /no ExecCredential/],
	[
		'prints another kind',
		"console.log(JSON.stringify({kind: 'planted', apiVersion: info.apiVersion, status: {token: 'planted'}}))",
		/no ExecCredential/,
	],
	[
		'answers in another version',
		"give({token: 'planted'}, 'client.authentication.k8s.io/v1beta1')",
		/answered in client.authentication.k8s.io\/v1beta1/,
	],
	['gives nothing', 'give({})', /neither a token nor a certificate/],
	['gives a key alone', "give({clientKeyData: 'planted'})", /a certificate without its key/],
	['gives no time', "give({token: 'planted', expirationTimestamp: 'planted'})", /expirationTimestamp is no time/],
])('a plug-in that %s is told without its output', async (_name, body, why) => {
	const {cluster} = await client('http://127.0.0.1:1', await plugin(body));
	const trouble = await troubleFrom(cluster.raw('/a'));
	expect(trouble).toMatchObject({kind: 'auth', code: 'exec-plugin-failed', why: expect.stringMatching(why)});
	expect(JSON.stringify(trouble)).not.toContain('planted');
});

test('the error output of a failing plug-in is quoted', async () => {
	const {cluster} = await client('http://127.0.0.1:1', await plugin("console.error('please run: cloud login'); process.exit(1)"));
	expect(await troubleFrom(cluster.raw('/a'))).toMatchObject({quoted: 'please run: cloud login'});
});

test.each([
	[undefined, 'Install no-such-plug-in, or correct its path in the kubeconfig'],
	['Get it from example.org\u001b[2J', 'Get it from example.org'],
])('a plug-in that is not installed is told with the hint %j', async (installHint, next) => {
	const exec = await plugin('', {command: 'no-such-plug-in', installHint});
	const {cluster} = await client('http://127.0.0.1:1', exec);
	expect(await troubleFrom(cluster.raw('/a'))).toMatchObject({
		kind: 'auth',
		code: 'exec-plugin-missing',
		why: 'it is not installed, or not in PATH',
		next,
	});
});

test.each([
	[{apiVersion: 'client.authentication.k8s.io/v1alpha1'}, 'unsupported'],
	[{interactiveMode: undefined}, 'bad-kubeconfig'],
	[{interactiveMode: 'Sometimes'}, 'bad-kubeconfig'],
	[{interactiveMode: 'Always'}, 'no-terminal'],
])('an exec section of %j is refused when connecting, before anything runs', async (more, code) => {
	const exec = await plugin('give({token: "x"})', more);
	expect(await troubleFrom(client('http://127.0.0.1:1', exec))).toMatchObject({kind: 'auth', code});
});

test('a plug-in that hangs is ended after a minute', async () => {
	const exec = await plugin('setInterval(() => {}, 1000)');
	const clock = systemClock({speed: 200, background: true});
	const {cluster} = await client('http://127.0.0.1:1', exec, {clock});
	expect(await troubleFrom(cluster.raw('/a'))).toMatchObject({code: 'exec-plugin-failed', why: 'it did not answer within a minute'});
});
