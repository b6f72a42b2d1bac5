import {beforeAll, describe, expect, test} from 'vitest';
import {kubernetesToolset} from '../../src/mcp/kubernetes/toolset.ts';
import {at} from '../servers/questions.ts';
import {configMap} from './compare/row.ts';
import {connected} from './connected.ts';
import {deployed, podsOf, serves, shop} from './in-shop.ts';
import {onePlane} from './one-plane.ts';

const real = onePlane();
const {mkcoa, printed} = real;
let pod = '';
let crashing = '';
beforeAll(async () => {
	await real.create(shop.deployments(), deploymentOf('crash', 'x:1-crash'));
	await deployed(real, 'web', {replicas: 3});
	await real.merge(shop.deployments('web'), {
		metadata: {annotations: {'kubernetes.io/change-cause': 'the second version'}},
		spec: {template: {spec: {containers: [{name: 'main', image: 'x:2'}]}}},
	});
	await serves(real, 'web', 'x:2', 3);
	await real.eventually(podsOf('web'), list => at(list, 'items', 'length') === 3);
	await real.create('/api/v1/namespaces/shop/services', {
		...{apiVersion: 'v1', kind: 'Service', metadata: {name: 'front'}},
		spec: {selector: {app: 'web'}, ports: [{port: 80}]},
	});
	await real.create('/api/v1/namespaces/shop/secrets', {
		...{apiVersion: 'v1', kind: 'Secret', metadata: {name: 'keys'}},
		stringData: {password: 'canary-hunter2'},
	});
	await real.create(shop.configMaps(), configMap('settings'));
	pod = await firstPod('web');
	crashing = await firstPod('crash');
	await real.eventually(shop.pods(crashing), found => Number(at(found, 'status', 'containerStatuses', 0, 'restartCount')) > 0);
});
const deploymentOf = (name: string, image: string) => ({
	...{apiVersion: 'apps/v1', kind: 'Deployment', metadata: {name}},
	spec: {
		selector: {matchLabels: {app: name}},
		template: {metadata: {labels: {app: name}}, spec: {containers: [{name: 'main', image}]}},
	},
});
const firstPod = async (app: string) =>
	String(at(await real.eventually(podsOf(app), list => at(list, 'items', 0) !== undefined), 'items', 0, 'metadata', 'name'));

/** Names of the tools that a test of this file answered with. */
const shown = new Set<string>();
/** The output of a reading command, it wrote nothing. */
async function read(words: string): Promise<unknown> {
	const before = real.written().length;
	// The role `view` shows no nodes.
	const user = words.endsWith('nodes') ? 'admin' : 'reader';
	const {code, outcome} = await mkcoa(`${words.replace('POD', pod).replace('CRASHING', crashing)} --context ${user}`);
	expect({code, outcome}).toMatchObject({code: 0, outcome: {kind: 'done'}});
	expect(real.written(before)).toEqual([]);
	shown.add(String(at(outcome, 'tool')));
	return at(outcome, 'output');
}

const some = (items: readonly unknown[]) => expect.arrayContaining([...items]);
const like = (fields: object) => expect.objectContaining(fields);
const row = (name: string, more: object = {}) => like({name, ...more});

describe('what the cluster holds is told as it is by', () => {
	test.each<[string, object]>([
		[
			'k8s list deploy',
			{
				kind: 'Deployment',
				namespace: 'shop',
				total: 2,
				rows: some([row('web', {cells: some(['web', '3/3'])}), row('crash', {healthy: false})]),
			},
		],
		[
			'k8s list pods -l app=web',
			{total: 3, complete: true, byStatus: {Running: 3}, rows: [row(expect.any(String)), row(expect.any(String)), row(expect.any(String))]},
		],
		['k8s list pods', {total: 4, rows: some([row(expect.stringMatching(/^crash-/), {healthy: false})])}],
		['k8s list pods --field-selector status.phase=Failed', {total: 0, rows: []}],
		['k8s list pods -A --limit 1', {leftOut: 3, cursor: expect.any(String), rows: [like({namespace: 'shop'})]}],
		[
			'k8s list pods -l app=web --columns .spec.nodeName',
			{columns: some(['.spec.nodeName']), rows: some([row(expect.any(String), {cells: some([expect.stringMatching(/^node-[abc]$/)])})])},
		],
		['k8s list nodes', {kind: 'Node', total: 3, rows: some([row('node-a', {cells: some(['Ready'])})])}],
		[
			'k8s get deployment web',
			{
				value: like({
					kind: 'Deployment',
					spec: like({replicas: 3}),
					metadata: expect.not.objectContaining({managedFields: expect.anything()}),
				}),
			},
		],
		[
			'k8s describe deployment web',
			{
				object: 'Deployment shop/web',
				state: '3/3 ready',
				healthy: true,
				pointedAtBy: some([like({object: 'Service shop/front'})]),
				events: some([like({reason: 'ScalingReplicaSet'})]),
			},
		],
		[
			'k8s describe pod CRASHING',
			{
				state: expect.stringMatching(/restarts$/),
				healthy: false,
				owners: [expect.stringMatching(/^ReplicaSet shop\/crash-/), 'Deployment shop/crash'],
				containers: [row('main', {restarts: expect.any(Number)})],
			},
		],
		[
			'k8s logs POD',
			{
				namespace: 'shop',
				sources: [
					like({container: 'main', trouble: '', lines: some([like({text: expect.stringContaining('INFO starting main version=2')})])}),
				],
			},
		],
		['k8s logs -l app=web --pattern starting', {sources: [like({linesMatched: 1}), like({linesMatched: 1}), like({linesMatched: 1})]}],
		['k8s logs CRASHING --previous', {sources: [like({lines: some([like({text: expect.stringContaining('panic: runtime error')})])})]}],
		['k8s events web', {events: some([like({reason: 'ScalingReplicaSet', object: 'Deployment web', type: 'Normal'})])}],
		['k8s events --type Warning', {events: some([like({reason: 'BackOff'})])}],
		['k8s top nodes', {what: 'nodes', rows: some([row('node-a')])}],
		[
			'k8s history web',
			{
				workload: 'Deployment shop/web',
				revisions: [
					like({number: 1, images: ['main=x:1']}),
					like({number: 2, current: true, images: ['main=x:2'], cause: 'the second version'}),
				],
			},
		],
		['k8s contexts', {contexts: some([like({name: 'admin', current: true, signIn: 'token'}), like({name: 'reader'})])}],
		['k8s namespaces', {namespaces: some([like({name: 'shop', phase: 'Active'})])}],
		['k8s api-resources', {kinds: some([like({plural: 'deployments', apiVersion: 'apps/v1'})])}],
		['k8s permissions delete pods', {answers: [{verb: 'delete', resource: 'pods', allowed: false}]}],
		['k8s permissions get pods', {answers: [{verb: 'get', resource: 'pods', allowed: true}]}],
		['k8s permissions', {namespace: 'shop', rules: some([like({verbs: some(['get'])})])}],
	])('%s', async (words, output) => {
		expect(await read(words)).toMatchObject(output);
	});

	test('pages, that go on where the last one stopped and miss nobody', async () => {
		const names: string[] = [];
		for (let cursor = ''; ; ) {
			const page = await read(`k8s list pods --limit 2${cursor === '' ? '' : ` --cursor ${cursor}`}`);
			const rows = at(page, 'rows');
			if (Array.isArray(rows)) names.push(...rows.map(one => String(at(one, 'name'))));
			if (at(page, 'cursor') === undefined) break;
			cursor = String(at(page, 'cursor'));
		}
		expect(new Set(names).size).toBe(4);
		expect(names).toHaveLength(4);
	});

	test('every reading tool of the server', () => {
		expect([...shown].sort()).toEqual(
			kubernetesToolset
				.filter(({effect}) => effect === 'read')
				.map(({name}) => name)
				.sort(),
		);
	});
});

test('a watch tells what is there, that this is all, and what comes', async () => {
	const {cluster, close} = await connected(real.plane().kubeconfig, 'reader');
	const type = await cluster.typeOf('configmaps');
	const enough = new AbortController();
	const seen: string[] = [];
	for await (const event of cluster.watch({type, namespace: 'shop'}, enough.signal)) {
		seen.push('object' in event ? `${event.type} ${event.object.metadata.name}` : event.type);
		if (event.type === 'synced') await real.create(shop.configMaps(), configMap('watched'));
		if (seen.includes('added watched')) break;
	}
	enough.abort();
	await close();
	expect(seen).toEqual(['added kube-root-ca.crt', 'added settings', 'synced', 'added watched']);
});

describe('people read', () => {
	test('no value of a secret, whoever they are', async () => {
		const {code, out, err} = await printed('k8s get secret keys -n shop');
		expect(code).toBe(0);
		expect(out).toContain('password');
		expect(`${out}${err}`).not.toMatch(/canary-hunter2|Y2FuYXJ5LWh1bnRlcjI/);
	});

	test.each([
		['k8s list secrets', 4, 'reader may not list secrets in namespace shop'],
		['k8s get deployment nothing', 1, 'Deployment shop/nothing does not exist'],
		['k8s list gadgets', 1, 'gadgets'],
		['k8s logs nothing', 1, 'Pod shop/nothing does not exist'],
		['k8s history nothing', 1, 'nothing'],
		['k8s list pods -l a=b=c', 1, "found '=', expected: ',' or 'end of string'"],
	])('why %s ends with %i', async (words, exit, told) => {
		const {code, out, err} = await printed(`${words} -n shop --context reader`);
		expect(code).toBe(exit);
		expect(out).toBe('');
		expect(err).toContain(told);
	});
});
