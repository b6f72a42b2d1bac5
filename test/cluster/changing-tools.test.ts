import {beforeAll, describe, expect, test} from 'vitest';
import {kubernetesToolset} from '../../src/mcp/kubernetes/toolset.ts';
import {at} from '../servers/questions.ts';
import {configMap} from './compare/row.ts';
import {connected} from './connected.ts';
import {deployed, inShop, isRolledOut, podsOf, shop} from './in-shop.ts';
import {onePlane} from './one-plane.ts';

const real = onePlane();
const {mkcoa, printed} = real;
beforeAll(async () => {
	await deployed(real, 'web', {replicas: 2});
	await real.create(shop.configMaps(), configMap('settings'));
	await real.create(shop.configMaps(), configMap('doomed'));
});

const node = '/api/v1/nodes/node-a';
const fresh = JSON.stringify(inShop(configMap('fresh')));
const redSettings = JSON.stringify(inShop(configMap('settings', {color: 'red'})));

/** One change, its one write as the server logs it, and what it is taken back to. */
const changes: readonly (readonly [tool: string, words: string, write: string, path: string, input?: string])[] = [
	['workload_scale', 'k8s scale web 3', `patch ${shop.deployments('web')}/scale`, shop.deployments('web')],
	['workload_restart', 'k8s restart web', `patch ${shop.deployments('web')}`, shop.deployments('web')],
	[
		'resource_patch',
		'k8s patch configmap settings -p {"data":{"color":"red"}}',
		`patch ${shop.configMaps('settings')}`,
		shop.configMaps('settings'),
	],
	[
		'resource_patch',
		'k8s patch deployment web --type strategic -p {"spec":{"template":{"spec":{"containers":[{"name":"main","env":[{"name":"A","value":"b"}]}]}}}}',
		`patch ${shop.deployments('web')}`,
		shop.deployments('web'),
	],
	[
		'resource_patch',
		'k8s patch configmap settings --type json -p [{"op":"add","path":"/data/size","value":"big"}]',
		`patch ${shop.configMaps('settings')}`,
		shop.configMaps('settings'),
	],
	['resource_apply', 'k8s apply -f -', `patch ${shop.configMaps('fresh')}`, shop.configMaps('fresh'), fresh],
	['resource_delete', 'k8s delete configmap doomed', `delete ${shop.configMaps('doomed')}`, shop.configMaps('doomed')],
	['node_cordon', 'k8s cordon node-a', `patch ${node}`, node],
];

/** What people mean by an object: no bookkeeping of the server. */
async function meant(path: string): Promise<unknown> {
	const {status, text} = await real.ask({path});
	if (status === 404) return 'nothing';
	const {metadata, status: _, ...rest} = JSON.parse(text);
	const {resourceVersion, uid, generation, creationTimestamp, managedFields, annotations = {}, ...named} = metadata;
	const {'deployment.kubernetes.io/revision': __, ...others} = annotations;
	return {...rest, metadata: {...named, annotations: others}};
}
/** What was written. A write that the server refused since a controller had moved the version is sent again, and is none. */
const written = (since: number) =>
	real
		.written(since)
		.filter(({code}) => code !== 409)
		.map(({verb, path}) => `${verb} ${path.split('?')[0]}`);
const shown = new Set<string>();

const rows = changes.map(([tool, words, write, path, input = '']) => [tool, words, write, path, input] as const);
describe.each(rows)('%s: mkcoa %s', (tool, words, write, path, input) => {
	test('plans with dry runs alone, and waits when nobody answers', async () => {
		shown.add(tool);
		const before = real.written().length;
		const object = await meant(path);
		const {code, err} = await printed(`${words} -n shop`, input);
		expect(code).toBe(8);
		expect(err).toMatch(/Plan \w+ waits\. Nothing was changed\.\n {2}Review it with: mkcoa approve \w+/);
		expect(await mkcoa(`${words} --dry-run`, input)).toMatchObject({code: 0, outcome: {kind: 'planned', tool}});
		expect(real.written(before)).toEqual([]);
		expect(await meant(path)).toEqual(object);
	});

	test('is done with one write after a yes, and undo makes everything as it was', async () => {
		const [before, object] = [real.written().length, await meant(path)];
		const {code, outcome} = await mkcoa(words, input);
		expect({code, outcome}).toMatchObject({code: 0, outcome: {kind: 'done', tool}});
		expect(written(before)).toEqual([write]);
		expect(await meant(path)).not.toEqual(object);
		expect(await mkcoa(`undo ${at(outcome, 'journal')}`)).toMatchObject({code: 0, outcome: {kind: 'done'}});
		expect(written(before)).toHaveLength(2);
		expect(await meant(path)).toEqual(object);
	});
});

test('a change that is one already is nothing to do', async () => {
	expect(await mkcoa('k8s apply -f -', redSettings)).toMatchObject({code: 0, outcome: {kind: 'done'}});
	const before = real.written().length;
	for (const [words, input] of [['k8s apply -f -', redSettings], ['k8s scale web 2'], ['k8s cordon node-a --uncordon']] as const)
		expect(await mkcoa(words, input)).toMatchObject({code: 0, outcome: {kind: 'nothing-to-do'}});
	expect(real.written(before)).toEqual([]);
});

test('--read-only stops a change before the server hears of it', async () => {
	const before = real.written().length;
	const {code, err} = await printed('k8s scale web 5 -n shop --yes --read-only');
	expect(code).toBe(4);
	expect(err).toContain('This call is read-only');
	expect(real.written(before)).toEqual([]);
});

test('a no, with its words, changes nothing', async () => {
	const {run, close} = await connected(real.plane().kubeconfig, 'admin');
	const before = real.written().length;
	const input = {workload: 'web', replicas: 5};
	const outcome = await run('workload_scale', input, {confirm: async () => ({kind: 'reject', feedback: 'not today'})});
	await close();
	expect(outcome).toMatchObject({kind: 'rejected', by: 'person', feedback: 'not today'});
	expect(real.written(before)).toEqual([]);
});

test('what moved while the person read is left alone, and who moved it is told', async () => {
	const {run, close} = await connected(real.plane().kubeconfig, 'admin');
	const outcome = await run(
		'workload_scale',
		{workload: 'web', replicas: 6},
		{
			async confirm() {
				await real.merge(`${shop.deployments('web')}?fieldManager=kubectl-edit`, {spec: {replicas: 3}});
				return {kind: 'approve'};
			},
		},
	);
	await close();
	expect(outcome).toMatchObject({
		kind: 'drifted',
		moved: [expect.stringMatching(/^Deployment shop\/web moved from generation \d+ to \d+; kubectl-edit wrote it last$/)],
	});
	expect(at(await real.read(shop.deployments('web')), 'spec', 'replicas')).toBe(3);
	await real.merge(shop.deployments('web'), {spec: {replicas: 2}});
});

describe('a pod', () => {
	const firstPod = async () => {
		await real.eventually(shop.deployments('web'), object => isRolledOut(object, 2));
		const pods = at(await real.read(podsOf('web')), 'items');
		// Those of the version before may still be on their way out.
		const staying = Array.isArray(pods) ? pods.find(pod => at(pod, 'metadata', 'deletionTimestamp') === undefined) : undefined;
		return String(at(staying, 'metadata', 'name'));
	};

	test('runs a program only after a person said yes, and its output is data', async () => {
		const pod = await firstPod();
		expect((await mkcoa(`k8s exec ${pod} -- hostname`)).code).toBe(8);
		const {run, close} = await connected(real.plane().kubeconfig, 'admin');
		const done = await run('pod_exec', {pod, namespace: 'shop', command: ['hostname']});
		expect(done).toMatchObject({kind: 'done', output: {exitCode: 0, stdout: `${pod}\n`, stderr: ''}});
		const failed = await run('pod_exec', {pod, namespace: 'shop', command: ['rm', '-r', '/']});
		expect(failed).toMatchObject({kind: 'done', output: {exitCode: 126, stderr: expect.stringContaining('runs no programs')}});
		await close();
		shown.add('pod_exec');
	});

	test('is evicted by one request, and another comes', async () => {
		const pod = await firstPod();
		const before = real.written().length;
		expect(await mkcoa(`k8s evict ${pod}`)).toMatchObject({code: 0, outcome: {kind: 'done', output: {pod: `Pod shop/${pod}`}}});
		expect(written(before)).toEqual([`create ${shop.pods(pod)}/eviction`]);
		await real.gone(shop.pods(pod));
		await real.eventually(shop.deployments('web'), object => isRolledOut(object, 2));
		shown.add('pod_evict');
	});

	test('goes with its node, which opens again by undo', async () => {
		const list = await real.read(podsOf('web'));
		const name = String(at(list, 'items', 0, 'spec', 'nodeName'));
		const before = real.written().length;
		const {code, outcome} = await mkcoa(`k8s drain ${name}`);
		expect({code, outcome}).toMatchObject({code: 0, outcome: {kind: 'done', output: {node: name}}});
		expect(written(before)[0]).toBe(`patch /api/v1/nodes/${name}`);
		expect(
			written(before)
				.slice(1)
				.every(line => line.endsWith('/eviction')),
		).toBe(true);
		expect(at(await real.read(`/api/v1/nodes/${name}`), 'spec', 'unschedulable')).toBe(true);
		expect(await mkcoa('undo')).toMatchObject({code: 0, outcome: {kind: 'done'}});
		expect(at(await real.read(`/api/v1/nodes/${name}`), 'spec', 'unschedulable')).toBeUndefined();
		shown.add('node_drain');
	});
});

test('every changing tool of the server was shown', () => {
	expect([...shown].sort()).toEqual(
		kubernetesToolset
			.filter(({effect}) => effect !== 'read')
			.map(({name}) => name)
			.sort(),
	);
});
