import {mkdir, writeFile} from 'node:fs/promises';
import {createServer} from 'node:https';
import type {AddressInfo} from 'node:net';
import {join} from 'node:path';
import type {TLSSocket} from 'node:tls';
import {expect, onTestFinished, test} from 'vitest';
import {systemClock} from '../../../src/core/clock.ts';
import {troubleOf} from '../../../src/core/error.ts';
import type {JsonObject} from '../../../src/core/json.ts';
import {readBackends} from '../../../src/main/monitoring/monitoring-file.ts';
import {openMonitoring} from '../../../src/main/monitoring/open-monitoring.ts';
import {makeCertificate} from '../../support/certificates.ts';
import {respond, scriptedServer} from '../../support/scripted-server.ts';
import {temporaryFolder} from '../../support/temporary-folder.ts';

const folder = await temporaryFolder();
const vector = {status: 'success', data: {resultType: 'vector', result: [{metric: {}, value: [1, '7']}]}};
let homes = 0;

/** Somebody with this monitoring.yaml, a context and a cluster that answers these paths. */
async function watching(
	text: string,
	{
		env = {},
		context = 'prod',
		paths = {},
	}: {env?: Record<string, string>; context?: string; paths?: {readonly [path: string]: JsonObject}} = {},
) {
	const home = join(folder, `home-${++homes}`);
	await mkdir(join(home, '.config', 'mkcoa'), {recursive: true});
	if (text !== '') await writeFile(join(home, '.config', 'mkcoa', 'monitoring.yaml'), text);
	const host = {env, home, clock: systemClock()};
	const learned: string[] = [];
	const cluster = {
		raw: async (path: string) => paths[path],
		text: async (path: string) => (paths[path] === undefined ? undefined : JSON.stringify(paths[path])),
	};
	const signal = new AbortController().signal;
	const backends = await readBackends(host);
	return {monitoring: openMonitoring({host, backends, context, cluster, learn: secret => learned.push(secret), signal}), learned};
}

const failure = async (asking: Promise<unknown>) => troubleOf(await asking.catch(error => error));

test('a context is watched with what the file names for it; a token is read for each request, and learned', async () => {
	const {url, seen} = await scriptedServer((_, response) => respond(response, vector));
	const token = join(folder, 'token');
	await writeFile(token, 'first-token\n');
	const {monitoring, learned} = await watching(`
backends:
  other: {type: prometheus, url: "http://127.0.0.1:1", contexts: [dev]}
  mimir: {type: prometheus, url: "${url}/prometheus/", contexts: [prod], flavour: mimir, tenant: team-a, auth: {bearer: {file: "${token}"}}, headers: {x-team: shop}}
`);
	const {metrics} = await monitoring.metrics();
	expect(metrics?.source).toBe(`Prometheus ${url}/prometheus`);
	await metrics?.query('up');
	await writeFile(token, 'second-token\n');
	await metrics?.query('up');
	expect(seen.map(({path, headers}) => [path, headers.authorization, headers['x-scope-orgid'], headers['x-team']])).toEqual([
		['/prometheus/api/v1/query', 'Bearer first-token', 'team-a', 'shop'],
		['/prometheus/api/v1/query', 'Bearer second-token', 'team-a', 'shop'],
	]);
	expect(learned).toEqual(['first-token', 'second-token']);
});

test.each([
	['thanos', 'thanos-tenant', '/api/v1/query'],
	['victoriametrics', undefined, '/select/12:3/prometheus/api/v1/query'],
])('%s is told its tenant in its own way', async (flavour, header, path) => {
	const {url, seen} = await scriptedServer((_, response) => respond(response, vector));
	const {monitoring} = await watching(`backends: {one: {type: prometheus, url: "${url}", flavour: ${flavour}, tenant: "12:3"}}`);
	await (await monitoring.metrics()).metrics?.query('up');
	expect(decodeURIComponent(seen[0]?.path ?? '')).toBe(path);
	if (header !== undefined) expect(seen[0]?.headers[header]).toBe('12:3');
});

test('a client certificate is shown to a server that an authority of its own vouches for', async () => {
	const authority = makeCertificate('authority');
	const serving = makeCertificate('127.0.0.1', {issuer: authority.issuer});
	const mine = makeCertificate('ops', {issuer: authority.issuer});
	const names: string[] = [];
	const server = createServer(
		{cert: serving.cert, key: serving.key, ca: authority.cert, requestCert: true, rejectUnauthorized: true},
		(request, response) => {
			// Requests of a TLS server come over TLS.
			names.push(String((request.socket as TLSSocket).getPeerCertificate().subject.CN));
			respond(response, vector);
		},
	);
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	onTestFinished(() => void server.close().closeAllConnections());
	// A server that listens on TCP has an address of this shape.
	const {port} = server.address() as AddressInfo;
	const files = {ca: authority.cert, cert: mine.cert, key: mine.key};
	await Promise.all(Object.entries(files).map(([name, pem]) => writeFile(join(folder, `${name}.pem`), pem)));
	const at = (name: string) => `${name}: "${join(folder, `${name}.pem`)}"`;
	const {monitoring, learned} = await watching(
		`backends: {one: {type: prometheus, url: "https://127.0.0.1:${port}", tls: {${at('ca')}, ${at('cert')}, ${at('key')}}}}`,
	);
	expect(await (await monitoring.metrics()).metrics?.query('up')).toHaveLength(1);
	expect(names).toEqual(['ops']);
	expect(learned).toEqual([mine.key]);
});

const services = (...names: readonly (readonly [string, number])[]) => ({
	'/api/v1/services?limit=5000': {
		items: names.map(([name, port]) => ({metadata: {name, namespace: 'monitoring'}, spec: {ports: [{port}]}})),
	},
});
const proxy = (name: string, port: number) => `/api/v1/namespaces/monitoring/services/${name}:${port}/proxy`;

test('without a file, what the cluster has is found, and passes by what only sounds like it', async () => {
	const {monitoring} = await watching('', {
		paths: {
			...services(['loki-canary', 3500], ['loki-headless', 3100], ['loki-gateway', 80], ['grafana', 80], ['alertmanager-operated', 9093]),
			[`${proxy('loki-gateway', 80)}/loki/api/v1/labels`]: {status: 'success', data: []},
			[`${proxy('grafana', 80)}/api/health`]: {version: '12.0.0'},
			[`${proxy('alertmanager-operated', 9093)}/api/v2/status`]: {},
		},
	});
	expect((await monitoring.logs()).port?.source).toBe('Loki monitoring/loki-gateway:80 through the API server');
	expect((await monitoring.grafana()).port?.source).toBe('Grafana monitoring/grafana:80 through the API server');
	expect((await monitoring.alertmanager()).port?.source).toBe('Alertmanager monitoring/alertmanager-operated:9093 through the API server');
	expect(await monitoring.metrics()).toEqual({why: 'the cluster has no Service that looks like Prometheus'});
});

test('what is missing is said', async () => {
	const {monitoring} = await watching('', {paths: services()});
	expect([await monitoring.alertmanager(), await monitoring.grafana(), await monitoring.logs(), await monitoring.vendor()]).toEqual([
		{why: 'the cluster has no Service that looks like Alertmanager'},
		{why: 'the cluster has no Service that looks like Grafana'},
		{why: 'the cluster has no Service that looks like Loki, and monitoring.yaml names neither Loki nor Elasticsearch'},
		{why: 'monitoring.yaml names neither Datadog nor New Relic'},
	]);
	expect([await monitoring.use.pods(), await monitoring.use.nodes()]).toEqual([undefined, undefined]);
});

test.each([
	['datadog', '{type: datadog, site: datadoghq.eu, apiKey: {env: DD_KEY}, applicationKey: {env: DD_APP}}', 'Datadog datadoghq.eu'],
	['newrelic', '{type: newrelic, account: 7, key: {env: DD_KEY}}', 'New Relic account 7'],
])('%s is opened with keys by reference', async (_, entry, source) => {
	const {monitoring, learned} = await watching(`backends: {vendor: ${entry}}`, {env: {DD_KEY: 'key-1', DD_APP: 'app-1'}});
	expect((await monitoring.vendor()).port?.source).toBe(source);
	expect(learned[0]).toBe('key-1');
});

test.each([
	[
		'a variable that is not set',
		'{type: loki, url: "https://loki.example", auth: {bearer: {env: NONE}}}',
		'no-secret',
		'The variable NONE',
	],
	['a file that is not there', '{type: loki, url: "https://loki.example", auth: {bearer: {file: /no/such}}}', 'no-such-file', '/no/such'],
	['a metadata service', '{type: loki, url: "http://169.254.169.254"}', 'address-not-allowed', '169.254.169.254'],
])('%s is told before anything is sent', async (_, entry, code, what) => {
	const {monitoring} = await watching(`backends: {one: ${entry}}`);
	const asking = monitoring.logs().then(({port}) => port?.labels({fromMs: 0, toMs: 1}));
	expect(await failure(asking)).toMatchObject({code, what: expect.stringContaining(what)});
});

test('a file that cannot be meant is refused with its line', async () => {
	const text = 'backends:\n  one:\n    type: prometheus\n    url: "http://prometheus:9090"\n    auth: {bearer: {env: TOKEN}}\n';
	expect(await failure(watching(text))).toMatchObject({kind: 'usage', code: 'bad-monitoring', line: 4});
});
