import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {delimiter, join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {MkcoaError, type Trouble} from '../../../../src/core/error.ts';
import {loadKubeconfig} from '../../../../src/mcp/kubernetes/kubeconfig/load-kubeconfig.ts';

let folder = '';
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'kubeconfig-'));
});
afterEach(() => rm(folder, {recursive: true}));

const write = async (name: string, text: string) => {
	const path = join(folder, name);
	await mkdir(join(path, '..'), {recursive: true});
	await writeFile(path, text);
	return path;
};

type Place = Omit<Parameters<typeof loadKubeconfig>[0], 'learn' | 'home' | 'environment'> & {
	readonly home?: string | undefined;
	readonly environment?: {readonly [name: string]: string};
};
const load = (place: Place, secrets: string[] = []) =>
	loadKubeconfig({
		environment: {},
		home: folder,
		...place,
		serviceAccount: place.serviceAccount ?? join(folder, 'none'),
		learn: secret => secrets.push(secret),
	});

async function troubleOfLoad(place: Place): Promise<Trouble> {
	const error: unknown = await load(place).then(
		() => undefined,
		(thrown: unknown) => thrown,
	);
	if (error instanceof MkcoaError) return error.trouble;
	throw new Error('the kubeconfig was read, or another error came');
}

const minimal = (name: string, server = `https://${name}.example`) => `
current-context: ${name}
contexts: [{name: ${name}, context: {cluster: ${name}, user: ${name}, namespace: ns-${name}}}]
clusters: [{name: ${name}, cluster: {server: '${server}'}}]
users: [{name: ${name}, user: {token: token-${name}}}]
`;

test('says that there is no home folder to look into, and looks at no file of the working directory', async () => {
	expect(await troubleOfLoad({home: undefined})).toMatchObject({
		code: 'no-kubeconfig',
		what: 'There is no kubeconfig: this account has no home folder',
		next: expect.stringContaining('--kubeconfig'),
	});
});

test('reads ~/.kube/config when nothing else is named', async () => {
	await write('.kube/config', minimal('home'));
	const {currentContext, contexts} = await load({});
	expect(currentContext).toBe('home');
	expect(contexts.get('home')).toEqual({
		name: 'home',
		cluster: 'home',
		user: 'home',
		namespace: 'ns-home',
		source: join(folder, '.kube/config'),
	});
});

test('reads --kubeconfig alone, whatever KUBECONFIG says', async () => {
	const file = await write('a', minimal('a'));
	const other = await write('b', minimal('b'));
	expect([...(await load({file, environment: {KUBECONFIG: other}})).contexts.keys()]).toEqual(['a']);
});

test('merges the files of KUBECONFIG: the first that names something wins, entries are taken whole', async () => {
	const first = await write('1', `${minimal('a', 'https://first')}\n`);
	const second = await write(
		'2',
		`
current-context: b
contexts: [{name: b, context: {cluster: b, user: a}}]
clusters: [{name: a, cluster: {server: https://second, tls-server-name: never}}, {name: b, cluster: {server: https://b}}]
`,
	);
	const merged = await load({environment: {KUBECONFIG: [first, join(folder, 'absent'), '', second].join(delimiter)}});
	expect(merged.currentContext).toBe('a');
	expect([...merged.contexts.keys()]).toEqual(['a', 'b']);
	expect(merged.clusters.get('a')).toMatchObject({server: 'https://first', tlsServerName: undefined});
	expect(merged.clusters.get('b')).toMatchObject({server: 'https://b'});
	expect(merged.sources).toEqual([first, second]);
});

test('a later file gives the current context when the first names none', async () => {
	const first = await write('1', 'current-context: ""\n');
	const second = await write('2', minimal('b'));
	expect((await load({environment: {KUBECONFIG: `${first}${delimiter}${second}`}})).currentContext).toBe('b');
});

test('paths are relative to the file that holds them', async () => {
	const file = await write(
		'deep/config',
		`
clusters: [{name: c, cluster: {server: https://c, certificate-authority: ca.pem}}]
users:
  - {name: u, user: {client-certificate: ../u.pem, client-key: /keys/u.key, tokenFile: t}}
  - {name: path, user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: ./bin/login, interactiveMode: Never}}}
  - {name: bare, user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: login, interactiveMode: Never}}}
`,
	);
	const {clusters, users} = await load({file});
	expect(clusters.get('c')?.certificateAuthority).toEqual({file: join(folder, 'deep/ca.pem')});
	expect(users.get('u')).toMatchObject({
		clientCertificate: {file: join(folder, 'u.pem')},
		clientKey: {file: '/keys/u.key'},
		tokenFile: join(folder, 'deep/t'),
	});
	expect(users.get('path')?.exec?.command).toBe(join(folder, 'deep/bin/login'));
	expect(users.get('bare')?.exec?.command).toBe('login');
});

test('data beside a file name wins', async () => {
	const file = await write(
		'c',
		'clusters: [{name: c, cluster: {server: https://c, certificate-authority: ca.pem, certificate-authority-data: QQ==}}]',
	);
	expect((await load({file})).clusters.get('c')?.certificateAuthority).toEqual({data: 'QQ=='});
});

test.each([
	['token: 0123', {token: '0123'}],
	['token: 1e5', {token: '1e5'}],
	['token: "null"', {token: undefined}],
	['token: null', {token: undefined}],
	['{username: admin, password: 1234}', {username: 'admin', password: '1234'}],
	['auth-provider: {name: gcp, config: {access-token: x}}', {authProvider: 'gcp'}],
	[
		'{as: jane, as-groups: [a, b], as-uid: 7, as-user-extra: {scopes: [view, edit]}}',
		{impersonation: {user: 'jane', groups: ['a', 'b'], uid: '7', extra: {scopes: ['view', 'edit']}}},
	],
	[
		'exec: {apiVersion: client.authentication.k8s.io/v1beta1, command: login, args: [1, --x], env: [{name: A, value: 1}], provideClusterInfo: true, installHint: get it}',
		{exec: {command: 'login', args: ['1', '--x'], env: [{name: 'A', value: '1'}], provideClusterInfo: true, installHint: 'get it'}},
	],
	['exec: {apiVersion: v, command: login, args: null, env: null}', {exec: {args: [], env: [], provideClusterInfo: false}}],
])('reads the user %s', async (user, expected) => {
	const file = await write('c', `users:\n- name: u\n  user:\n    ${user}\n`);
	expect((await load({file})).users.get('u')).toMatchObject(expected);
});

test('reads every key of a cluster, and the plug-in configuration with its own types', async () => {
	const file = await write(
		'c',
		`
clusters:
- name: c
  cluster:
    server: https://c:6443
    insecure-skip-tls-verify: true
    tls-server-name: api.internal
    proxy-url: http://proxy:3128
    disable-compression: true
    extensions:
    - {name: other, extension: 1}
    - {name: client.authentication.k8s.io/exec, extension: {audience: 42, deep: {on: true}}}
`,
	);
	expect((await load({file})).clusters.get('c')).toEqual({
		name: 'c',
		server: 'https://c:6443',
		certificateAuthority: undefined,
		skipTlsVerify: true,
		tlsServerName: 'api.internal',
		proxyUrl: 'http://proxy:3128',
		disableCompression: true,
		execConfig: {audience: 42, deep: {on: true}},
	});
});

test('an empty file is an empty kubeconfig', async () => {
	const file = await write('c', '');
	expect((await load({file})).contexts.size).toBe(0);
});

test.each([
	['a missing file', {file: '/no/such/config'}, 'no-such-file', /\/no\/such\/config does not exist/],
	[
		'a list of missing files',
		{environment: {KUBECONFIG: '/no/a:/no/b'}},
		'no-kubeconfig',
		/None of the files of KUBECONFIG exists: \/no\/a, \/no\/b/,
	],
	['no kubeconfig at all', {}, 'no-kubeconfig', /There is no kubeconfig at .*config/],
])('says what to do about %s', async (_name, place, code, what) => {
	const trouble = await troubleOfLoad(place);
	expect(trouble).toMatchObject({kind: 'usage', code, next: expect.stringContaining('--kubeconfig')});
	expect(trouble.what).toMatch(what);
});

test('a folder in place of a file is told as such', async () => {
	expect(await troubleOfLoad({file: folder})).toMatchObject({code: 'file-not-allowed', why: 'it is a folder'});
});

test.each([
	['broken YAML', 'users:\n- name: u\n  user: {token: "planted-secret\n', 4],
	['a wrong indentation', 'users:\n- name: u\n  user:\n   token: planted-secret\n  other: x\n bad: planted-secret\n', 6],
	['a list where a name belongs', 'contexts: []\nusers:\n- name: [planted-secret]\n  user: {token: planted-secret}\n', 3],
	['a cluster without a server', 'clusters:\n- name: c\n  cluster:\n    tls-server-name: planted-secret\n', 4],
	['a name given twice', 'users:\n- {name: u, user: {token: planted-secret}}\n- {name: u, user: {token: planted-secret}}\n', 3],
	['a text in place of a list', 'users: planted-secret\n', 1],
])('tells file and line of %s and repeats nothing of it', async (_name, text, line) => {
	const file = await write('broken', text);
	const trouble = await troubleOfLoad({file});
	expect(trouble.code).toBe('bad-kubeconfig');
	expect(trouble.what).toContain(file);
	expect(trouble.line).toBe(line);
	expect(JSON.stringify(trouble)).not.toContain('planted-secret');
});

test('teaches the redactor every credential, and nothing that is none', async () => {
	const key = Buffer.from('-----BEGIN PRIVATE KEY-----\nplanted-key\n-----END PRIVATE KEY-----\n').toString('base64');
	const file = await write(
		'c',
		`
users:
- {name: a, user: {token: planted-token}}
- {name: b, user: {username: jane, password: planted-password}}
- {name: c, user: {client-certificate-data: QQ==, client-key-data: ${key}}}
- {name: d, user: {exec: {apiVersion: v1, command: x, env: [{name: CLIENT_SECRET, value: planted-variable}, {name: KEY_SIZE, value: 1}]}}}
`,
	);
	const secrets: string[] = [];
	await load({file}, secrets);
	expect(secrets).toEqual([
		'planted-token',
		'planted-password',
		key,
		'-----BEGIN PRIVATE KEY-----\nplanted-key\n-----END PRIVATE KEY-----',
		'planted-variable',
	]);
});

test('inside a pod without a kubeconfig, the service account is the context', async () => {
	await write('sa/token', 'pod-token\n');
	await write('sa/ca.crt', 'pem');
	await write('sa/namespace', 'shop\n');
	const environment = {KUBERNETES_SERVICE_HOST: 'fd00::1', KUBERNETES_SERVICE_PORT: '443'};
	const {contexts, clusters, users} = await load({environment, serviceAccount: join(folder, 'sa')});
	expect(contexts.get('in-cluster')).toMatchObject({namespace: 'shop'});
	expect(clusters.get('in-cluster')).toMatchObject({
		server: 'https://[fd00::1]:443',
		certificateAuthority: {file: join(folder, 'sa/ca.crt')},
	});
	expect(users.get('in-cluster')).toMatchObject({tokenFile: join(folder, 'sa/token')});
});

test('a kubeconfig wins over the service account', async () => {
	await write('.kube/config', minimal('home'));
	await write('sa/token', 'pod-token');
	const environment = {KUBERNETES_SERVICE_HOST: '10.0.0.1', KUBERNETES_SERVICE_PORT: '443'};
	expect((await load({environment, serviceAccount: join(folder, 'sa')})).currentContext).toBe('home');
});
