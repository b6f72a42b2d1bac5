import {mkdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {cardPage} from '../../support/card-page.ts';
import {type Era, eras} from '../../support/edge-client.ts';
import {servedClients} from '../../support/served-clients.ts';
import {openShop} from '../../support/shop.ts';

/** A shop whose policy lets the one who sits at the client say yes to scaling and deleting, and to nothing else. */
const shop = await openShop({speed: 1});
await mkdir(join(shop.folder, 'config', 'mkcoa'), {recursive: true});
await writeFile(
	join(shop.folder, 'config', 'mkcoa', 'policy.yaml'),
	'rules:\n  - {tool: [workload_scale, resource_delete], effect: ask, client: true}\n',
);

const showing = {extensions: {'io.modelcontextprotocol/ui': {mimeTypes: ['text/html;profile=mcp-app']}}};
const address = 'ui://mkcoa/plan-card.html';

const served = servedClients(shop.run);

async function serve(era: Era, capabilities: object = showing, flags: readonly string[] = ['--allow-changes']) {
	const {client} = await served(era, flags, {capabilities});
	/** A card that its host made for an answer, as clients do that know the extension. */
	const cardOf = async (name: string, input: {readonly [field: string]: unknown}) => {
		const answer = await client.callTool({name, arguments: input});
		const page = await cardPage({callTool: call => client.callTool(call)});
		await page.receive(answer);
		const stands = async (text: string) => {
			while (!page.part('state').textContent.includes(text)) await page.settled();
		};
		return {...page, answer, stands};
	};
	return {client, cardOf};
}

const replicas = () => (shop.get({kind: 'Deployment', name: 'worker'}).spec as {readonly replicas: number}).replicas;
const scale = () => ({workload: 'deployment/worker', replicas: replicas() + 1});

describe.each(eras)('a client of the %s era', era => {
	test('that shows pages is told of the card; its model is told of no way to answer', async () => {
		const {client} = await serve(era);
		const {tools} = await client.listTools();
		const ui = (name: string) => tools.find(tool => tool.name === name)?._meta?.ui;
		expect(ui('workload_scale')).toEqual({resourceUri: address, visibility: ['model']});
		expect(ui('resource_list')).toBeUndefined();
		expect(tools.filter(({_meta}) => JSON.stringify(_meta ?? {}).includes('"app"')).map(({name}) => name)).toEqual(['plan_answer']);
		expect(ui('plan_answer')).toEqual({visibility: ['app']});
		expect((await client.listResources()).resources.map(({uri}) => uri)).toContain(address);
		expect((await client.readResource({uri: address})).contents).toMatchObject([
			{mimeType: 'text/html;profile=mcp-app', _meta: {ui: {csp: {connectDomains: [], resourceDomains: [], frameDomains: []}}}},
		]);
	});

	test.each([
		['shows none', {}, ['--allow-changes']],
		['shows another kind', {extensions: {'io.modelcontextprotocol/ui': {mimeTypes: ['text/plain']}}}, ['--allow-changes']],
		['may only read', showing, []],
	])('that %s is told of no card', async (_, capabilities, flags) => {
		const {client} = await serve(era, capabilities, flags);
		const {tools} = await client.listTools();
		expect(tools.filter(({name, _meta}) => name === 'plan_answer' || _meta !== undefined)).toEqual([]);
		expect((await client.listResources()).resources.map(({uri}) => uri)).not.toContain(address);
		await expect(client.readResource({uri: address})).rejects.toThrow();
		await expect(client.callTool({name: 'plan_answer', arguments: {ticket: 'x', decision: 'approve'}})).rejects.toThrow('There is no tool');
	});

	test('makes the change once, when a person says yes on the card', async () => {
		const {cardOf, client} = await serve(era);
		const wanted = replicas() + 1;
		const card = await cardOf('workload_scale', scale());
		expect(card.part('plan').textContent).toContain(`spec.replicas: ${wanted - 1} → ${wanted}`);
		expect(replicas()).toBe(wanted - 1);
		// What a model reads of the answer holds no ticket.
		const {ticket} = Object(card.answer._meta?.['mkcoa/plan']) as {readonly ticket: string};
		expect(JSON.stringify([card.answer.content, card.answer.structuredContent])).not.toContain(ticket);
		await card.press('approve');
		await card.press('yes');
		await card.stands('Done: Scale Deployment shop/worker');
		expect(replicas()).toBe(wanted);
		const again = await client.callTool({name: 'plan_answer', arguments: {ticket, decision: 'approve'}});
		expect(again.structuredContent).toMatchObject({kind: 'refused'});
		const {id} = card.answer.structuredContent as {readonly id: string};
		expect((await client.callTool({name: 'plan_result', arguments: {id}})).structuredContent).toMatchObject({kind: 'done'});
		expect((await shop.run(['audit', 'export'])).out).toMatch(/"detail":"client by \S+ in claude-code/);
	});

	test('changes nothing when a person says no, and the model learns the words', async () => {
		const {cardOf, client} = await serve(era);
		const before = replicas();
		const card = await cardOf('workload_scale', scale());
		card.type('words', 'Not on a Friday');
		await card.press('reject');
		await card.stands('Nothing was changed. Who asked for it reads your words: “Not on a Friday”');
		expect(replicas()).toBe(before);
		const {id} = card.answer.structuredContent as {readonly id: string};
		expect((await client.callTool({name: 'plan_result', arguments: {id}})).structuredContent).toMatchObject({
			kind: 'rejected',
			feedback: 'Not on a Friday',
		});
	});

	test('gets no yes from the card where policy does not leave it to clients, whatever it sends', async () => {
		const {cardOf, client} = await serve(era);
		const card = await cardOf('workload_restart', {workload: 'deployment/worker'});
		expect(card.shown()).toEqual(['plan', 'answer', 'note', 'choices']);
		const {id} = card.answer.structuredContent as {readonly id: string};
		expect(card.part('note').textContent).toContain(`mkcoa approve ${id}`);
		const {ticket} = Object(card.answer._meta?.['mkcoa/plan']) as {readonly ticket: string};
		const lie = await client.callTool({name: 'plan_answer', arguments: {ticket, decision: 'approve', mayApprove: true}});
		expect(lie.structuredContent).toMatchObject({kind: 'waiting'});
		expect((await client.callTool({name: 'plan_result', arguments: {id}})).structuredContent).toMatchObject({kind: 'waiting'});
		expect(await shop.run(['approve', id, '--yes'])).toMatchObject({code: 8});
	});

	test('changes nothing where the world is another one by then', async () => {
		const {cardOf} = await serve(era);
		const before = replicas();
		const card = await cardOf('workload_scale', scale());
		shop.touch({kind: 'Deployment', name: 'worker'}, `touched-${era}`);
		await card.press('approve');
		await card.press('yes');
		await card.stands('the world moved since the plan');
		expect(replicas()).toBe(before);
	});

	test('has to bring the name of what cannot be brought back', async () => {
		const {cardOf, client} = await serve(era);
		const card = await cardOf('resource_delete', {kind: 'pvc', name: 'data-redis-0'});
		expect(card.shown()).toContain('naming');
		expect(card.part('approve').disabled).toBe(true);
		const {ticket} = Object(card.answer._meta?.['mkcoa/plan']) as {readonly ticket: string};
		const lie = await client.callTool({name: 'plan_answer', arguments: {ticket, decision: 'approve', name: 'data'}});
		expect(lie.structuredContent).toMatchObject({kind: 'waiting', means: expect.stringContaining('is not data-redis-0')});
		expect(shop.get({kind: 'PersistentVolumeClaim', name: 'data-redis-0'})).toBeDefined();
	});
});

test('policy that takes its leave back after the card was shown is asked again', async () => {
	const {cardOf} = await serve('modern');
	const before = replicas();
	const card = await cardOf('workload_scale', scale());
	await writeFile(join(shop.folder, 'config', 'mkcoa', 'policy.yaml'), 'rules:\n  - {tool: workload_scale, effect: ask}\n');
	await card.press('approve');
	await card.press('yes');
	await card.stands('a person approves it with mkcoa approve');
	expect(replicas()).toBe(before);
});
