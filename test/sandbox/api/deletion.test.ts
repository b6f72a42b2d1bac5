import {expect, test} from 'vitest';
import {configMap, configMaps, deployment, deployments, pod, startApi} from './support/api-client.ts';

/** A deployment, a replica set it owns and a pod that one owns. */
async function family() {
	const world = await startApi();
	const {machine} = world.api;
	const {body: owner} = await world.call('POST', deployments, {body: deployment('web')});
	const owned = (kind: string, {metadata}: {metadata: {name: string; uid?: string | undefined}}) => [
		{apiVersion: 'apps/v1', kind, name: metadata.name, uid: metadata.uid ?? '', controller: true, blockOwnerDeletion: true},
	];
	const {spec} = deployment('web');
	const set = machine.create({
		apiVersion: 'apps/v1',
		kind: 'ReplicaSet',
		metadata: {name: 'web-1', namespace: 'default', ownerReferences: owned('Deployment', owner)},
		spec: {selector: spec.selector, template: spec.template},
	});
	const one = pod('web-1-a');
	machine.create({...one, metadata: {...one.metadata, ownerReferences: owned('ReplicaSet', set)}});
	const left = () => ['Deployment', 'ReplicaSet', 'Pod'].filter(kind => machine.list(kind).length > 0);
	return {...world, left};
}

test.each([
	['Background', []],
	['Foreground', []],
	['Orphan', ['ReplicaSet', 'Pod']],
] as const)('%s deletion of an owner', async (propagationPolicy, kinds) => {
	const {api, call, left} = await family();
	const {status} = await call('DELETE', `${deployments}/web`, {body: {kind: 'DeleteOptions', apiVersion: 'v1', propagationPolicy}});
	expect(status).toBe(200);
	expect(left()).toEqual(kinds);
	for (const set of api.machine.list('ReplicaSet')) expect(set.metadata.ownerReferences).toBeUndefined();
});

test('foreground deletion waits for a pod that its node still stops', async () => {
	const {api, call, left} = await family();
	const [running] = api.machine.list('Pod');
	if (running !== undefined) api.machine.update({...running, spec: {...Object(running.spec), nodeName: 'n1'}}, 'kube-scheduler');
	await call('DELETE', `${deployments}/web?propagationPolicy=Foreground`);
	expect(left()).toEqual(['Deployment', 'ReplicaSet', 'Pod']);
	expect(api.machine.get('Deployment', 'default', 'web')?.metadata).toMatchObject({
		finalizers: ['foregroundDeletion'],
		deletionTimestamp: expect.any(String),
	});
	api.machine.remove('Pod', 'default', 'web-1-a', {graceSeconds: 0});
	expect(left()).toEqual([]);
});

test('a pod on a node is given its time, then goes at the word of its node', async () => {
	const {api, call} = await startApi();
	api.machine.create(pod('a', {nodeName: 'n1'}));
	const path = '/api/v1/namespaces/default/pods/a';
	const {body} = await call('DELETE', path);
	expect(body).toMatchObject({kind: 'Pod', metadata: {deletionTimestamp: '2026-01-01T00:00:30Z', deletionGracePeriodSeconds: 30}});
	expect((await call('GET', path)).status).toBe(200);
	api.machine.remove('Pod', 'default', 'a', {graceSeconds: 0});
	expect((await call('GET', path)).status).toBe(404);
});

test('a pod without a node goes at once', async () => {
	const {api, call} = await startApi();
	api.machine.create(pod('a'));
	expect((await call('DELETE', '/api/v1/namespaces/default/pods/a')).status).toBe(200);
	expect(api.machine.list('Pod')).toEqual([]);
});

test('finalizers hold an object until the last one is taken away', async () => {
	const {call} = await startApi();
	await call('POST', configMaps, {body: {...configMap('a'), metadata: {name: 'a', finalizers: ['example.com/hold']}}});
	const {body} = await call('DELETE', `${configMaps}/a`);
	expect(body.metadata).toMatchObject({deletionTimestamp: '2026-01-01T00:00:00Z', finalizers: ['example.com/hold']});
	await call('PATCH', `${configMaps}/a`, {type: 'application/merge-patch+json', body: {metadata: {finalizers: null}}});
	expect((await call('GET', `${configMaps}/a`)).status).toBe(404);
});

test.each([
	['uid', {uid: '00000000-0000-0000-0000-000000000000'}],
	['resourceVersion', {resourceVersion: '1'}],
] as const)('a precondition on the %s protects from deleting another object', async (_what, preconditions) => {
	const {call} = await startApi();
	await call('POST', configMaps, {body: configMap('a')});
	const {status, body} = await call('DELETE', `${configMaps}/a`, {body: {preconditions}});
	expect([status, body.reason]).toEqual([409, 'Conflict']);
	expect((await call('GET', `${configMaps}/a`)).status).toBe(200);
});

test('a collection is deleted by its selector', async () => {
	const {api, call} = await startApi();
	for (const name of ['a', 'b', 'c']) await call('POST', configMaps, {body: configMap(name, {}, {keep: String(name === 'b')})});
	await call('DELETE', `${configMaps}?labelSelector=keep%3Dfalse`);
	expect(api.machine.list('ConfigMap', 'default').map(({metadata}) => metadata.name)).toEqual(['b']);
});

test('a namespace takes its content with it', async () => {
	const {api, call} = await startApi();
	await call('POST', '/api/v1/namespaces', {body: {apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'shop'}}});
	await call('POST', '/api/v1/namespaces/shop/configmaps', {body: configMap('a')});
	const {body} = await call('DELETE', '/api/v1/namespaces/shop');
	expect(body).toMatchObject({kind: 'Namespace', status: {phase: 'Terminating'}});
	expect(api.machine.get('Namespace', undefined, 'shop')).toBeUndefined();
	expect(api.machine.list('ConfigMap', 'shop')).toEqual([]);
});

test('a namespace stays while something in it is held, and takes nothing new', async () => {
	const {api, call} = await startApi();
	await call('POST', '/api/v1/namespaces', {body: {apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'shop'}}});
	await call('POST', '/api/v1/namespaces/shop/configmaps', {
		body: {...configMap('a'), metadata: {name: 'a', finalizers: ['example.com/hold']}},
	});
	await call('DELETE', '/api/v1/namespaces/shop');
	const refused = await call('POST', '/api/v1/namespaces/shop/configmaps', {body: configMap('b')});
	expect(refused).toMatchObject({
		status: 403,
		body: {message: 'configmaps "b" is forbidden: unable to create new content in namespace shop because it is being terminated'},
	});
	await call('PATCH', '/api/v1/namespaces/shop/configmaps/a', {type: 'application/merge-patch+json', body: {metadata: {finalizers: null}}});
	expect(api.machine.get('Namespace', undefined, 'shop')).toBeUndefined();
});
