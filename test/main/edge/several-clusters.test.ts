import {mkdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, beforeEach, describe, expect, test} from 'vitest';
import {parse, stringify} from 'yaml';
import {systemClock} from '../../../src/core/clock.ts';
import {numberAt} from '../../../src/core/kube/json-at.ts';
import {startSandbox} from '../../../src/sandbox/start.ts';
import {eras, textOf} from '../../support/edge-client.ts';
import {servedClients} from '../../support/served-clients.ts';
import {openShop} from '../../support/shop.ts';

const shop = await openShop({speed: 1});
// Another seed makes another cluster.
const other = await startSandbox({scenario: 'shop', seed: 'elsewhere', clock: systemClock({speed: 1, background: true})});
afterAll(() => other.stop());

type Config = {readonly clusters: object[]; readonly users: object[]; readonly contexts: object[]};

/** Both clusters in one kubeconfig: `here` is current, `there` is the other. */
async function bothKubeconfigs(): Promise<string> {
	const parts = [
		{name: 'here', url: parse(shop.sandbox.kubeconfig)},
		{name: 'there', url: parse(other.kubeconfig)},
	].map(({name, url}) => ({
		clusters: [{...url.clusters[0], name}],
		users: [{...url.users[0], name}],
		contexts: [{name, context: {cluster: name, user: name, namespace: 'shop'}}],
	}));
	const joined = (key: keyof Config) => parts.flatMap(part => part[key]);
	const path = join(shop.folder, 'both');
	const text = {apiVersion: 'v1', kind: 'Config', 'current-context': 'here'};
	await writeFile(path, stringify({...text, clusters: joined('clusters'), users: joined('users'), contexts: joined('contexts')}));
	return path;
}

const both = await bothKubeconfigs();
const run: typeof shop.run = (words, more) => shop.run(['--kubeconfig', both, ...words], more);
function replicas({machine}: Pick<typeof other, 'machine'>): number | undefined {
	const web = machine.get('Deployment', 'shop', 'web');
	return web === undefined ? undefined : numberAt(web, 'spec', 'replicas');
}
const scaled = {workload: 'deployment/web', replicas: 5};

const served = servedClients(run);

describe.each(eras)('a client of the %s era', era => {
	const serve = (flags: readonly string[], options: Parameters<typeof served>[2] = {}) => served(era, flags, options);

	beforeEach(async () => {
		await mkdir(join(shop.folder, 'config/mkcoa'), {recursive: true});
		await writeFile(join(shop.folder, 'config/mkcoa/policy.yaml'), 'rules: []\n');
	});

	test('hears of no context where the server was started without any', async () => {
		const {client, call} = await serve([]);
		expect(client.getInstructions()).not.toContain('context');
		expect(JSON.stringify((await client.listTools()).tools.map(({inputSchema}) => inputSchema))).not.toContain('"context"');
		const refused = await call('resource_list', {kind: 'pods', context: 'there'});
		expect(refused.isError).toBe(true);
		expect(textOf(refused)).toContain('This server serves one context');
	});

	test('reads in the context that a call names, and elsewhere in that of the server', async () => {
		other.machine.create({apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: `only-there-${era}`, namespace: 'shop'}}, 'test');
		const {client, call} = await serve(['--contexts', 'there']);
		expect(client.getInstructions()).toContain('Tools take the context of a cluster: here, there. Without one they mean the first.');
		const {tools} = await client.listTools();
		const without = tools.filter(({inputSchema: {properties}}) => !Object.hasOwn(Object(properties), 'context'));
		expect(without.map(({name}) => name)).toEqual(['tool_search']);
		const there = await call('resource_list', {kind: 'configmaps', context: 'there'});
		expect(textOf(there)).toMatch(/^<<<DATA \S+ from resource_list of mkcoa in there:/);
		expect(textOf(there)).toContain(`only-there-${era}`);
		for (const input of [{}, {context: 'here'}])
			expect(textOf(await call('resource_list', {kind: 'configmaps', ...input}))).not.toContain(`only-there-${era}`);
	});

	test.each([
		['ther', 'No context "ther" is served here. The nearest are there'],
		['zzzzzz', 'No context "zzzzzz" is served here. Name one of here, there, or none'],
		[7, 'No context "7" is served here. Name one of here, there, or none'],
	])('that names %j is told which there are', async (context, words) => {
		const {call} = await serve(['--contexts', 'all']);
		const refused = await call('resource_list', {kind: 'pods', context});
		expect(refused.isError).toBe(true);
		expect(textOf(refused)).toBe(words);
	});

	test('makes a plan there, which a person approves there whatever context is current', async () => {
		const {call} = await serve(['--contexts', 'there', '--allow-changes']);
		const before = [replicas(shop.sandbox), replicas(other)];
		const wanted = {...scaled, replicas: (before[1] ?? 0) + 1};
		const {id} = (await call('workload_scale', {...wanted, context: 'there'})).structuredContent as {readonly id: string};
		expect(JSON.parse((await run(['--json', 'approve', id, '--dry-run'])).out)).toMatchObject({plan: {target: {context: 'there'}}});
		expect(JSON.parse((await run(['--json', '--context', 'here', 'approve', id, '--dry-run'])).out)).toMatchObject({
			kind: 'failed',
			error: {code: 'another-cluster'},
		});
		await shop.reviewed(['--kubeconfig', both, 'approve', id], () => {});
		expect((await call('plan_result', {id, wait_seconds: 5})).structuredContent).toMatchObject({kind: 'done'});
		expect([replicas(shop.sandbox), replicas(other)]).toEqual([before[0], wanted.replicas]);
	});

	test('makes a plan that is found under another name of its context', async () => {
		const {call} = await serve(['--contexts', 'here', '--allow-changes']);
		const wanted = {...scaled, replicas: (replicas(shop.sandbox) ?? 0) + 1};
		const {id} = (await call('workload_scale', {...wanted, context: 'here'})).structuredContent as {readonly id: string};
		await shop.reviewed(['approve', id], () => {});
		expect(replicas(shop.sandbox)).toBe(wanted.replicas);
	});

	test('that asks the one who sits at it changes the cluster that the call named', async () => {
		const rules = 'rules: [{tool: workload_scale, effect: ask, client: true}]\n';
		await writeFile(join(shop.folder, 'config/mkcoa/policy.yaml'), rules);
		const {client, call} = await serve(['--contexts', 'there', '--allow-changes'], {capabilities: {elicitation: {form: {}}}});
		client.setRequestHandler('elicitation/create', async () => ({action: 'accept', content: {decision: 'yes'}}));
		const before = [replicas(shop.sandbox), replicas(other)];
		const wanted = {...scaled, replicas: (before[1] ?? 0) + 1};
		expect((await call('workload_scale', {...wanted, context: 'there'})).structuredContent).toMatchObject({kind: 'done'});
		expect([replicas(shop.sandbox), replicas(other)]).toEqual([before[0], wanted.replicas]);
	});

	test('finds the repository of the server for its own context alone', async () => {
		const {call} = await serve(['--contexts', 'there', '--allow-changes', '--gitops', shop.folder]);
		const input = JSON.stringify(scaled);
		const deliver = (more: object) => call('gitops_deliver', {tool: 'workload_scale', input, repository: shop.folder, ...more});
		expect(textOf(await deliver({context: 'there'}))).toContain('The repository says nothing of there');
		expect(textOf(await deliver({context: 'here'}))).toContain('is no folder of a Git repository');
	});

	test('that answers with another context changes the cluster of the plan that was shown', async () => {
		await writeFile(join(shop.folder, 'config/mkcoa/policy.yaml'), 'rules: [{tool: workload_scale, effect: ask, client: true}]\n');
		const {client} = await serve(['--contexts', 'there', '--allow-changes'], {capabilities: {elicitation: {form: {}}}});
		const before = [replicas(shop.sandbox), replicas(other)];
		const wanted = {...scaled, replicas: (before[1] ?? 0) + 1};
		const input: {context: string} & typeof wanted = {...wanted, context: 'there'};
		client.setRequestHandler('elicitation/create', async () => {
			input.context = 'here';
			return {action: 'accept', content: {decision: 'yes'}};
		});
		expect((await client.callTool({name: 'workload_scale', arguments: input})).structuredContent).toMatchObject({kind: 'done'});
		expect([replicas(shop.sandbox), replicas(other)]).toEqual([before[0], wanted.replicas]);
	});

	test('that shows the plan on a card changes the cluster that the call named', async () => {
		await writeFile(join(shop.folder, 'config/mkcoa/policy.yaml'), 'rules: [{tool: workload_scale, effect: ask, client: true}]\n');
		const capabilities = {extensions: {'io.modelcontextprotocol/ui': {mimeTypes: ['text/html;profile=mcp-app']}}};
		const {call} = await serve(['--contexts', 'there', '--allow-changes'], {capabilities});
		const before = [replicas(shop.sandbox), replicas(other)];
		const wanted = {...scaled, replicas: (before[1] ?? 0) + 1};
		const {_meta} = await call('workload_scale', {...wanted, context: 'there'});
		const {ticket} = Object(_meta)['mkcoa/plan'];
		expect((await call('plan_answer', {ticket, decision: 'approve'})).structuredContent).toMatchObject({kind: 'done'});
		expect([replicas(shop.sandbox), replicas(other)]).toEqual([before[0], wanted.replicas]);
	});
});

test.each([
	[['--contexts', 'nope'], 'There is no context "nope"'],
	[['--contexts', 'here', '--sandbox'], '--contexts and --sandbox were given together'],
])('a server with %j does not start', async (flags, words) => {
	expect(await run(['mcp', 'serve', ...flags])).toMatchObject({code: 1, err: expect.stringContaining(words)});
});

test('mcp call takes every context, as the shell does', async () => {
	const called = async (context: string) => run(['mcp', 'call', 'namespaces_list', '--input', JSON.stringify({context})]);
	expect(await called('there')).toMatchObject({code: 0, out: expect.stringContaining('shop')});
	expect(await called('thera')).toMatchObject({code: 1, err: expect.stringContaining('The nearest are there')});
});
