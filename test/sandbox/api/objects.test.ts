import {expect, test} from 'vitest';
import {configMap, configMaps, deployment, deployments, pod, startApi} from './support/api-client.ts';

test('a new object gets its identity, its times and its defaults', async () => {
	const {call} = await startApi();
	const {status, body} = await call('POST', deployments, {body: deployment('web')});
	expect(status).toBe(201);
	expect(body.metadata).toMatchObject({name: 'web', namespace: 'default', generation: 1, creationTimestamp: '2026-01-01T00:00:00Z'});
	expect(body.metadata.uid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
	expect(body).toMatchObject({spec: {strategy: {rollingUpdate: {maxSurge: '25%'}}, template: {spec: {restartPolicy: 'Always'}}}});
});

test('creating what exists is refused', async () => {
	const {call} = await startApi();
	await call('POST', configMaps, {body: configMap('a')});
	const {status, body} = await call('POST', configMaps, {body: configMap('a')});
	expect([status, body]).toMatchObject([
		409,
		{reason: 'AlreadyExists', message: 'configmaps "a" already exists', details: {name: 'a', kind: 'configmaps'}},
	]);
});

test('a name is made from its prefix', async () => {
	const {call} = await startApi();
	const {body} = await call('POST', configMaps, {body: {...configMap(''), metadata: {generateName: 'part-'}}});
	expect(body.metadata.name).toMatch(/^part-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
});

test('what is not there is not found', async () => {
	const {call} = await startApi();
	const {status, body} = await call('GET', `${deployments}/web`);
	expect([status, body]).toMatchObject([
		404,
		{kind: 'Status', reason: 'NotFound', message: 'deployments.apps "web" not found', details: {group: 'apps'}},
	]);
});

test('objects need a namespace that exists', async () => {
	const {call} = await startApi();
	const {status, body} = await call('POST', '/api/v1/namespaces/nowhere/configmaps', {body: configMap('a')});
	expect([status, body]).toMatchObject([404, {message: 'namespaces "nowhere" not found'}]);
});

test('a replacement with an old version is refused, without a version it wins', async () => {
	const {call} = await startApi();
	const {body: first} = await call('POST', configMaps, {body: configMap('a', {x: '1'})});
	await call('PUT', `${configMaps}/a`, {body: {...first, data: {x: '2'}}});
	const stale = await call('PUT', `${configMaps}/a`, {body: {...first, data: {x: '3'}}});
	expect([stale.status, stale.body]).toMatchObject([
		409,
		{
			reason: 'Conflict',
			message:
				'Operation cannot be fulfilled on configmaps "a": the object has been modified; please apply your changes to the latest version and try again',
		},
	]);
	expect((await call('PUT', `${configMaps}/a`, {body: configMap('a', {x: '4'})})).body).toMatchObject({data: {x: '4'}});
});

test('a write of nothing new keeps the version', async () => {
	const {call} = await startApi();
	const {body} = await call('POST', deployments, {body: deployment('web')});
	const again = await call('PUT', `${deployments}/web`, {body});
	expect(again.body.metadata.resourceVersion).toBe(body.metadata.resourceVersion);
});

test('the generation follows the spec alone', async () => {
	const {call} = await startApi();
	const {body} = await call('POST', deployments, {body: deployment('web')});
	const labelled = await call('PUT', `${deployments}/web`, {body: {...body, metadata: {...body.metadata, labels: {tier: 'x'}}}});
	expect(labelled.body.metadata.generation).toBe(1);
	const status = await call('PUT', `${deployments}/web/status`, {
		body: {...labelled.body, status: {replicas: 3}, spec: {...deployment('web').spec, replicas: 9}},
	});
	expect(status.body).toMatchObject({metadata: {generation: 1}, status: {replicas: 3}, spec: {replicas: 1}});
	const scaled = await call('PATCH', `${deployments}/web`, {
		type: 'application/merge-patch+json',
		body: {spec: {replicas: 5}, status: {replicas: 8}},
	});
	expect(scaled.body).toMatchObject({metadata: {generation: 2}, status: {replicas: 3}, spec: {replicas: 5}});
});

test.each([
	['POST', deployments, deployment('new')],
	['PUT', `${deployments}/web`, deployment('web', 7)],
	['DELETE', `${deployments}/web`, undefined],
] as const)('%s as a dry run answers in full and stores nothing', async (method, path, body) => {
	const {api, call} = await startApi();
	await call('POST', deployments, {body: deployment('web')});
	const before = api.machine.list('Deployment');
	api.requests.clear();
	const {status} = await call(method, `${path}?dryRun=All`, body === undefined ? {} : {body});
	expect(status).toBeLessThan(300);
	expect(api.machine.list('Deployment')).toEqual(before);
	expect(api.requests.all()).toMatchObject([{method, dryRun: true, user: 'admin'}]);
	expect(api.requests.writes()).toEqual([]);
});

test('the scale of a workload is read and written on its own', async () => {
	const {call} = await startApi();
	await call('POST', deployments, {body: deployment('web', 2)});
	const {body} = await call('GET', `${deployments}/web/scale`);
	expect(body).toMatchObject({kind: 'Scale', apiVersion: 'autoscaling/v1', spec: {replicas: 2}, status: {selector: 'app=web'}});
	const scaled = await call('PUT', `${deployments}/web/scale`, {body: {...body, spec: {replicas: 6}}});
	expect(scaled.body).toMatchObject({kind: 'Scale', spec: {replicas: 6}});
	const {body: web} = await call('GET', `${deployments}/web`);
	expect(web).toMatchObject({spec: {replicas: 6}, metadata: {managedFields: [{subresource: 'scale'}, {operation: 'Update'}]}});
	// As on a real server, who only scales has no time.
	expect(web).not.toHaveProperty('metadata.managedFields.0.time');
});

test('controllers write through the same rules as everybody', async () => {
	const {api} = await startApi();
	const made = api.machine.create(pod('a'));
	expect(made).toMatchObject({spec: {tolerations: [{tolerationSeconds: 300}, {}], serviceAccountName: 'default'}});
	expect(Object.isFrozen(made.metadata)).toBe(true);
	expect(() => api.machine.create(pod('a'))).toThrow('pods "a" already exists');
	const seen: string[] = [];
	const stop = api.machine.watch(({type, object}) => seen.push(`${type} ${object.metadata.name}`), ['Pod']);
	api.machine.update({...made, status: {phase: 'Running'}}, 'kubelet', 'status');
	api.machine.remove('Pod', 'default', 'a', {graceSeconds: 0});
	stop();
	api.machine.create(pod('b'));
	expect(seen).toEqual(['MODIFIED a', 'DELETED a']);
});

test('false is written as nothing where the API has no third value', async () => {
	const {call} = await startApi();
	await call('POST', deployments, {body: {...deployment('web'), spec: {...deployment('web').spec, paused: true}}});
	const {body} = await call('PATCH', `${deployments}/web`, {type: 'application/merge-patch+json', body: {spec: {paused: false}}});
	expect(body.spec).not.toHaveProperty('paused');
});

test('a new node is tainted until it is seen ready, and keeps the status it registers with', async () => {
	const {call} = await startApi();
	const body = {apiVersion: 'v1', kind: 'Node', metadata: {name: 'n'}, status: {nodeInfo: {osImage: 'Own'}}};
	expect((await call('POST', '/api/v1/nodes', {body})).body).toMatchObject({
		spec: {taints: [{key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule'}]},
		status: {daemonEndpoints: {kubeletEndpoint: {Port: 0}}, nodeInfo: {osImage: 'Own', kernelVersion: ''}},
	});
});
