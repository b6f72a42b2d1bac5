import {readFile, writeFile} from 'node:fs/promises';
import {gunzipSync, gzipSync} from 'node:zlib';
import {afterAll, expect, test} from 'vitest';
import {startSandbox} from '../../src/sandbox/start.ts';
import {runMkcoa} from '../support/host.ts';
import {manualClock} from '../support/manual-clock.ts';
import {temporaryFolder} from '../support/temporary-folder.ts';

const folder = await temporaryFolder();
// Nothing moves between a look at the cluster and one at its capture.
const clock = manualClock(Date.UTC(2026, 0, 1, 12));
const sandbox = await startSandbox({scenario: 'broken', clock});
afterAll(sandbox.stop);
const kubeconfig = `${folder}/kubeconfig.yaml`;
await writeFile(kubeconfig, sandbox.kubeconfig, {mode: 0o600});

const planted = 'planted-7c1f9e-value';
const literal = 'planted-in-a-variable-41d7';
const post = async (path: string, body: object) => {
	const headers = {authorization: 'Bearer admin', 'content-type': 'application/json'};
	const answer = await fetch(`${sandbox.url}${path}`, {method: 'POST', headers, body: JSON.stringify(body)});
	expect(answer.status).toBe(201);
};
const namespaced = '/api/v1/namespaces/broken';
const applied = {'kubectl.kubernetes.io/last-applied-configuration': `{"stringData":{"password":"${planted}"}}`};
await post(`${namespaced}/secrets`, {
	apiVersion: 'v1',
	kind: 'Secret',
	metadata: {name: 'planted', annotations: applied},
	stringData: {password: planted},
});
await post(`${namespaced}/configmaps`, {
	apiVersion: 'v1',
	kind: 'ConfigMap',
	metadata: {name: 'quoting'},
	data: {url: `postgres://web:${planted}@db/web`},
});
await post(`${namespaced}/pods`, {
	apiVersion: 'v1',
	kind: 'Pod',
	metadata: {name: 'literal'},
	spec: {containers: [{name: 'main', image: 'registry.example/broken/app:1.0', env: [{name: 'DB_PASSWORD', value: literal}]}]},
});

const run = (words: readonly string[]) => runMkcoa(words, {folder, clock});
const live = ['--kubeconfig', kubeconfig];
const file = `${folder}/broken.capture`;
const captured = await run([...live, 'incident', 'capture', file]);

test('says what is in the file and how to look at it', () => {
	expect(captured).toMatchObject({
		code: 0,
		out: expect.stringMatching(
			/^\d+ objects and \d+ logs of sandbox are in .*broken\.capture \(\d+\.\d MiB\), without values of Secrets\n/,
		),
	});
});

test.each([
	[['incident', 'detect']],
	[['incident', 'impact', 'node/node-5']],
	[['incident', 'timeline', 'rollout-stuck', '--since', '48h']],
	[['incident', 'diagnose', 'out-of-memory', 'restarts']],
	[['k8s', 'get', 'deployments', 'out-of-memory', '-n', 'broken']],
	[['k8s', 'top', 'pods', '-n', 'broken']],
])('%j is answered from the file as it was by the cluster', async words => {
	const [there, here] = [await run([...live, ...words, '--json']), await run([...words, '--json', '--from', file])];
	expect(there.code).toBe(0);
	expect(JSON.parse(here.out)).toEqual(JSON.parse(there.out));
});

test('holds no value of a Secret, wherever it is quoted', async () => {
	const text = gunzipSync(await readFile(file)).toString('utf8');
	expect(text).toContain('"quoting"');
	for (const value of [planted, literal]) {
		expect(text).not.toContain(value);
		expect(text).not.toContain(Buffer.from(value).toString('base64'));
	}
});

test('tells logs of what was unwell, and that it has no others', async () => {
	const pods = JSON.parse((await run(['k8s', 'list', 'pods', '-n', 'broken', '--json', '--from', file])).out).output.rows as readonly {
		name: string;
	}[];
	const name = pods.map(row => row.name).find(each => /^crash-loop-[0-9a-f]+-/.test(each)) ?? '';
	expect(await run(['k8s', 'logs', name, '-n', 'broken', '--from', file])).toMatchObject({
		code: 0,
		out: expect.stringContaining('main.main()'),
	});
});

test('refuses to change what it holds', async () => {
	const {code, err} = await run(['k8s', 'scale', 'crash-loop', '3', '-n', 'broken', '--yes', '--from', file]);
	expect(code).not.toBe(0);
	expect(err).toContain('A capture of a cluster cannot be changed');
});

test('overwrites nothing', async () => {
	expect(await run([...live, 'incident', 'capture', file])).toMatchObject({
		err: expect.stringContaining(`File '${file}' cannot be written: it is there already`),
	});
});

test.each<[string, Buffer, string]>([
	['text', Buffer.from('hello'), 'it is not packed with gzip, or is cut off'],
	['packed text', gzipSync('hello'), 'what is packed in it is no JSON'],
	['other JSON', gzipSync('{"a":1}'), 'it is no capture of mkcoa'],
	['a later version', gzipSync('{"format":"mkcoa-capture","version":9}'), 'it has version 9, and this mkcoa reads version 1'],
	['a part', gzipSync('{"format":"mkcoa-capture","version":1}'), 'it is damaged'],
	['more than can be held', gzipSync(Buffer.alloc(257 * 1024 * 1024)), 'it unpacks to more than 268435456 bytes'],
])('refuses %s kindly', async (name, bytes, why) => {
	const path = `${folder}/${name.replaceAll(' ', '-')}`;
	await writeFile(path, bytes);
	const {code, err} = await run(['incident', 'detect', '--from', path]);
	expect(code).not.toBe(0);
	expect(err).toContain(`File '${path}' cannot be looked at as a cluster`);
	expect(err).toContain(why);
});

test('is not asked together with another cluster', async () => {
	expect(await run(['incident', 'detect', '--from', file, '--sandbox', 'empty'])).toMatchObject({
		err: expect.stringContaining('--from and --sandbox exclude each other'),
	});
});
