import {mkdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {Client, StreamableHTTPClientTransport} from '@modelcontextprotocol/client';
import {beforeEach, describe, expect, test} from 'vitest';
import {clientOver, type Era, eras, pipes} from '../../support/edge-client.ts';
import {attributesOf, otlpCollector, spanTree} from '../../support/otlp-collector.ts';
import {openShop} from '../../support/shop.ts';

/** A shop whose policy lets the one who sits at the client say yes to scaling. */
const shop = await openShop({speed: 1});
await mkdir(join(shop.folder, 'config', 'mkcoa'), {recursive: true});
await writeFile(join(shop.folder, 'config', 'mkcoa', 'policy.yaml'), 'rules:\n  - {tool: workload_scale, effect: ask, client: true}\n');
const collector = await otlpCollector();
beforeEach(collector.clear);

const trace = '0af7651916cd43dd8448eb211c80319c';
const caller = 'b7ad6b7169203331';
const traceparent = (flags = '01') => ({
	traceparent: `00-${trace}-${caller}-${flags}`,
	tracestate: 'rojo=00f067aa0ba902b7',
	baggage: 'who=me',
});

type Call = {readonly name: string; readonly arguments?: {readonly [name: string]: unknown}; readonly _meta?: object};

/** Serves one client, which makes these calls one by one; when it has gone, its spans are at the collector. */
async function serving(era: Era, calls: readonly Call[], env: {readonly [name: string]: string} = collector.env) {
	const ways = pipes();
	const served = shop.run(['mcp', 'serve', '--allow-changes'], {pipes: ways, env});
	const client = await clientOver(ways, era, {capabilities: {elicitation: {form: {}}}});
	client.setRequestHandler('elicitation/create', async () => ({action: 'accept', content: {decision: 'yes'}}));
	const answers = [];
	for (const call of calls)
		answers.push(await client.callTool(call as Parameters<typeof client.callTool>[0], {timeout: 30_000}).catch((error: Error) => error));
	const leftAt = performance.now();
	await client.close();
	ways.input.end();
	const ended = await served;
	return {answers, ended, closingMs: performance.now() - leftAt};
}

const read = {name: 'resource_list', arguments: {kind: 'deployments'}};
const replicas = () => (shop.get({kind: 'Deployment', name: 'worker'}).spec as {readonly replicas: number}).replicas;
const scale = (to: number) => ({name: 'workload_scale', arguments: {workload: 'deployment/worker', replicas: to}});
const readTree = ['tools/call resource_list', '  connect', '  run resource_list done', '    list Deployment shop'];
const planned = [
	'  run workload_scale waiting',
	'    create SelfSubjectAccessReview',
	'    dry-run patch Deployment shop',
	'    get Deployment shop',
	'    list HorizontalPodAutoscaler shop',
	'    list Pod shop',
	'    list ReplicaSet shop',
	'    list Service shop',
];
const applied = [
	'  apply workload_scale done',
	'    create SelfSubjectAccessReview',
	'    get Deployment shop',
	'    patch Deployment shop',
];
const call = 'tools/call workload_scale';
/** Before 2026-07-28 the client is asked within its request; since then it asks once more, with the answer. */
const changeTree = (era: Era) =>
	era === 'legacy' ? [call, ...applied, '  connect', ...planned] : [call, '  connect', ...planned, call, ...applied];

const below = () => spanTree(collector.spans(), caller);

describe.each(eras)('a client of the %s era', era => {
	test('sees below its own span what a read did', async () => {
		await serving(era, [{...read, _meta: traceparent()}]);
		expect(below()).toEqual(readTree);
		const call = collector.spans().find(({parentSpanId}) => parentSpanId === caller);
		expect(call).toMatchObject({traceId: trace, kind: 2});
		expect(collector.text()).not.toContain('rojo');
		expect(attributesOf(call ?? {attributes: []})).toEqual({
			'mcp.method.name': 'tools/call',
			'gen_ai.operation.name': 'execute_tool',
			'gen_ai.tool.name': 'resource_list',
			'jsonrpc.request.id': expect.any(String),
			'mcp.protocol.version': era === 'modern' ? '2026-07-28' : '2025-11-25',
			'network.transport': 'pipe',
		});
		expect(collector.resource()).toMatchObject({'service.name': 'mkcoa'});
		// What came without a trace begins one of its own.
		expect(spanTree(collector.spans())).toContain(era === 'modern' ? 'server/discover' : 'initialize');
	});

	test('sees a change from the plan to each write', async () => {
		await serving(era, [{...scale(replicas() + 1), _meta: traceparent()}]);
		expect(below()).toEqual(changeTree(era));
		const audit = (await shop.run(['audit', 'export'])).out.trimEnd().split('\n');
		expect(JSON.parse(audit.at(-1) ?? '').record).toMatchObject({action: 'applied', trace});
	});

	test('that does not sample its trace is not traced here either, and the audit names the trace', async () => {
		await serving(era, [{...scale(replicas() + 1), _meta: traceparent('00')}]);
		expect(collector.spans().filter(({traceId}) => traceId === trace)).toEqual([]);
		const audit = (await shop.run(['audit', 'export'])).out.trimEnd().split('\n');
		expect(JSON.parse(audit.at(-1) ?? '').record).toMatchObject({action: 'applied', trace});
	});

	test('sees what failed, and why in a word', async () => {
		await serving(era, [
			{...{name: 'resource_list', arguments: {kind: 'podd'}}, _meta: traceparent()},
			{...{name: 'no_such_tool'}, _meta: traceparent()},
		]);
		expect(below()).toEqual([
			'tools/call resource_list ✗ tool_error',
			'  connect',
			'  run resource_list failed ✗ unknown-kind',
			'tools/call ✗ -32602',
		]);
	});
});

async function overHttp(era: Era, env: {readonly [name: string]: string} = collector.env) {
	const stop = new AbortController();
	const {promise: url, resolve} = Promise.withResolvers<string>();
	const streams = {out: (text: string) => resolve(text.trim())};
	const served = shop.run(['mcp', 'serve', '--http', '127.0.0.1:0', '--no-auth'], {signal: stop.signal, streams, env});
	const client = new Client(
		{name: 'cursor', version: '1'},
		{versionNegotiation: {mode: era === 'modern' ? {pin: '2026-07-28'} : 'legacy'}},
	);
	await client.connect(new StreamableHTTPClientTransport(new URL(await url)));
	const close = async () => {
		await client.close();
		stop.abort();
		await served;
	};
	return {client, close};
}

test.each([
	['parentbased_traceidratio', '0', '01', false],
	['parentbased_always_off', '1', '01', false],
	['parentbased_traceidratio', '1', '01', true],
	['parentbased_traceidratio', '1', '00', false],
	['always_on', '1', '00', true],
])('over HTTP %s of %s decides of a call that its client flags %s: %s', async (sampler, ratio, flags, isTraced) => {
	const {client, close} = await overHttp('modern', {...collector.env, OTEL_TRACES_SAMPLER: sampler, OTEL_TRACES_SAMPLER_ARG: ratio});
	await client.callTool({...read, _meta: traceparent(flags)} as never);
	await close();
	expect(below()).toEqual(isTraced ? readTree : []);
});

test('over HTTP no client has its calls traced by the id that it chooses', async () => {
	const env = {OTEL_TRACES_SAMPLER: 'parentbased_traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.000000001'};
	const {client, close} = await overHttp('modern', {...collector.env, ...env});
	await client.callTool({...read, _meta: {traceparent: `00-${'1'.padStart(32, '0')}-${caller}-01`}} as never);
	await close();
	expect(below()).toEqual([]);
});

test('who starts mkcoa has the calls of his client traced that it samples', async () => {
	const env = {...collector.env, OTEL_TRACES_SAMPLER: 'parentbased_traceidratio', OTEL_TRACES_SAMPLER_ARG: '0'};
	await serving('modern', [{...read, _meta: traceparent()}], env);
	expect(below()).toEqual(readTree);
});

test.each(eras)('over HTTP, a client of the %s era sees the same', async era => {
	const {client, close} = await overHttp(era);
	// Calls at the same time stand each below its own caller.
	const other = 'b7ad6b7169203332';
	const elsewhere = {traceparent: `00-${trace}-${other}-01`};
	await Promise.all([
		client.callTool({...read, _meta: traceparent()} as never),
		client.callTool({name: 'resource_list', arguments: {kind: 'services'}, _meta: elsewhere} as never),
	]);
	await close();
	// One of them opened the connection.
	const bare = (lines: readonly string[]) => lines.filter(line => line !== '  connect');
	expect(bare(below())).toEqual(bare(readTree));
	expect(bare(spanTree(collector.spans(), other))).toEqual([
		'tools/call resource_list',
		'  run resource_list done',
		'    list Service shop',
	]);
	const called = collector.spans().find(({parentSpanId}) => parentSpanId === caller);
	expect(attributesOf(called ?? {attributes: []})).toMatchObject({
		'network.transport': 'tcp',
		'network.protocol.name': 'http',
		...(era === 'legacy' ? {'mcp.session.id': expect.any(String)} : {}),
	});
});

test('nothing that is secret, and nothing that was typed, is in a span', async () => {
	const canary = 'c4nary-0f-a-t0ken';
	const secret = shop.sandbox.machine.list('Secret', 'shop')[0]?.metadata.name ?? '';
	await serving(
		'modern',
		[
			{name: 'resource_get', arguments: {kind: 'secret', name: secret}},
			{name: 'resource_get', arguments: {kind: canary, name: canary, namespace: `${canary}!`}},
			{name: 'resource_list', arguments: {kind: 'pods', labelSelector: `token=${canary}`, fieldSelector: `metadata.name=${canary}`}},
			{name: canary, arguments: {token: canary}},
			{
				name: 'resource_patch',
				arguments: {kind: 'configmap', name: 'web-nginx', type: 'merge', patch: JSON.stringify({data: {token: canary}})},
			},
		].map(call => ({...call, _meta: {...traceparent(), baggage: `token=${canary}`}})),
	);
	expect(below().length).toBeGreaterThan(10);
	expect(collector.text()).not.toContain(canary);
	for (const {data = {}} of shop.sandbox.machine.list('Secret', 'shop') as readonly {readonly data?: {readonly [key: string]: string}}[])
		for (const value of Object.values(data).filter(({length}) => length > 12)) {
			expect(collector.text()).not.toContain(value);
			expect(collector.text()).not.toContain(Buffer.from(value, 'base64').toString());
		}
});

test('the environment says where spans go, with which headers, from whom and how many', async () => {
	const env = {
		OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${collector.url}/in/here`,
		OTEL_EXPORTER_OTLP_HEADERS: 'x-api-key=k%20ey',
		OTEL_SERVICE_NAME: 'ops',
		OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test,service.name=other',
	};
	await serving('modern', [read], env);
	expect(collector.headers.at(-1)).toMatchObject({path: '/in/here', 'x-api-key': 'k ey', 'content-type': 'application/json'});
	expect(collector.resource()).toMatchObject({'service.name': 'ops', 'deployment.environment.name': 'test'});
	collector.clear();
	await serving('modern', [read], {...env, OTEL_TRACES_SAMPLER: 'parentbased_traceidratio', OTEL_TRACES_SAMPLER_ARG: '0'});
	await serving('modern', [read], {...env, OTEL_SDK_DISABLED: 'true'});
	expect(collector.spans()).toEqual([]);
	// Whoever asks for it gets traces that the caller does not sample.
	await serving('modern', [{...read, _meta: traceparent('00')}], {...env, OTEL_TRACES_SAMPLER: 'always_on'});
	expect(below().length).toBeGreaterThan(1);
});

test('a collector that is away breaks nothing, holds nobody up, and is told once', async () => {
	const gone = await otlpCollector();
	await gone.leave();
	const {answers, ended, closingMs} = await serving('modern', [read, read], gone.env);
	expect(answers).toMatchObject([{structuredContent: {kind: 'Deployment'}}, {structuredContent: {kind: 'Deployment'}}]);
	expect(closingMs).toBeLessThan(4000);
	expect(ended).toEqual({code: 0, out: '', err: `! Spans were lost, because ${new URL(gone.url).host} did not take them: ECONNREFUSED\n`});
});

test('a collector that never answers is not waited for longer than two seconds', async () => {
	const silent = await otlpCollector('never answers');
	const {answers, closingMs} = await serving('modern', [read], silent.env);
	expect(answers).toMatchObject([{structuredContent: {kind: 'Deployment'}}]);
	expect(closingMs).toBeLessThan(4000);
});

test('a collector that is busy is asked again', async () => {
	const busy = await otlpCollector('is busy at first');
	await serving('modern', [read], busy.env);
	expect(spanTree(busy.spans())).toContain('tools/call resource_list');
});

test('an approval in another process is a trace of its own, in the one that the shell names, and is found by the digest of its plan', async () => {
	const patch = JSON.stringify({metadata: {annotations: {'shop.example.com/note': 'traced'}}});
	const {answers} = await serving('modern', [
		{...{name: 'resource_patch', arguments: {kind: 'configmap', name: 'web-nginx', type: 'merge', patch}}, _meta: traceparent()},
	]);
	const asked = collector.spans().find(({name}) => name === 'run resource_patch');
	const {id} = (answers[0] as {readonly structuredContent: {readonly id: string}}).structuredContent;
	collector.clear();
	const shell = '4bf92f3577b34da6a3ce929d0e0e4736';
	await shop.reviewed(['approve', id], () => {}, undefined, {...collector.env, TRACEPARENT: `00-${shell}-00f067aa0ba902b7-01`});
	expect(spanTree(collector.spans(), '00f067aa0ba902b7')).toEqual([
		'mkcoa approve',
		'  apply resource_patch done',
		'    create SelfSubjectAccessReview',
		'    get ConfigMap shop',
		'    patch ConfigMap shop',
	]);
	const applied = collector.spans().find(({name}) => name === 'apply resource_patch');
	expect(applied?.traceId).toBe(shell);
	const digestOf = (span: typeof applied) => attributesOf(span ?? {attributes: []})['mkcoa.plan.digest'];
	expect(digestOf(applied)).toBe(digestOf(asked));
	expect(digestOf(applied)).toMatch(/^\w+/);
});

test.each([
	[
		{OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc'},
		'! No spans are sent: mkcoa speaks OTLP over HTTP alone, and OTEL_EXPORTER_OTLP_PROTOCOL asks for grpc\n',
	],
	[{OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4317'}, '! No spans are sent: OTEL_EXPORTER_OTLP_ENDPOINT is no address of http or https\n'],
])('what mkcoa does not speak is told: %o', async (env, err) => {
	const {answers, ended} = await serving('modern', [read], {...collector.env, ...env});
	expect(answers).toMatchObject([{structuredContent: {kind: 'Deployment'}}]);
	expect(ended.err).toBe(err);
});
