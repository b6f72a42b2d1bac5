import {mkdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {Client, type ClientOptions} from '@modelcontextprotocol/client';
import {afterEach, describe, expect, test, vi} from 'vitest';
import {type Era, eras, textOf} from '../../support/edge-client.ts';
import {edgeWays} from '../../support/edge-ways.ts';
import {openShop} from '../../support/shop.ts';

/** A shop whose policy lets the one who sits at the client say yes to scaling, and to nothing else. */
const shop = await openShop({speed: 1});
await mkdir(join(shop.folder, 'config', 'mkcoa'), {recursive: true});
await writeFile(
	join(shop.folder, 'config', 'mkcoa', 'policy.yaml'),
	'rules:\n  - {tool: [workload_scale, resource_delete], effect: ask, client: true}\n',
);

type Ask = NonNullable<Parameters<Client['setRequestHandler']>[1]>;
type Elicited = {readonly message: string};

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
	vi.useRealTimers();
	for (const end of ends.splice(0).reverse()) await end();
});

/** A client that shows questions to somebody, where it says that it can; what was shown. */
function clientOf(era: Era, person: ((question: Elicited) => object) | undefined) {
	const options: ClientOptions = {
		capabilities: person === undefined ? {} : {elicitation: {form: {}}},
		versionNegotiation: {mode: era === 'modern' ? {pin: '2026-07-28'} : 'legacy'},
	};
	const client = new Client({name: 'cursor', version: '1'}, options);
	const shown: string[] = [];
	if (person !== undefined)
		client.setRequestHandler('elicitation/create', (async ({params}: {readonly params: Elicited}) => {
			shown.push(params.message);
			return person(params);
		}) as unknown as Ask as never);
	return {client, shown};
}

const words = ['--kubeconfig', shop.kubeconfig, '-n', 'shop', 'mcp', 'serve', '--allow-changes'];

/** Serves the shop to a client, which closes after the test. */
const ways = Object.fromEntries(
	Object.entries(edgeWays).map(([way, connect]) => [
		way,
		async (client: Client) => void ends.push(await connect(client, {words, folder: shop.folder})),
	]),
) as {readonly [way in keyof typeof edgeWays]: (client: Client) => Promise<void>};

const replicasOf = () => (shop.get({kind: 'Deployment', name: 'worker'}).spec as {readonly replicas: number}).replicas;
const scale = (replicas: number) => ({name: 'workload_scale', arguments: {workload: 'deployment/worker', replicas}});
/** A call that waits for a person to read: longer than any of these takes. */
const patient = {timeout: 30_000};

const matrix = eras.flatMap(era => (['stdio', 'http'] as const).map(way => [way, era] as const));

describe.each(matrix)('over %s, a client of the %s era', (way, era) => {
	test('reads', async () => {
		const {client} = clientOf(era, undefined);
		await ways[way](client);
		expect(textOf(await client.callTool({name: 'resource_list', arguments: {kind: 'deployments'}}))).toContain('worker');
	});

	test('that asks shows the plan, and what the person says yes to is done', async () => {
		const wanted = replicasOf() + 1;
		const {client, shown} = clientOf(era, () => ({action: 'accept', content: {decision: 'yes'}}));
		await ways[way](client);
		const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
		const answer = await client.callTool({...scale(wanted), _meta: {traceparent}}, patient);
		expect(shown).toEqual([expect.stringContaining(`spec.replicas: ${wanted - 1} → ${wanted}`)]);
		expect(answer.structuredContent).toMatchObject({kind: 'done', journal: expect.any(String)});
		expect(replicasOf()).toBe(wanted);
		const audit = (await shop.run(['audit', 'export'])).out.trimEnd().split('\n');
		expect(audit.map(line => JSON.parse(line).record)).toContainEqual(
			expect.objectContaining({
				action: 'approved',
				detail: expect.stringMatching(/^client by \S+ in cursor/),
				principal: 'alice',
				agent: 'cursor',
				approver: 'alice in cursor',
				trace: '0af7651916cd43dd8448eb211c80319c',
			}),
		);
	});

	test.each([
		[
			'no, with words',
			{action: 'accept', content: {decision: 'no', words: 'Not on a Friday'}},
			{kind: 'rejected', words: 'Not on a Friday'},
		],
		['that he declines', {action: 'decline'}, {kind: 'rejected'}],
		['nothing, and closes the question', {action: 'cancel'}, {kind: 'waiting'}],
		['something else than it was asked', {action: 'accept', content: {decision: 'maybe'}}, {kind: 'waiting'}],
	])('that asks changes nothing when the person says %s', async (_, said, told) => {
		const before = replicasOf();
		const {client} = clientOf(era, () => said);
		await ways[way](client);
		const answer = await client.callTool(scale(before + 1), patient).catch((error: Error) => error);
		// What does not fit the form may be refused by the protocol before the tool hears of it.
		if (answer instanceof Error) expect(answer.message).toContain('decision');
		else expect(answer.structuredContent).toMatchObject(told);
		expect(replicasOf()).toBe(before);
	});

	test('that cannot ask is told that the plan waits', async () => {
		const before = replicasOf();
		const {client} = clientOf(era, undefined);
		await ways[way](client);
		expect((await client.callTool(scale(before + 1), patient)).structuredContent).toMatchObject({kind: 'waiting', id: expect.any(String)});
		expect(replicasOf()).toBe(before);
	});

	test('that brings a yes after the question has expired changes nothing', async () => {
		const before = replicasOf();
		const {client, shown} = clientOf(era, () => {
			vi.useFakeTimers({toFake: ['Date'], now: Date.now() + 601_000});
			return {action: 'accept', content: {decision: 'yes'}};
		});
		await ways[way](client);
		const answer = await client.callTool(scale(before + 1), patient).catch((error: Error) => error);
		expect(shown).toHaveLength(1);
		expect(answer instanceof Error ? answer.message : textOf(answer)).toContain('expired requestState');
		expect(replicasOf()).toBe(before);
	});

	test('that cannot ask learns that its plan expired when the world moved before the yes', async () => {
		const before = replicasOf();
		const {client} = clientOf(era, undefined);
		await ways[way](client);
		const {id} = (await client.callTool(scale(before + 2), patient)).structuredContent as {readonly id: string};
		await shop.run(['--yes', 'k8s', 'scale', 'deployment/worker', String(before + 1)]);
		await shop.reviewed(['approve', id], () => {});
		const {structuredContent} = await client.callTool({name: 'plan_result', arguments: {id}}, patient);
		expect(structuredContent).toMatchObject({kind: 'drifted', means: expect.stringContaining('Nothing was changed')});
		expect(replicasOf()).toBe(before + 1);
	});

	test('that asks is not asked about what policy does not leave to it', async () => {
		const {client, shown} = clientOf(era, () => ({action: 'accept', content: {decision: 'yes'}}));
		await ways[way](client);
		const answer = await client.callTool({name: 'workload_restart', arguments: {workload: 'deployment/worker'}}, patient);
		expect(answer.structuredContent).toMatchObject({kind: 'waiting'});
		expect(shown).toEqual([]);
	});

	test('has to bring the name of what cannot be brought back', async () => {
		const {client, shown} = clientOf(era, () => ({action: 'accept', content: {decision: 'yes', name: 'webs'}}));
		await ways[way](client);
		const answer = await client.callTool({name: 'resource_delete', arguments: {kind: 'pvc', name: 'data-redis-0'}}, patient);
		expect(shown).toHaveLength(1);
		expect(answer.structuredContent).toMatchObject({
			kind: 'rejected',
			words: expect.stringContaining('The name that was typed is not data-redis-0'),
		});
	});
});
