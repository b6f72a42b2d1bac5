import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {makeCertificate} from '../../../../support/certificates.ts';
import {clientOf, troubleFrom} from '../../../../support/client-world.ts';
import {manualClock} from '../../../../support/manual-clock.ts';
import {refuse, respond, scriptedServer} from '../../../../support/scripted-server.ts';

let folder = '';
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'sign-in-'));
});
afterEach(() => rm(folder, {recursive: true}));

const impersonation = {user: 'eve', uid: '7', groups: ['a', 'b, c'], extra: {'example.org/Scopes': ['view', 'edit']}};
const nobody = {groups: [], extra: {}};

test.each([
	['a token', {token: 'planted'}, ['authorization: Bearer planted']],
	['a user name and password', {username: 'jane', password: 'planted'}, ['authorization: Basic amFuZTpwbGFudGVk']],
	['a token beside a password', {token: 'planted', username: 'jane', password: 'x'}, ['authorization: Bearer planted']],
	['nothing', {}, []],
	[
		'impersonation, each group in a header of its own',
		{impersonation},
		[
			'impersonate-user: eve',
			'impersonate-uid: 7',
			'impersonate-group: a',
			'impersonate-group: b, c',
			'impersonate-extra-example.org%2fscopes: view',
			'impersonate-extra-example.org%2fscopes: edit',
		],
	],
])('signs in with %s', async (_name, user, expected) => {
	const server = await scriptedServer((_seen, response) => respond(response, {}));
	const {cluster} = await clientOf(server.url, {user});
	await cluster.raw('/version');
	const lines = server.seen[0]?.lines.filter(line => /^(authorization|impersonate)/.test(line));
	expect(lines?.map(line => line.replace('%2F', '%2f'))).toEqual(expected);
});

test('no credential goes over plain http to another machine', async () => {
	// A proxy that answers in place of the server sees what would have gone to it.
	const proxy = await scriptedServer((_seen, response) => respond(response, {}));
	const {cluster, warned} = await clientOf('http://cluster.example', {user: {token: 'planted'}, clusterEntry: {proxyUrl: proxy.url}});
	await cluster.raw('/version');
	expect(proxy.seen[0]?.headers).not.toHaveProperty('authorization');
	expect(warned).toEqual(['The server of context test speaks plain http, so no credential is sent to it']);
});

test('impersonating groups without a user is refused when connecting', async () => {
	expect(await troubleFrom(clientOf('https://c', {user: {impersonation: {...nobody, groups: ['a']}}}))).toMatchObject({
		code: 'bad-kubeconfig',
	});
});

test.each([
	['gcp', /gke-gcloud-auth-plugin/],
	['azure', /kubelogin/],
	['oidc', /kubelogin/],
	['unheard-of', /Sign in to the cluster again/],
])('the auth provider %s is refused with its remedy', async (authProvider, next) => {
	const trouble = await troubleFrom(clientOf('https://c', {user: {authProvider}}));
	expect(trouble).toMatchObject({kind: 'auth', code: 'unsupported', next: expect.stringMatching(next)});
});

test('a token file is read again when it changes, and every token is learned', async () => {
	const tokenFile = join(folder, 'token');
	await writeFile(tokenFile, 'first\n');
	const server = await scriptedServer((seen, response) => respond(response, {sent: seen.headers.authorization}));
	const {cluster, learned} = await clientOf(server.url, {user: {tokenFile}});
	expect(await cluster.raw('/a')).toEqual({sent: 'Bearer first'});
	await writeFile(tokenFile, 'second, longer\n');
	expect(await cluster.raw('/b')).toEqual({sent: 'Bearer second, longer'});
	await rm(tokenFile);
	expect(await cluster.raw('/c')).toEqual({sent: 'Bearer second, longer'});
	expect(learned).toEqual(['first', 'second, longer']);
});

test('a token file is read again after a minute, also when its status did not change', async () => {
	const tokenFile = join(folder, 'token');
	await writeFile(tokenFile, 'same');
	const server = await scriptedServer((_seen, response) => respond(response, {}));
	const clock = manualClock();
	const {cluster, learned} = await clientOf(server.url, {user: {tokenFile}, clock});
	await cluster.raw('/a');
	await clock.advance(59_000);
	await cluster.raw('/b');
	expect(learned).toEqual(['same']);
	await clock.advance(2000);
	await cluster.raw('/c');
	expect(learned).toEqual(['same', 'same']);
});

test('a token file that never was is told with its path', async () => {
	const tokenFile = join(folder, 'absent');
	const {cluster} = await clientOf('http://127.0.0.1:1', {user: {tokenFile}});
	expect(await troubleFrom(cluster.raw('/version'))).toMatchObject({
		kind: 'auth',
		code: 'no-such-file',
		what: `The token file cannot be read: ${tokenFile}`,
	});
});

test('a token file that was renewed before a 401 is read and tried once more', async () => {
	const tokenFile = join(folder, 'token');
	await writeFile(tokenFile, 'old');
	const server = await scriptedServer(async (seen, response) => {
		if (seen.headers.authorization === 'Bearer new') return respond(response, {ok: true});
		await writeFile(tokenFile, 'new');
		return refuse(response, 401, 'Unauthorized');
	});
	const {cluster} = await clientOf(server.url, {user: {tokenFile}});
	expect(await cluster.raw('/version')).toEqual({ok: true});
});

const jwt = (exp: number) => `planted.${Buffer.from(JSON.stringify({exp})).toString('base64url')}.signature`;
const pemData = (pem: string) => ({data: Buffer.from(pem).toString('base64')});

test.each([
	['a plain token', {token: 'planted'}, /^it did not accept the token of user jane$/],
	['an expired token', {token: jwt(1_600_000_000)}, /^the token of user jane expired at 2020-09-13T12:26:40.000Z$/],
	['a token that is still good', {token: jwt(9_999_999_999)}, /^it did not accept the token of user jane$/],
	['a password', {username: 'jane', password: 'planted'}, /^it did not accept the password of user jane$/],
	['no credential', {}, /^user jane has no credential in the kubeconfig$/],
])('a 401 for %s says why, once, and repeats nothing secret', async (_name, user, why) => {
	const server = await scriptedServer((_seen, response) => refuse(response, 401, 'Unauthorized'));
	const {cluster} = await clientOf(server.url, {user});
	const trouble = await troubleFrom(cluster.raw('/version'));
	expect(trouble).toMatchObject({
		kind: 'auth',
		code: 'signed-out',
		why: expect.stringMatching(why),
		next: expect.stringContaining('Sign in'),
	});
	expect(JSON.stringify(trouble)).not.toContain('planted');
	expect(server.seen).toHaveLength(1);
});

test('a 401 for an expired client certificate says when it expired', async () => {
	const old = makeCertificate('jane', {validFrom: new Date('2020-01-01'), validTo: new Date('2020-02-01')});
	const server = await scriptedServer((_seen, response) => refuse(response, 401, 'Unauthorized'));
	const {cluster} = await clientOf(server.url, {user: {clientCertificate: pemData(old.cert), clientKey: pemData(old.key)}});
	expect(await troubleFrom(cluster.raw('/version'))).toMatchObject({
		why: 'the client certificate of user jane expired at 2020-02-01T00:00:00.000Z',
	});
});

test.each([
	['data that is no base64 PEM', {data: 'cGxhbnRlZC1zZWNyZXQ='}, 'bad-kubeconfig'],
	['a file that is not there', {file: '/no/such.key'}, 'no-such-file'],
])('a client key of %s is refused without being repeated', async (_name, clientKey, code) => {
	const {cluster} = await clientOf('http://127.0.0.1:1', {user: {clientCertificate: pemData(makeCertificate('jane').cert), clientKey}});
	const trouble = await troubleFrom(cluster.raw('/version'));
	expect(trouble.code).toBe(code);
	expect(JSON.stringify(trouble)).not.toMatch(/planted|cGxhbnRlZC/);
});
