import {expect, test} from 'vitest';
import type {JsonObject} from '../../../src/core/json.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';
import {sandboxWorld} from '../../support/sandbox-world.ts';

const probe = {httpGet: {path: '/healthz', port: 'http'}, periodSeconds: 5, failureThreshold: 2};
const settings = (data: JsonObject): KubeObject => ({
	apiVersion: 'v1',
	kind: 'ConfigMap',
	metadata: {name: 'settings', namespace: 'app'},
	...{data},
});
const service: KubeObject = {
	apiVersion: 'v1',
	kind: 'Service',
	metadata: {name: 'db', namespace: 'app'},
	...{spec: {ports: [{port: 5432}]}},
};

/** A pod with annotations, which lived for so long beside others. */
async function lived(notes: Readonly<Record<string, string>>, container: JsonObject, {seconds = 20, beside = [] as readonly KubeObject[]}) {
	const world = await sandboxWorld();
	const annotations = Object.fromEntries(Object.entries(notes).map(([name, value]) => [`sandbox.mkcoa.dev/${name}`, value]));
	const main = {name: 'main', image: 'registry.example/team/app:1.0', ports: [{name: 'http', containerPort: 8080}], ...container};
	await world.create(...beside, {
		...{apiVersion: 'v1', kind: 'Pod', metadata: {name: 'one', namespace: 'app', annotations}},
		spec: {containers: [main]},
	});
	await world.advance(seconds);
	const status = () => world.get('Pod', 'one')?.status?.containerStatuses?.[0];
	const log = async () => {
		const url = `${world.url}/api/v1/namespaces/app/pods/one/log?previous=true`;
		return (await fetch(url, {headers: {authorization: 'Bearer admin'}})).text();
	};
	return {world, status, log, text: () => `${world.events('one').join('\n')}`};
}

test.each([
	['another path', '/health', false],
	['a path that it answers', '/healthz', true],
])('a readiness probe of %s', async (_, path, ready) => {
	const {status, text} = await lived({paths: '/healthz /ready'}, {readinessProbe: {...probe, httpGet: {path, port: 8080}}}, {});
	expect(status()?.ready).toBe(ready);
	expect(text().includes('statuscode: 404')).toBe(!ready);
});

test.each([
	['/app/servr', 128],
	['/app/server', undefined],
])('the command %s', async (program, exitCode) => {
	const {status} = await lived({programs: '/app/server /app/migrate'}, {command: [program]}, {});
	expect(status()?.lastState.terminated?.exitCode).toBe(exitCode);
});

test.each([
	['startupProbe', 'Startup', 1, 'Container main failed startup probe, will be restarted'],
	['livenessProbe', 'Liveness', 1, 'Container main failed liveness probe, will be restarted'],
	['readinessProbe', '', 0, ''],
])('a %s that has less patience than the start needs', async (name, kind, restarts, words) => {
	const {status, text} = await lived({'start-seconds': '30'}, {[name]: probe}, {});
	expect(status()?.restartCount).toBe(restarts);
	expect(text()).toContain(words);
	expect(/probe failed: Get "http:\/\/[\d.]+:8080\/healthz"/.test(text())).toBe(restarts > 0);
	expect(text().includes(`${kind} probe failed`)).toBe(restarts > 0);
});

test('a liveness probe does not ask while a patient startup probe does', async () => {
	const {status} = await lived(
		{'start-seconds': '30'},
		{startupProbe: {...probe, failureThreshold: 10}, livenessProbe: probe},
		{seconds: 60},
	);
	expect(status()).toMatchObject({restartCount: 0, ready: true});
});

test.each([
	['jsn', 'FATAL config: LOG_FORMAT: unsupported value "jsn"'],
	['text', undefined],
])('the setting %s of a ConfigMap', async (value, words) => {
	const envFrom = [{configMapRef: {name: 'settings'}}];
	const {status, log} = await lived({needs: 'LOG_FORMAT=json|text'}, {envFrom}, {beside: [settings({LOG_FORMAT: value})]});
	expect(status()?.lastState.terminated?.exitCode).toBe(words === undefined ? undefined : 1);
	if (words !== undefined) expect(await log()).toContain(words);
});

test('a container waits for the Service that its variable names', async () => {
	const {world, status} = await lived({'waits-for': 'DB_HOST', 'run-seconds': '5'}, {env: [{name: 'DB_HOST', value: 'db.app:5432'}]}, {});
	expect(status()?.state.running).toBeDefined();
	await world.create(service);
	await world.advance(12);
	expect(status()?.lastState.terminated ?? status()?.state.terminated).toMatchObject({exitCode: 0});
});
