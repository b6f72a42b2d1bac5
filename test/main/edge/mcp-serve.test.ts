import {describe, expect, test} from 'vitest';
import {eras, textOf} from '../../support/edge-client.ts';
import {servedClients} from '../../support/served-clients.ts';
import {openShop} from '../../support/shop.ts';

const shop = await openShop({speed: 1});

const serve = servedClients(shop.run);
const servedApart = servedClients((words, more) => shop.run(['--sandbox', 'shop', ...words], more));

const replicas = () => shop.get({kind: 'Deployment', name: 'web'}).spec as {readonly replicas: number};

describe.each(eras)('a client of the %s era', era => {
	test('is told what mkcoa is, and only of tools that read', async () => {
		const {client} = await serve(era);
		expect(client.getServerVersion()).toMatchObject({name: 'mkcoa'});
		// Tasks are of 2026-07-28; those before knew others.
		const skills = {'io.modelcontextprotocol/skills': {}};
		const extensions = era === 'modern' ? {...skills, 'io.modelcontextprotocol/tasks': {}} : skills;
		expect(client.getServerCapabilities()?.extensions).toEqual(extensions);
		expect(client.getInstructions()).toContain('This server is read-only');
		const {tools, ...rest} = await client.listTools();
		expect(tools.filter(({annotations}) => annotations?.readOnlyHint !== true)).toEqual([]);
		expect(tools.map(({name}) => name)).toEqual(expect.arrayContaining(['resource_list', 'deployment_status', 'tool_search']));
		if (era === 'modern') expect(rest).toMatchObject({ttlMs: 300_000, cacheScope: 'private'});
		expect((await client.listTools()).tools).toEqual(tools);
	});

	test('reads the cluster, and goes on where an answer stopped', async () => {
		const {call, client} = await serve(era);
		const list = await call('resource_list', {kind: 'pods', max_tokens: 500});
		expect(textOf(list)).toMatch(/^<<<DATA .*\n\d+ pods in shop:/);
		expect(list.structuredContent).toMatchObject({kind: 'Pod', namespace: 'shop', total: expect.any(Number)});
		const {cursor, total} = list.structuredContent as {readonly cursor: string; readonly total: number};
		const others = await call('resource_list', {kind: 'pods', cursor});
		expect(Number(cursor) + (others.structuredContent as {readonly rows: readonly object[]}).rows.length).toBe(total);
		const wide = await call('resource_describe', {kind: 'deployment', name: 'web', max_tokens: 500});
		const link = wide.content.find(part => part.type === 'resource_link');
		const rest = await client.readResource({uri: link?.uri ?? ''});
		expect(rest.contents).toMatchObject([{mimeType: 'text/plain', text: expect.stringContaining('web')}]);
		await expect(client.readResource({uri: 'mkcoa://answers/none/0'})).rejects.toThrow();
	});

	test('asks for a change, which waits; nothing that it sends approves it', async () => {
		const {call} = await serve(era, ['--allow-changes']);
		const before = replicas();
		const wish = {workload: 'deployment/web', replicas: 5};
		for (const [field, value] of Object.entries({yes: true, approve: true, confirm: 'yes'}))
			expect(textOf(await call('workload_scale', {...wish, [field]: value}))).toContain(`There is no field "${field}"`);
		const asked = await call('workload_scale', wish);
		const {id} = asked.structuredContent as {readonly id: string};
		expect(asked.structuredContent).toMatchObject({kind: 'waiting', plan: {summary: 'Scale Deployment shop/web from 3 to 5 replicas'}});
		expect((await call('plan_result', {id, approve: true})).structuredContent).toMatchObject({kind: 'waiting'});
		expect(replicas()).toEqual(before);
		// A program that has a shell is no person either.
		expect(await shop.run(['approve', id, '--yes'])).toMatchObject({code: 8});
		expect(replicas()).toEqual(before);
		expect((await call('plan_result', {id})).structuredContent).toMatchObject({kind: 'waiting'});
	});

	test('learns with which words a person said no, and what came of a yes', async () => {
		const {call} = await serve(era, ['--allow-changes']);
		const wish = async (annotation: string) => {
			const asked = await call('resource_patch', {
				kind: 'configmap',
				name: 'web-nginx',
				type: 'merge',
				patch: JSON.stringify({metadata: {annotations: {'shop.example.com/note': annotation}}}),
			});
			return (asked.structuredContent as {readonly id: string}).id;
		};
		const id = await wish(`by ${era}`);
		const {shown} = await shop.reviewed(['approve', id], () => {});
		expect(shown).toContain('claude-code asks for this, on behalf of alice');
		const result = await call('plan_result', {id, wait_seconds: 5});
		expect(result.structuredContent).toMatchObject({kind: 'done', journal: expect.any(String)});
		expect(shop.get({kind: 'ConfigMap', name: 'web-nginx'}).metadata.annotations).toMatchObject({'shop.example.com/note': `by ${era}`});
	});

	test('that names a tool or a field wrongly is told what there is', async () => {
		const {call} = await serve(era);
		await expect(call('resource_lists')).rejects.toThrow('There is no tool "resource_lists". The nearest are resource_list');
		await expect(call('workload_scale', {workload: 'web', replicas: 0})).rejects.toThrow(
			'workload_scale changes something, and only reading is allowed here: a person allows changes with --allow-changes',
		);
		const wrong = await call('resource_list', {kind: 'podd'});
		expect(wrong.isError).toBe(true);
		expect(textOf(wrong)).toContain('Next: List the kinds with api_resources_list');
	});

	test('reads resources, prompts and names of the live cluster', async () => {
		const {client, call} = await serve(era, ['--allow-changes']);
		expect((await client.listResources()).resources.map(({uri}) => uri).filter(uri => !uri.startsWith('skill:'))).toEqual([
			'mkcoa://cluster',
		]);
		expect((await client.listResourceTemplates()).resourceTemplates.map(({uriTemplate}) => uriTemplate)).toEqual([
			'mkcoa://workloads/{namespace}/{kind}/{name}',
			'mkcoa://incidents/{namespace}/{name}',
			'mkcoa://plans/{id}',
			'mkcoa://answers/{id}/{from}',
		]);
		const textAt = async (uri: string) =>
			(await client.readResource({uri})).contents.map(each => ('text' in each ? each.text : '')).join('');
		expect(await textAt('mkcoa://cluster')).toContain('Kubernetes');
		expect(await textAt('mkcoa://workloads/shop/deployment/web')).toContain('web');
		expect(await textAt('mkcoa://incidents/shop/web')).toContain('web');
		const {id} = (await call('workload_scale', {workload: 'deployment/web', replicas: 4})).structuredContent as {readonly id: string};
		expect(await textAt(`mkcoa://plans/${id}`)).toContain('spec.replicas: 3 → 4');
		await expect(client.readResource({uri: 'mkcoa://incidents/shop/no-such-thing'})).rejects.toThrow();
		expect((await client.listPrompts()).prompts.map(({name}) => name)).toEqual(['diagnose', 'deploy_safely', 'incident_review']);
		const names = async (argument: string, value: string) =>
			(await client.complete({ref: {type: 'ref/prompt', name: 'diagnose'}, argument: {name: argument, value}})).completion.values;
		expect(await names('namespace', 'sh')).toEqual(['shop']);
		expect(await names('workload', 'deployment/w')).toEqual(['deployment/web', 'deployment/worker']);
	});

	test('finds tools by what they do', async () => {
		const {call} = await serve(era, ['--allow-changes']);
		const found = await call('tool_search', {query: 'canary', limit: 1});
		expect(found.structuredContent).toMatchObject({
			tools: [{name: 'deployment_canary', inputSchema: {properties: {mirror: {maximum: 100}}}}],
		});
		expect(textOf(await call('tool_search', {query: 'zzz'}))).toContain('No tool fits "zzz"');
		await expect(call('tool_search', {query: 7})).rejects.toThrow('expected string, received number');
	});
});

test('--toolsets serves some alone, and refuses one that is not known', async () => {
	const {client} = await serve('modern', ['--toolsets', 'deploy']);
	// What tells the same as a tool that is not served is not there either.
	await expect(client.readResource({uri: 'mkcoa://incidents/shop/web'})).rejects.toThrow();
	const named = await client.complete({ref: {type: 'ref/prompt', name: 'diagnose'}, argument: {name: 'workload', value: ''}});
	expect(named.completion.values).toEqual([]);
	expect((await client.listTools()).tools.map(({name}) => name)).toEqual([
		'analyze_environment',
		'deployment_status',
		'generate_k8s_config',
		'tool_search',
	]);
	const {code, err} = await shop.run(['mcp', 'serve', '--toolsets', 'kubernets']);
	expect({code, err}).toMatchObject({
		code: 1,
		err: expect.stringContaining("Toolset 'kubernets' is not known: perhaps kubernetes is meant"),
	});
});

test('--read-only wins over --allow-changes', async () => {
	const {client} = await serve('modern', ['--allow-changes', '--read-only']);
	expect((await client.listTools()).tools.map(({name}) => name)).not.toContain('workload_scale');
});

test('a plan for the embedded cluster that a client looks at is carried out in no other one', async () => {
	const {call} = await servedApart('modern', ['--allow-changes']);
	const {id} = (await call('workload_scale', {workload: 'deployment/web', namespace: 'shop', replicas: 5})).structuredContent as {
		readonly id: string;
	};
	const {err} = await shop.run(['--sandbox', 'shop', 'approve', id, '--dry-run']);
	expect(err).toContain('The plan was made for another cluster and was not applied');
});

test('it ends when its client closes the pipe', async () => {
	const {closePipe, ended} = await serve('legacy');
	closePipe();
	expect(await ended).toMatchObject({code: 0, out: ''});
});
