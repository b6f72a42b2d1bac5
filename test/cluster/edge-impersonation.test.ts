import {PassThrough} from 'node:stream';
import {Client, StreamableHTTPClientTransport} from '@modelcontextprotocol/client';
import {afterEach, beforeAll, expect, test} from 'vitest';
import {at} from '../servers/questions.ts';
import {textOf} from '../support/edge-client.ts';
import {servedOverHttp} from '../support/edge-ways.ts';
import {runMkcoa} from '../support/host.ts';
import {withFlags} from './command-line.ts';
import {deployment} from './compare/row.ts';
import {onePlane} from './one-plane.ts';

/** Alice may change things in one namespace, Bob in another: as the cluster says, by names that are on no key. */
const real = onePlane();
const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
	for (const end of ends.splice(0).reverse()) await end();
});

const rbac = '/apis/rbac.authorization.k8s.io/v1';
const deploymentIn = (namespace: string, name = '') => `/apis/apps/v1/namespaces/${namespace}/deployments${name === '' ? '' : `/${name}`}`;

/** The server's own role `edit` in one namespace. */
async function room(namespace: string, user: string): Promise<void> {
	await real.ask({method: 'POST', path: '/api/v1/namespaces', body: {apiVersion: 'v1', kind: 'Namespace', metadata: {name: namespace}}});
	await real.create(`${rbac}/namespaces/${namespace}/rolebindings`, {
		apiVersion: 'rbac.authorization.k8s.io/v1',
		kind: 'RoleBinding',
		metadata: {name: user},
		roleRef: {apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'edit'},
		subjects: [{apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: user}],
	} as never);
	await real.create(deploymentIn(namespace), deployment(`${namespace}-web`, {replicas: 1}));
	await real.answered(
		{
			method: 'POST',
			path: '/apis/authorization.k8s.io/v1/subjectaccessreviews',
			body: {
				apiVersion: 'authorization.k8s.io/v1',
				kind: 'SubjectAccessReview',
				spec: {user, resourceAttributes: {namespace, verb: 'patch', group: 'apps', resource: 'deployments'}},
			},
		},
		({text}) => at(JSON.parse(text), 'status', 'allowed') === true,
	);
}

const tokens = new Map<string, string>();
beforeAll(async () => {
	await room('blue', 'alice');
	await room('green', 'bob');
	for (const name of ['alice', 'bob', 'system:masters']) {
		const {out} = await real.printed(`mcp keys add ${name} --scopes mkcoa:read,mkcoa:change,mkcoa:destructive --json`);
		tokens.set(name, JSON.parse(out).token);
	}
});

/** `mkcoa mcp serve --http --impersonate` of somebody of the kubeconfig. */
async function serve(context = 'admin', ...flags: readonly string[]): Promise<string> {
	const words = withFlags(['mcp', 'serve', '--allow-changes'], ['--kubeconfig', real.plane().kubeconfig, '--context', context]);
	const {url, stop} = await servedOverHttp({words, folder: real.folder(), flags: ['--impersonate', ...flags]});
	ends.push(stop);
	return url;
}

async function clientAt(url: string, who: string) {
	const client = new Client({name: 'cursor', version: '1'}, {capabilities: {}, versionNegotiation: {mode: 'auto'}});
	const headers = {authorization: `Bearer ${tokens.get(who)}`};
	await client.connect(new StreamableHTTPClientTransport(new URL(url), {requestInit: {headers}}));
	ends.push(() => client.close());
	const call = (name: string, input: {readonly [field: string]: unknown}) => client.callTool({name, arguments: input});
	return {client, call, said: async (...asked: Parameters<typeof call>) => textOf(await call(...asked))};
}

test('the cluster says what each caller may see, in words that he can act on', async () => {
	const url = await serve();
	const [alice, bob] = [await clientAt(url, 'alice'), await clientAt(url, 'bob')];
	const deployments = (namespace: string) => ['resource_list', {kind: 'deployments', namespace}] as const;
	expect(await alice.said(...deployments('blue'))).toContain('blue-web');
	expect(await bob.said(...deployments('green'))).toContain('green-web');
	const refused = await alice.said(...deployments('green'));
	expect(refused).toContain('alice (impersonated by admin) may not list deployments.apps in namespace green');
	expect(refused).toContain('Next: ');
	expect(refused).not.toContain('green-web');
	expect(await alice.said('resource_list', {kind: 'deployments', allNamespaces: true})).toContain(
		'alice (impersonated by admin) may not list',
	);
	for (const uri of ['mkcoa://workloads/green/deployment/green-web', 'mkcoa://incidents/green/green-web']) {
		const told = await alice.client.readResource({uri}).then(JSON.stringify, String);
		expect(told).not.toMatch(/replicas|Available/);
	}
	const names = async (client: Client, namespace: string) => {
		const argument = {name: 'workload', value: ''};
		const asked = {ref: {type: 'ref/prompt' as const, name: 'diagnose'}, argument, context: {arguments: {namespace}}};
		return (await client.complete(asked)).completion.values;
	};
	expect(await names(alice.client, 'green')).toEqual([]);
	expect(await names(bob.client, 'green')).toEqual(['deployment/green-web']);
});

test('what is kept for one caller is not read by another', async () => {
	const url = await serve();
	const [alice, bob] = [await clientAt(url, 'alice'), await clientAt(url, 'bob')];
	const long = await alice.call('resource_describe', {kind: 'deployment', name: 'blue-web', namespace: 'blue', max_tokens: 500});
	const link = long.content.find(part => part.type === 'resource_link')?.uri ?? '';
	expect(link).toMatch(/^mkcoa:\/\/answers\//);
	await expect(alice.client.readResource({uri: link})).resolves.toBeDefined();
	await expect(bob.client.readResource({uri: link})).rejects.toThrow();
	const asked = await alice.call('workload_scale', {workload: 'deployment/blue-web', namespace: 'blue', replicas: 2});
	const {id} = asked.structuredContent as {readonly id: string};
	await expect(bob.client.readResource({uri: `mkcoa://plans/${id}`})).rejects.toThrow();
	expect((await bob.call('plan_result', {id})).structuredContent).toMatchObject({kind: 'unknown'});
	expect((await alice.call('plan_result', {id})).structuredContent).toMatchObject({kind: 'waiting'});
});

test('a plan is made with the rights of the caller, carried out after the yes of the operator, and audited with both', async () => {
	const alice = await clientAt(await serve(), 'alice');
	const before = real.written().length;
	const beyond = await alice.call('workload_scale', {workload: 'deployment/green-web', namespace: 'green', replicas: 0});
	expect([beyond.isError, textOf(beyond)]).toEqual([
		true,
		expect.stringContaining('alice (impersonated by admin) may not get deployments.apps "green-web"'),
	]);
	const asked = await alice.call('workload_scale', {workload: 'deployment/blue-web', namespace: 'blue', replicas: 3});
	const {id} = asked.structuredContent as {readonly id: string};
	expect(real.written(before)).toEqual([]);
	const shown = await approvedByOperator(id);
	expect(shown).toContain('cursor asks for this, on behalf of alice');
	expect((await alice.call('plan_result', {id, wait_seconds: 5})).structuredContent).toMatchObject({
		kind: 'done',
		journal: expect.any(String),
	});
	expect(at(await real.read(deploymentIn('blue', 'blue-web')), 'spec', 'replicas')).toBe(3);
	const lines = (await real.printed('audit export')).out.trimEnd().split('\n');
	const records = lines.map(line => JSON.parse(line).record);
	expect(records).toContainEqual(expect.objectContaining({action: 'waiting', principal: 'alice', agent: 'cursor'}));
	expect(records).toContainEqual(expect.objectContaining({action: 'approved', principal: 'alice', agent: 'cursor', approver: 'operator'}));
});

test('nobody becomes one of the names of Kubernetes', async () => {
	const own = await clientAt(await serve(), 'system:masters');
	const asked = ['resource_list', {kind: 'secrets', allNamespaces: true}] as const;
	expect(await own.said(...asked)).toContain('The cluster is not called as system:masters');
	const prefixed = await clientAt(await serve('admin', 'mcp:'), 'system:masters');
	expect(await prefixed.said(...asked)).toContain('mcp:system:masters (impersonated by admin) may not list secrets');
});

test('an operator who may not impersonate is told so, and how to come to it', async () => {
	const alice = await clientAt(await serve('reader'), 'alice');
	const told = await alice.said('resource_list', {kind: 'pods', namespace: 'blue'});
	expect(told).toMatch(/impersonate/);
	expect(told).toContain('Next: ');
});

/** The operator at a plain terminal, who reads the plan and says yes. */
async function approvedByOperator(id: string): Promise<string> {
	const input = new PassThrough();
	let shown = '';
	const screen = {
		write(text: string) {
			shown += text;
			if (/Apply this plan\? \[y\/N\] $/.test(text)) input.write('y\n');
		},
	};
	const words = ['--kubeconfig', real.plane().kubeconfig, '--context', 'admin', 'approve', id, '--json'];
	const {out, err} = await runMkcoa(words, {
		folder: real.folder(),
		user: 'operator',
		env: {MKCOA_PLAIN: '1'},
		streams: {canAsk: true},
		terminal: {input, screen},
	});
	if (!out.includes('"done"')) throw new Error(`${out}${err}${shown}`);
	return shown;
}
