import {afterAll, beforeAll, expect, test} from 'vitest';
import {resourceList} from '../../../src/mcp/kubernetes/tools/resource-list.ts';
import {undo} from '../../../src/mcp/kubernetes/tools/undo.ts';
import {readerOf} from '../../support/change-run.ts';
import {callsOn, textOf} from '../../support/sandbox-calls.ts';
import {sandboxClient} from '../../support/sandbox-client.ts';

let sandbox: Awaited<ReturnType<typeof sandboxClient>>;
let call: ReturnType<typeof callsOn>;
beforeAll(async () => {
	sandbox = await sandboxClient('shop', 'shop');
	call = callsOn(sandbox);
});
afterAll(() => sandbox.stop());

const imageOf = async (name: string) => {
	const {outcome} = await call('resource_get', {kind: 'deploy', name, path: '.spec.template.spec.containers[*].image'});
	return outcome.kind === 'done' ? JSON.stringify(outcome.output) : outcome.kind;
};

test.each([
	['resource_list', {kind: 'pods', allNamespaces: true}, /^\d+ pods: \d+ Running/],
	['resource_list', {kind: 'deployments', columns: ['.spec.replicas']}, /web\t3/],
	['resource_describe', {kind: 'deploy', name: 'web'}, /Service shop\/web routes traffic to its pods/],
	['pod_logs', {labelSelector: 'app=web', tail: 20}, /BEGIN log of pod shop\/web-/],
	['resource_usage', {}, /^NAME\tCPU\tREQUEST/],
	['resource_usage', {what: 'nodes'}, /^NAME\tCPU\tALLOCATABLE/],
	['rollout_history', {workload: 'web'}, /current/],
	['namespaces_list', {}, /shop\tActive/],
	['api_resources_list', {match: 'deploy'}, /apps\/v1/],
	['permissions_check', {verb: 'delete', kind: 'pods'}, /yes\tdelete\tpods/],
	['events_list', {allNamespaces: true}, /LAST\tCOUNT/],
	['contexts_list', {}, /\*\tsandbox/],
])('%s answers on the embedded cluster', async (name, input, text) => {
	expect(textOf(name, (await call(name, input)).outcome)).toMatch(text);
});

test('a change of an image is planned by the server, applied, and taken back', async () => {
	const before = await imageOf('checkout');
	const patch = 'spec: {template: {spec: {containers: [{name: checkout, image: "registry.example/shop/checkout:next"}]}}}';
	const {outcome, trail} = await call('resource_patch', {kind: 'deploy', name: 'checkout', type: 'strategic', patch});
	expect(outcome).toMatchObject({
		kind: 'done',
		plan: {changes: [{computed: 'server', fields: [{after: 'registry.example/shop/checkout:next'}]}]},
	});
	expect(await imageOf('checkout')).toContain('checkout:next');
	const back = await call(undo, {}, readerOf(trail));
	expect(back.outcome.kind).toBe('done');
	expect(await imageOf('checkout')).toBe(before);
});

test('a manifest changes what is there, applying it again has nothing to do, and undo takes it back', async () => {
	const manifest = 'apiVersion: v1\nkind: Service\nmetadata: {name: web, labels: {team: storefront}}\n';
	const labels = async () => (await call('resource_get', {kind: 'svc', name: 'web', path: '.metadata.labels.team'})).outcome;
	const {outcome, trail} = await call('resource_apply', {manifest});
	expect(outcome).toMatchObject({kind: 'done', output: {objects: [{object: 'Service shop/web', operation: 'changed'}]}});
	expect(await labels()).toMatchObject({output: {value: 'storefront'}});
	expect((await call('resource_apply', {manifest})).outcome.kind).toBe('nothing-to-do');
	await call(undo, {}, readerOf(trail));
	expect(await labels()).toMatchObject({output: {value: []}});
});

test('objects are created without their secret values being shown, and deleted by undo', async () => {
	const manifest =
		'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: fresh}\n---\napiVersion: v1\nkind: Secret\nmetadata: {name: fresh}\nstringData: {password: canary-hunter2}\n';
	const {outcome, trail} = await call('resource_apply', {manifest});
	expect(outcome).toMatchObject({kind: 'done', plan: {changes: [{operation: 'create', computed: 'server'}, {operation: 'create'}]}});
	expect(JSON.stringify({outcome, events: trail.events})).not.toContain('canary-hunter2');
	expect((await call(undo, {}, readerOf(trail))).outcome.kind).toBe('done');
	expect((await call('resource_get', {kind: 'secret', name: 'fresh'})).outcome).toMatchObject({kind: 'failed', error: {code: 'not-found'}});
});

test('a field that another manager owns is not taken', async () => {
	const manifest = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 9}\n';
	expect((await call('resource_apply', {manifest})).outcome).toMatchObject({
		kind: 'failed',
		error: {code: 'field-conflict', why: 'kubectl owns .spec.replicas'},
	});
});

test('a deleted service comes back as it was', async () => {
	const {trail} = await call('resource_delete', {kind: 'svc', name: 'search'});
	expect((await call('resource_get', {kind: 'svc', name: 'search'})).outcome.kind).toBe('failed');
	expect((await call(undo, {}, readerOf(trail))).outcome.kind).toBe('done');
	const {outcome} = await call('resource_get', {kind: 'svc', name: 'search', path: '.spec.selector'});
	expect(outcome).toMatchObject({kind: 'done', output: {value: {app: 'search'}}});
});

test('scaling and restarting go through, though status moves all the while', async () => {
	expect((await call('workload_scale', {workload: 'catalog', replicas: 4})).outcome).toMatchObject({
		kind: 'done',
		output: {replicas: 4, before: 3},
	});
	expect((await call('workload_restart', {workload: 'catalog'})).outcome.kind).toBe('done');
});

test('a node is closed, and opened again by undo', async () => {
	const {outcome, trail} = await call('node_cordon', {node: 'node-3'});
	expect(outcome).toMatchObject({kind: 'done'});
	expect((await call('node_cordon', {node: 'node-3'})).outcome).toMatchObject({kind: 'nothing-to-do'});
	await call(undo, {}, readerOf(trail));
	expect(textOf('resource_list', (await call('resource_list', {kind: 'nodes'})).outcome)).not.toContain('SchedulingDisabled');
});

test('a program runs in a pod', async () => {
	const {outcome: pods} = await call('resource_list', {kind: 'pods', labelSelector: 'app=web', limit: 1});
	const pod = pods.kind === 'done' ? resourceList.output.parse(pods.output).rows[0]?.name : undefined;
	const {outcome} = await call('pod_exec', {pod, command: ['hostname']});
	expect(outcome).toMatchObject({kind: 'done', output: {pod, exitCode: 0, stdout: expect.stringContaining(pod ?? 'a pod')}});
});

test("what an earlier patch of mkcoa set may be applied, and others' fields beside it may not", async () => {
	const patch = '{"metadata":{"labels":{"tier":"front"}}}';
	expect((await call('resource_patch', {kind: 'deploy', name: 'payments', patch})).outcome.kind).toBe('done');
	const manifest = (spec = '') =>
		`apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: payments, labels: {tier: back}}\nspec: {${spec}}\n`;
	const {outcome: refused} = await call('resource_apply', {manifest: manifest('replicas: 9')});
	expect(refused).toMatchObject({kind: 'failed', error: {code: 'field-conflict', why: 'kubectl owns .spec.replicas'}});
	expect((await call('resource_apply', {manifest: manifest()})).outcome).toMatchObject({
		kind: 'done',
		plan: {changes: [{computed: 'server', fields: [{path: ['metadata', 'labels', 'tier'], before: 'front', after: 'back'}]}]},
	});
	const {outcome} = await call('resource_get', {kind: 'deploy', name: 'payments', path: '.metadata.labels.tier'});
	expect(outcome).toMatchObject({output: {value: 'back'}});
});
