import {mkdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, describe, expect, test} from 'vitest';
import {pipes} from '../../support/edge-client.ts';
import {rawClient, tasksCapability} from '../../support/raw-client.ts';
import {openShop} from '../../support/shop.ts';

const shop = await openShop({hasty: true});
await mkdir(join(shop.folder, 'config', 'mkcoa'), {recursive: true});
await writeFile(join(shop.folder, 'config', 'mkcoa', 'policy.yaml'), 'rules:\n  - {tool: deployment_canary, effect: ask, client: true}\n');

const ends: (() => Promise<unknown>)[] = [];
afterAll(() => Promise.all(ends.map(end => end())));

type Fields = {readonly [field: string]: unknown};

/** `mkcoa mcp serve --allow-changes`, and a client that can follow tasks unless it says otherwise. */
function serve() {
	const ways = pipes();
	const served = shop.run(['mcp', 'serve', '--allow-changes'], {pipes: ways});
	const client = rawClient(ways);
	const end = async () => {
		ways.input.end();
		return served;
	};
	ends.push(end);
	const get = async (taskId: string) => (await client.ask('tasks/get', {taskId})).result;
	return {
		...client,
		end,
		get,
		call: async (name: string, input: Fields, own?: object) => (await client.ask('tools/call', {name, arguments: input}, own)).result,
		/** What a task tells from now on until it has ended, and how it ended. */
		async follow(taskId: string) {
			const isOf = ({method, params}: {readonly method: string; readonly params: Fields}) =>
				method === 'notifications/tasks' && params.taskId === taskId;
			void client.ask('subscriptions/listen', {notifications: {taskIds: [taskId]}});
			const {params} = await client.hears(message => isOf(message) && message.params.status !== 'working');
			return {told: client.heard.filter(isOf).map(message => message.params.statusMessage ?? ''), end: params};
		},
	};
}

const note = (text: string) => ({
	kind: 'configmap',
	name: 'web-nginx',
	type: 'merge',
	patch: JSON.stringify({metadata: {annotations: {'shop.example.com/note': text}}}),
});
const noteNow = () => shop.get({kind: 'ConfigMap', name: 'web-nginx'}).metadata.annotations?.['shop.example.com/note'];
const planOf = (taskId: string) => taskId.replace(/^plan-/, '');
const canaryOf = (name: string) => ({name, image: `ghcr.io/example/${name}:9.9.9`, steps: '25,50', interval: '60s'});

describe('a change that waits', () => {
	test('is a task that tells who has to do what', async () => {
		const {call, get} = serve();
		const made = await call('resource_patch', note('waits'));
		const plan = planOf(made.taskId);
		expect(made).toMatchObject({
			resultType: 'task',
			status: 'working',
			statusMessage: expect.stringContaining(`Waits for a person: mkcoa approve ${plan}`),
			ttlMs: null,
			pollIntervalMs: 3000,
		});
		const {_meta, resultType, content, ...task} = made;
		expect(await get(made.taskId)).toMatchObject(task);
		expect((await shop.run(['approve', '--yes'])).code).toBe(8);
		expect((await get(made.taskId)).status).toBe('working');
	});

	test('is answered as ever for a client that cannot follow tasks', async () => {
		const {call, ask} = serve();
		const plain = await call('resource_patch', note('plain'), {});
		expect(plain).toMatchObject({resultType: 'complete', structuredContent: {kind: 'waiting', id: expect.any(String)}});
		expect((await ask('tasks/get', {taskId: `plan-${plain.structuredContent.id}`}, {})).error).toMatchObject({
			code: -32_021,
			data: {requiredCapabilities: tasksCapability},
		});
	});

	test('is completed with what plan_result answers, and a server that is started anew knows it', async () => {
		const first = serve();
		const {taskId} = await first.call('resource_patch', note('approved'));
		await first.end();
		const second = serve();
		expect((await second.get(taskId)).status).toBe('working');
		await shop.reviewed(['approve', planOf(taskId)], () => {});
		const seen = await second.get(taskId);
		expect(noteNow()).toBe('approved');
		const {structuredContent} = await second.call('plan_result', {id: planOf(taskId)});
		expect(structuredContent).toMatchObject({kind: 'done', journal: expect.any(String)});
		expect(seen).toMatchObject({status: 'completed', result: {structuredContent}, ttlMs: expect.any(Number)});
		expect(seen).not.toHaveProperty('statusMessage');
	});

	test('that a person rejects is completed with his words', async () => {
		const {call, get} = serve();
		const {taskId} = await call('resource_patch', note('no'));
		await shop.reviewed(['approve', planOf(taskId)], () => {}, 'Not on a Friday');
		expect(await get(taskId)).toMatchObject({
			status: 'completed',
			result: {structuredContent: {kind: 'rejected', feedback: 'Not on a Friday'}},
		});
	});

	test('is taken back by cancelling it, which the audit tells', async () => {
		const {call, get, ask} = serve();
		const {taskId} = await call('resource_patch', note('cancelled'));
		const plan = planOf(taskId);
		expect((await ask('tasks/cancel', {taskId})).result).toMatchObject({resultType: 'complete'});
		expect((await get(taskId)).status).toBe('cancelled');
		expect((await shop.run(['approve', plan])).err).toContain(`No plan ${plan} waits`);
		expect((await call('plan_result', {id: plan})).structuredContent).toMatchObject({
			kind: 'rejected',
			means: 'Nothing was changed: whoever asked for it took it back',
		});
		// Again, and too late: it is as it was.
		await ask('tasks/cancel', {taskId});
		const audit = (await shop.run(['audit', 'export'])).out.trimEnd().split('\n');
		const told = audit.map(line => JSON.parse(line).record).filter(({detail}) => detail.startsWith('taken back'));
		expect(told).toEqual([
			expect.objectContaining({
				action: 'rejected',
				principal: 'alice',
				agent: 'claude-code',
				detail: 'taken back by alice, who had asked for it',
			}),
		]);
	});

	test('is none for others, nor is one that never was', async () => {
		const {ask, call} = serve();
		const own = await call('resource_patch', note('mine'));
		const others = await shop.outcome(['k8s', 'scale', 'web', '4']);
		const wrong = ['plan-1m8000000000', 'plan-', 'x', `plan-${'id' in others ? others.id : ''}`, planOf(own.taskId)];
		for (const taskId of wrong)
			for (const method of ['tasks/get', 'tasks/update', 'tasks/cancel'])
				expect((await ask(method, {taskId})).error).toMatchObject({code: -32_602, message: expect.stringContaining('No task of yours')});
	});
});

// Each has a Deployment of its own, and they mostly wait.
describe.concurrent('a canary', () => {
	test('that another process carries out is told of step by step to its end', async () => {
		await shop.settled();
		const {call, follow} = serve();
		const {taskId} = await call('deployment_canary', canaryOf('catalog'));
		const following = follow(taskId);
		const approved = shop.reviewed(['approve', planOf(taskId)], () => {});
		const {told, end} = await following;
		expect(told[0]).toContain('Waits for a person');
		expect(told).toContainEqual(expect.stringMatching(/^Step \d of 8: Judge .* of the traffic for 60s by /));
		expect(end).toMatchObject({status: 'completed', result: {structuredContent: {kind: 'done', output: {verdict: 'promoted'}}}});
		await approved;
	}, 60_000);

	test('under way goes on when it is cancelled, and tells what takes it back', async () => {
		await shop.settled();
		const {call, follow, ask, hears} = serve();
		const {taskId} = await call('deployment_canary', canaryOf('cart'));
		const following = follow(taskId);
		const approved = shop.reviewed(['approve', planOf(taskId)], () => {});
		await hears(({params}) => params?.statusMessage?.startsWith('Step'));
		expect((await ask('tasks/cancel', {taskId})).result).toMatchObject({resultType: 'complete'});
		const {told, end} = await following;
		expect(told).toContainEqual(expect.stringMatching(/^Step .* mkcoa deploy abort$/));
		expect(end.result.structuredContent).toMatchObject({kind: 'done'});
		await approved;
	}, 60_000);

	test('that the one who sits at the client approves there is a task while it lasts', async () => {
		await shop.settled();
		const {ask, follow, get} = serve();
		const both = {...tasksCapability, elicitation: {form: {}}};
		const named = {name: 'deployment_canary', arguments: canaryOf('accounts')};
		const asked = (await ask('tools/call', named, both)).result;
		expect(asked).toMatchObject({resultType: 'input_required', inputRequests: {approve: {method: 'elicitation/create'}}});
		const inputResponses = {approve: {action: 'accept', content: {decision: 'yes'}}};
		const made = (await ask('tools/call', {...named, inputResponses, requestState: asked.requestState}, both)).result;
		expect(made).toMatchObject({resultType: 'task', status: 'working', taskId: expect.stringMatching(/^plan-/)});
		expect(await get(made.taskId)).toMatchObject({createdAt: made.createdAt, ttlMs: made.ttlMs});
		const {told, end} = await follow(made.taskId);
		expect(told.length).toBeGreaterThan(1);
		expect(end).toMatchObject({status: 'completed', result: {structuredContent: {kind: 'done', output: {verdict: 'promoted'}}}});
		expect(end).toMatchObject({createdAt: made.createdAt, ttlMs: made.ttlMs});
	}, 60_000);

	test('that such a task carries out stays where it is when its server ends, which another one tells', async () => {
		await shop.settled();
		const {ask, end} = serve();
		const both = {...tasksCapability, elicitation: {form: {}}};
		const named = {name: 'deployment_canary', arguments: {...canaryOf('recommendations'), interval: '1h'}};
		const asked = (await ask('tools/call', named, both)).result;
		const inputResponses = {approve: {action: 'accept', content: {decision: 'yes'}}};
		const {taskId} = (await ask('tools/call', {...named, inputResponses, requestState: asked.requestState}, both)).result;
		expect(await end()).toMatchObject({code: 0});
		const {status, result} = await serve().get(taskId);
		expect({status, result}).toMatchObject({
			status: 'completed',
			result: {structuredContent: {kind: 'failed', journal: expect.any(String)}},
		});
		expect(JSON.stringify(result)).toContain('mkcoa deploy abort recommendations -n shop');
	}, 60_000);
});
