import {mkdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import {servedOverHttp} from '../../support/edge-ways.ts';
import {type RawAnswer, rawCall} from '../../support/raw-edge.ts';
import {openShop} from '../../support/shop.ts';

/** A shop whose policy lets the one who sits at the client say yes to scaling, and to nothing else. */
const shop = await openShop({speed: 1});
await mkdir(join(shop.folder, 'config', 'mkcoa'), {recursive: true});
await writeFile(join(shop.folder, 'config', 'mkcoa', 'policy.yaml'), 'rules:\n  - {tool: workload_scale, effect: ask, client: true}\n');

const keyOf = async (name: string, scopes: string): Promise<string> =>
	JSON.parse((await shop.run(['mcp', 'keys', 'add', name, '--scopes', scopes, '--json'])).out).token;
const all = 'mkcoa:read,mkcoa:change,mkcoa:destructive';
const tokens = {alice: await keyOf('alice', all), mallory: await keyOf('mallory', all), reader: await keyOf('reader', 'mkcoa:read')};
type Who = keyof typeof tokens;

const words = ['--kubeconfig', shop.kubeconfig, '-n', 'shop', 'mcp', 'serve', '--allow-changes'];
const start = () => servedOverHttp({words, folder: shop.folder, flags: []});
let server: Awaited<ReturnType<typeof start>>;
let other: typeof server;
beforeAll(async () => {
	[server, other] = await Promise.all([start(), start()]);
});
afterAll(() => Promise.all([server.stop(), other.stop()]));
beforeEach(() => shop.sandbox.requests.clear());

const effects = () => shop.sandbox.requests.writes().map(({method, path}) => `${method} ${path}`);
const oneScale = ['PATCH /apis/apps/v1/namespaces/shop/deployments/worker/scale'];
const replicas = () => (shop.get({kind: 'Deployment', name: 'worker'}).spec as {readonly replicas: number}).replicas;

type More = {readonly at?: string; readonly headers?: {readonly [name: string]: string}; readonly capabilities?: object};
const call = (who: Who, name: string, input: object, more: object = {}, {at = server.url, ...rest}: More = {}) =>
	rawCall({url: at, token: tokens[who], params: {name, arguments: input, ...more}, ...rest});
const read = (who: Who, uri: string) => rawCall({url: server.url, token: tokens[who], method: 'resources/read', params: {uri}});

const yes = {approve: {action: 'accept', content: {decision: 'yes'}}};
const scaled = (to: number) => ({workload: 'deployment/worker', replicas: to});
const stateOf = ({result}: RawAnswer) => String(result?.requestState);
/** Asks for a scale that nobody has asked for yet; the question's state. */
async function asked(who: Who, to = replicas() + 1) {
	const answer = await call(who, 'workload_scale', scaled(to));
	expect(answer.result).toMatchObject({resultType: 'input_required'});
	return {state: stateOf(answer), to, brings: {requestState: stateOf(answer), inputResponses: yes}};
}

test('a yes that was given to the question is done once: brought again, also at once and to two servers, it is none', async () => {
	const {brings, to} = await asked('alice');
	const answers = await Promise.all(Array.from({length: 6}, () => call('alice', 'workload_scale', scaled(to), brings)));
	expect(effects()).toEqual(oneScale);
	expect(replicas()).toBe(to);
	expect(answers.filter(({text}) => text.includes('"kind":"done"'))).toHaveLength(1);
	const again = await call('alice', 'workload_scale', scaled(to), brings);
	expect(again.text).toContain('waits');
	expect(effects()).toEqual(oneScale);
});

test('other arguments beside a yes change nothing of what was shown', async () => {
	const {brings, to} = await asked('alice');
	await call('alice', 'workload_scale', {workload: 'deployment/web', replicas: 0}, brings);
	expect([effects(), replicas()]).toEqual([oneScale, to]);
});

describe('a state changes nothing', () => {
	const forged: readonly (readonly [string, (state: string) => string])[] = [
		['of nobody', () => 'yes'],
		['that is empty', () => ''],
		['whose signature is cut', state => state.slice(0, -6)],
		['whose letters are others', state => state.toUpperCase()],
		['with a second one behind it', state => `${state}.${state}`],
		[
			'that was edited',
			state => {
				const [version, body = '', mac] = state.split('.');
				const text = Buffer.from(body, 'base64url').toString().replace('worker', 'web').replace('alice', 'mallory');
				return [version, Buffer.from(`${text} `).toString('base64url'), mac].join('.');
			},
		],
	];

	test.each(forged)('%s', async (_, forge) => {
		const {state, to} = await asked('alice');
		const answer = await call('alice', 'workload_scale', scaled(to), {requestState: forge(state), inputResponses: yes});
		expect(effects()).toEqual([]);
		expect(answer.text).not.toContain('"kind":"done"');
	});

	test('of somebody else', async () => {
		const {brings, to} = await asked('alice');
		const answer = await call('mallory', 'workload_scale', scaled(to), brings);
		expect([answer.error !== undefined, effects()]).toEqual([true, []]);
	});

	test('of another server', async () => {
		const {brings, to} = await asked('alice');
		const answer = await call('alice', 'workload_scale', scaled(to), brings, {at: other.url});
		expect([answer.error !== undefined, effects()]).toEqual([true, []]);
	});

	test('of another tool', async () => {
		const {brings} = await asked('alice');
		const answer = await call('alice', 'workload_restart', {workload: 'deployment/worker'}, brings);
		expect(answer.text).toContain('"kind":"waiting"');
		expect(effects()).toEqual([]);
	});

	test.each([
		['no answer beside it', undefined],
		['another decision', {approve: {action: 'accept', content: {decision: 'YES'}}}],
		['a decision that is no word', {approve: {action: 'accept', content: {decision: true}}}],
		['an answer to another question', {other: {action: 'accept', content: {decision: 'yes'}}}],
		['an answer without its action', {approve: {content: {decision: 'yes'}}}],
		['an answer in the prototype', JSON.parse('{"__proto__": {"approve": {"action": "accept", "content": {"decision": "yes"}}}}')],
	])('with %s', async (_, inputResponses) => {
		const {state, to} = await asked('alice');
		await call('alice', 'workload_scale', scaled(to), {requestState: state, inputResponses});
		expect(effects()).toEqual([]);
	});
});

test('what policy does not leave to the client is not asked there, and an answer that nobody asked for is none', async () => {
	const wish = {workload: 'deployment/worker'};
	const answer = await call('alice', 'workload_restart', wish, {inputResponses: yes});
	expect(answer.result).toMatchObject({structuredContent: {kind: 'waiting'}});
	expect(effects()).toEqual([]);
});

describe('a plan of somebody else', () => {
	test('is none, by its id, by its digest and by what came of it', async () => {
		const wish = {workload: 'deployment/web', replicas: 4};
		const made = await call('alice', 'workload_scale', wish, {}, {capabilities: {}});
		const {id} = (made.result?.structuredContent ?? {}) as {readonly id: string};
		const [, digest = ''] = /sha256:([0-9a-f]{64})/.exec((await shop.run(['approve', id, '--dry-run', '--json'])).out) ?? [];
		expect((await read('alice', `mkcoa://plans/${id}`)).text).toContain('spec.replicas');
		for (const name of [id, digest, digest.slice(0, 8), `sha256:${digest}`]) {
			const told = await read('mallory', `mkcoa://plans/${encodeURIComponent(name)}`);
			expect(told.text).not.toMatch(/spec\.replicas|Scale/);
			expect((await call('mallory', 'plan_result', {id: name})).text).toContain('unknown');
		}
	});

	test('with the same digest as one of his own does not show its id', async () => {
		const wish = {workload: 'deployment/web', replicas: 5};
		const [of = '', own = ''] = await Promise.all(
			(['alice', 'mallory'] as const).map(async who => {
				const made = await call(who, 'workload_scale', wish, {}, {capabilities: {}});
				return String(Object(made.result?.structuredContent).id);
			}),
		);
		const [, digest = ''] = /sha256:([0-9a-f]{64})/.exec((await shop.run(['approve', of, '--dry-run', '--json'])).out) ?? [];
		expect((await read('mallory', `mkcoa://plans/${own}`)).text).toContain('spec.replicas');
		const told = await read('mallory', `mkcoa://plans/${digest.slice(0, 12)}`);
		expect([own === of, told.text.includes(of)]).toEqual([false, false]);
	});
});

describe('a header', () => {
	test.each([
		['names another tool than the body', {'mcp-name': 'resource_list'}],
		['names another method', {'mcp-method': 'tools/list'}],
		['names a tool twice', {'mcp-name': 'workload_scale, resource_list'}],
		['names an older revision', {'mcp-protocol-version': '2025-11-25'}],
		['asks for another method', {'x-http-method-override': 'GET'}],
	])('that %s opens nothing to a key that only reads', async (_, headers) => {
		const answer = await call('reader', 'workload_scale', scaled(9), {}, {headers});
		expect(answer.status).toBeGreaterThanOrEqual(400);
		expect([answer.text.includes('waiting'), effects()]).toEqual([false, []]);
	});

	test('that names a tool that reads opens nothing where the body names another', async () => {
		const answer = await call('alice', 'workload_scale', scaled(9), {}, {headers: {'mcp-name': 'resource_list'}});
		expect([answer.error !== undefined, effects()]).toEqual([true, []]);
	});
});

test('a session of somebody else is none', async () => {
	const ask = async (token: string, body: object, session?: string) =>
		fetch(server.url, {
			method: 'POST',
			headers: {
				authorization: `Bearer ${token}`,
				'content-type': 'application/json',
				accept: 'application/json, text/event-stream',
				...(session === undefined ? {} : {'mcp-session-id': session}),
			},
			body: JSON.stringify(body),
		});
	const params = {protocolVersion: '2025-11-25', capabilities: {}, clientInfo: {name: 'x', version: '1'}};
	const begun = await ask(tokens.alice, {jsonrpc: '2.0', id: 1, method: 'initialize', params});
	const session = begun.headers.get('mcp-session-id') ?? '';
	await begun.text();
	const list = {jsonrpc: '2.0', id: 2, method: 'tools/list', params: {}};
	expect((await ask(tokens.alice, list, session)).status).toBe(200);
	expect((await ask(tokens.mallory, list, session)).status).toBe(404);
	const gone = await fetch(server.url, {method: 'DELETE', headers: {authorization: `Bearer ${tokens.mallory}`, 'mcp-session-id': session}});
	expect(gone.status).toBe(404);
});
