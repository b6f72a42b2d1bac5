import {readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {stringify} from 'yaml';
import {makeCertificate} from '../support/certificates.ts';
import {respond, scriptedServer} from '../support/scripted-server.ts';
import {planted} from './planted.ts';
import {expectCleanState, expectNoLeak, vaultShop} from './vault-shop.ts';

const shop = await vaultShop();
const base64 = (text: string) => Buffer.from(text).toString('base64');

/** A kubeconfig of one context. */
async function kubeconfig(server: string, user: object): Promise<string> {
	const file = join(shop.folder, 'other-kubeconfig');
	const context = {cluster: 'c', user: 'u', namespace: 'shop'};
	await writeFile(
		file,
		stringify({
			apiVersion: 'v1',
			kind: 'Config',
			'current-context': 'x',
			contexts: [{name: 'x', context}],
			clusters: [{name: 'c', cluster: {server}}],
			users: [{name: 'u', user}],
		}),
	);
	return file;
}

/** A plug-in that does what the text says. */
async function plugin(body: string): Promise<object> {
	const file = join(shop.folder, 'plug-in.cjs');
	await writeFile(file, body);
	return {
		exec: {
			apiVersion: 'client.authentication.k8s.io/v1',
			command: process.execPath,
			args: [file, `--client-secret=${planted.pluginArgument}`],
			env: [{name: 'CLIENT_SECRET', value: planted.password}],
			interactiveMode: 'Never',
		},
	};
}

const gives = (token: string) =>
	`console.log(JSON.stringify({kind: 'ExecCredential', apiVersion: 'client.authentication.k8s.io/v1', status: {token: ${JSON.stringify(token)}}}))`;
const plainUser = {token: planted.token};

const formats = [[], ['--json'], ['-o', 'yaml'], ['--verbose']];

/** Runs a command in every format, and expects no planted value anywhere; `code` where the exit code is known. */
async function everyFormat(words: readonly string[], code?: number, more: Parameters<typeof shop.run>[1] = {}): Promise<void> {
	const runs = formats.map(async format => {
		const typed = [...words, ...format];
		const printed = await shop.run(typed, more);
		expectNoLeak(typed, printed);
		if (code !== undefined) expect({typed, ...printed}, printed.err).toMatchObject({code});
	});
	await Promise.all(runs);
	expectCleanState(shop);
}

const asUser = (file: string, ...words: readonly string[]) => ['--kubeconfig', file, ...words];

test.each([400, 401, 403, 404, 409, 422, 500])('a server that answers %i and repeats what it was sent', async status => {
	const server = await scriptedServer(({headers, body, path}, response) =>
		path === '/readyz' || path === '/version'
			? respond(response, {})
			: respond(
					response,
					{
						kind: 'Status',
						status: 'Failure',
						reason: 'Odd',
						code: status,
						message: `bad ${headers.authorization} and ${planted.token} ${body}`,
					},
					status,
				),
	);
	await everyFormat(asUser(await kubeconfig(server.url, plainUser), 'k8s', 'list', 'pods'), status === 401 || status === 403 ? 4 : 1);
});

test('a server that answers no JSON and repeats a password', async () => {
	const server = await scriptedServer((seen, response) => {
		response.writeHead(502, {'content-type': 'text/html'});
		response.end(`<html>${seen.headers.authorization} ${planted.password}</html>`);
	});
	const user = {username: 'till', password: planted.password};
	await everyFormat(asUser(await kubeconfig(server.url, user), 'k8s', 'list', 'pods'), 1);
});

test('a server that cannot be reached, with a password in its address', async () => {
	const server = `http://till:${planted.password}@127.0.0.1:1`;
	const file = await kubeconfig(server, plainUser);
	await Promise.all(['k8s list pods', 'doctor', 'k8s contexts'].map(words => everyFormat(asUser(file, ...words.split(' ')))));
});

test('a token and a password that are not accepted', async () => {
	const {url} = shop.sandbox;
	await everyFormat(asUser(await kubeconfig(url, {token: planted.plugin}), 'k8s', 'list', 'pods'), 4);
	await everyFormat(asUser(await kubeconfig(url, {username: 'till', password: planted.password}), 'k8s', 'list', 'pods'), 4);
});

test('a client key that cannot be used', async () => {
	const data = base64(`-----BEGIN PRIVATE KEY-----\n${planted.key}\n-----END PRIVATE KEY-----\n`);
	const user = {'client-certificate-data': base64(makeCertificate('till').cert), 'client-key-data': data};
	await everyFormat(asUser(await kubeconfig('https://127.0.0.1:1', user), 'k8s', 'list', 'pods'));
});

test.each([
	['gives a token', gives(planted.token), 0],
	['gives a token that is not accepted', gives(planted.plugin), 4],
	['fails and tells its arguments', `console.error('cannot use', process.argv.join(' '), process.env.CLIENT_SECRET); process.exit(3)`, 4],
	['fails and tells its secret', `console.error('bad secret', process.argv[2].split('=')[1]); process.exit(3)`, 4],
	['tells a token and fails', `${gives(planted.plugin)}; process.exit(1)`, 4],
	['gives no JSON but a token', `console.log('token: ${planted.plugin}')`, 4],
	['gives JSON of another kind', `console.log(JSON.stringify({kind: 'Other', status: {token: '${planted.plugin}'}}))`, 4],
])('a plug-in that %s', async (_, body, code) => {
	await everyFormat(asUser(await kubeconfig(shop.sandbox.url, await plugin(body)), 'k8s', 'list', 'pods'), code);
});

test.each([
	['is no YAML', `users: [{name: u, user: {token: ${planted.token}}}\n  current-context: {`],
	['holds a token where a map belongs', `users:\n- name: u\n  user: ${planted.token}\n`],
	['has no such context', `users:\n- name: u\n  user: {token: ${planted.token}}\ncurrent-context: nowhere\n`],
])('a kubeconfig that %s', async (_, text) => {
	const file = join(shop.folder, 'broken-kubeconfig');
	await writeFile(file, text);
	await everyFormat(asUser(file, 'k8s', 'list', 'pods'), 1);
});

const secretWith = (body: string) => `apiVersion: v1\nkind: Secret\nmetadata: {name: vault}\n${body}`;

test.each([
	['is no YAML', secretWith(`stringData: {password: "${planted.written}`)],
	['repeats a key', secretWith(`stringData:\n  password: ${planted.written}\n  password: ${planted.written}\n`)],
	['has data that is no base64', secretWith(`data: {password: "${planted.written}!"}\n`)],
	['is of an unknown kind', `apiVersion: v9\nkind: Vault\nmetadata: {name: x}\nspec: {password: ${planted.written}}\n`],
	['has no kind', `password: ${planted.written}\n`],
])('a manifest that %s', async (_, manifest) => {
	await everyFormat(['k8s', 'apply', '-f', await shop.manifest(manifest), '--yes'], 1);
	await everyFormat(['k8s', 'apply', '-f', '-', '--yes'], 1, {streams: {input: manifest}});
});

test.each([
	['is no JSON', 'merge', `{"stringData":{"password":"${planted.patched}"`],
	['is of another type', 'json', `{"stringData":{"password":"${planted.patched}"}}`],
	['points nowhere', 'json', `[{"op":"replace","path":"/data/none/such","value":"${planted.patched}"}]`],
	['tests for another value', 'json', `[{"op":"test","path":"/data/password","value":"${planted.patched}"}]`],
	['is no base64', 'merge', `{"data":{"password":"${planted.patched}!"}}`],
])('a patch that %s', async (_, type, patch) => {
	await everyFormat(['k8s', 'patch', 'secret', 'vault', '--type', type, '-p', patch, '--yes'], 1);
});

test('a plan file that somebody edited', async () => {
	await shop.run(['k8s', 'patch', 'secret', 'vault', '-p', `{"stringData":{"pin":"${planted.patched}"}}`, '--plan-out', shop.planFile]);
	const text = await readFile(shop.planFile, 'utf8');
	await writeFile(shop.planFile, text.replace(/‹sealed[^›]*›/, planted.written));
	await everyFormat(['apply', shop.planFile, '--yes'], 1);
});
