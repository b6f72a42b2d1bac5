import {expect, test} from 'vitest';
import {type ApiUnderTest, configMap, configMaps, deployment, deployments, pod, startApi} from './support/api-client.ts';

const type = 'application/apply-patch+yaml';
const config = (spec: object, metadata: object = {}) => ({
	apiVersion: 'apps/v1',
	kind: 'Deployment',
	metadata: {name: 'web', ...metadata},
	spec,
});
const full = (replicas?: number) => {
	const {spec} = deployment('web');
	const {replicas: _one, ...rest} = spec;
	return config(replicas === undefined ? rest : {...rest, replicas});
};
const apply = ({call}: ApiUnderTest, manager: string, body: unknown, more = '') =>
	call('PATCH', `${deployments}/web?fieldManager=${manager}${more}`, {type, body});

test('apply creates, and owns exactly what it mentions', async () => {
	const world = await startApi();
	const {status, body} = await apply(world, 'ci', full(2));
	expect(status).toBe(201);
	expect(body.metadata.managedFields).toEqual([
		{
			manager: 'ci',
			operation: 'Apply',
			apiVersion: 'apps/v1',
			time: '2026-01-01T00:00:00Z',
			fieldsType: 'FieldsV1',
			fieldsV1: {
				'f:spec': {
					'f:replicas': {},
					'f:selector': {},
					'f:template': {
						'f:metadata': {'f:labels': {'f:app': {}}},
						'f:spec': {'f:containers': {'k:{"name":"main"}': {'.': {}, 'f:image': {}, 'f:name': {}}}},
					},
				},
			},
		},
	]);
});

test.each(['1', '999999'])('an apply that creates passes over version %s, which can only be of nothing', async resourceVersion => {
	const world = await startApi();
	const {spec} = full(2);
	const {status, body} = await apply(world, 'ci', config(spec, {resourceVersion}));
	expect(status).toBe(201);
	expect(body.metadata.resourceVersion).not.toBe(resourceVersion);
	expect((await apply(world, 'ci', config(spec, {resourceVersion}))).body).toMatchObject({
		code: 409,
		message: expect.stringContaining('the object has been modified'),
	});
});

test('a uid of nothing is a conflict', async () => {
	const world = await startApi();
	expect((await apply(world, 'ci', config(full(2).spec, {uid: 'u-1', resourceVersion: '7'}))).body).toMatchObject({
		code: 409,
		reason: 'Conflict',
		message:
			'Operation cannot be fulfilled on deployments.apps "web": uid mismatch: the provided object specified uid u-1, and no existing object was found',
		details: {name: 'web', group: 'apps', kind: 'deployments'},
	});
	expect((await world.call('GET', `${deployments}/web`)).status).toBe(404);
});

test('changing what another manager set is a conflict that names the field and the owner', async () => {
	const world = await startApi();
	await apply(world, 'ci', full(2));
	await world.call('PATCH', `${deployments}/web?fieldManager=kubectl`, {type: 'application/merge-patch+json', body: {spec: {replicas: 5}}});
	const {status, body} = await apply(world, 'ci', full(3));
	expect([status, body]).toMatchObject([
		409,
		{
			reason: 'Conflict',
			message: 'Apply failed with 1 conflict: conflict with "kubectl" using apps/v1: .spec.replicas',
			details: {causes: [{reason: 'FieldManagerConflict', message: 'conflict with "kubectl" using apps/v1', field: '.spec.replicas'}]},
		},
	]);
});

test('several conflicts are listed by owner', async () => {
	const world = await startApi();
	await apply(world, 'ci', full(2));
	const other = config({replicas: 9, template: {spec: {containers: [{name: 'main', image: 'other:1'}]}}});
	expect((await apply(world, 'argocd', other)).body.message).toBe(
		'Apply failed with 2 conflicts: conflicts with "ci":\n- .spec.replicas\n- .spec.template.spec.containers[name="main"].image',
	);
});

test('force takes the field over', async () => {
	const world = await startApi();
	await apply(world, 'ci', full(2));
	const {status, body} = await apply(world, 'ops', config({replicas: 9}), '&force=true');
	expect([status, body]).toMatchObject([200, {spec: {replicas: 9}}]);
	const owners = body.metadata.managedFields;
	expect(owners).toMatchObject([{manager: 'ci'}, {manager: 'ops', fieldsV1: {'f:spec': {'f:replicas': {}}}}]);
	expect(JSON.stringify(owners).match(/f:replicas/g)).toHaveLength(1);
});

test('the same value is shared without a conflict, and stays while one owner is left', async () => {
	const world = await startApi();
	await apply(world, 'ci', full(2));
	expect((await apply(world, 'ops', config({replicas: 2}))).status).toBe(200);
	expect((await apply(world, 'ci', full())).body).toMatchObject({spec: {replicas: 2}});
	expect((await apply(world, 'ops', config({}))).body).toMatchObject({spec: {replicas: 1}});
});

test('what a manager no longer applies goes, with all that was defaulted below it', async () => {
	const world = await startApi();
	const probe = {httpGet: {port: 80}};
	const withProbe = full(2);
	const [main] = deployment('web').spec.template.spec.containers;
	const template = {
		metadata: {labels: {app: 'web'}},
		spec: {
			containers: [
				{...main, livenessProbe: probe},
				{name: 'extra', image: 'x:1'},
			],
		},
	};
	const first = await apply(world, 'ci', {...withProbe, spec: {...withProbe.spec, template}});
	expect(first.body).toMatchObject({spec: {template: {spec: {containers: [{livenessProbe: {periodSeconds: 10}}, {name: 'extra'}]}}}});
	const {body} = await apply(world, 'ci', full(2));
	expect(JSON.stringify(body.spec)).not.toMatch(/livenessProbe|extra/);
	expect(JSON.stringify(body.spec)).toContain('"terminationMessagePath"');
});

test('applying the same again changes nothing', async () => {
	const world = await startApi();
	const first = await apply(world, 'ci', full(2));
	await world.clock.advance(5000);
	const again = await apply(world, 'ci', full(2));
	expect(again.body).toEqual(first.body);
});

test('an update takes ownership of the fields it changes, in its own entry', async () => {
	const {call} = await startApi();
	const {body: made} = await call('POST', `${configMaps}?fieldManager=maker`, {body: configMap('a', {x: '1', y: '1'}, {app: 'a'})});
	await call('PUT', `${configMaps}/a?fieldManager=changer`, {body: {...made, data: {x: '2', z: '1'}}});
	const {body} = await call('GET', `${configMaps}/a`);
	expect(body.metadata.managedFields).toMatchObject([
		{manager: 'changer', operation: 'Update', fieldsV1: {'f:data': {'f:x': {}, 'f:z': {}}}},
		{manager: 'maker', operation: 'Update', fieldsV1: {'f:data': {}, 'f:metadata': {'f:labels': {'.': {}, 'f:app': {}}}}},
	]);
	expect(JSON.stringify(body.metadata.managedFields)).not.toContain('f:y');
});

test('a status write is kept in an entry of its own subresource', async () => {
	const {api, call} = await startApi();
	await call('POST', deployments, {body: deployment('web')});
	const before = api.machine.get('Deployment', 'default', 'web');
	const after = before && api.machine.update({...before, status: {replicas: 1}}, 'kube-controller-manager', 'status');
	expect(after?.metadata.managedFields).toMatchObject([
		{manager: 'kube-controller-manager', subresource: 'status', fieldsV1: {'f:status': {'f:replicas': {}}}},
		{manager: 'test'},
	]);
});

test.each([
	[
		'without a manager',
		'',
		full(1),
		422,
		'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
	],
	[
		'with a field no type has',
		'ci',
		config({replica: 1}),
		500,
		'failed to create typed patch object (/web; apps/v1, Kind=Deployment): .spec.replica: field not declared in schema',
	],
	['with managed fields of its own', 'ci', config({}, {managedFields: []}), 400, 'metadata.managedFields must be nil'],
] as const)('apply %s is refused', async (_what, manager, body, status, message) => {
	const reply = await apply(await startApi(), manager, body);
	expect([reply.status, reply.body.message]).toEqual([status, message]);
});

test('apply as a dry run answers the result and stores nothing', async () => {
	const world = await startApi();
	expect((await apply(world, 'ci', full(2), '&dryRun=All')).body).toMatchObject({spec: {replicas: 2, progressDeadlineSeconds: 600}});
	expect(world.api.machine.list('Deployment')).toEqual([]);
});

test('a list that names an item twice cannot be applied', async () => {
	const world = await startApi();
	const twice = config({
		template: {
			spec: {
				containers: [
					{name: 'main', image: 'x:1'},
					{name: 'main', image: 'x:2'},
				],
			},
		},
	});
	expect((await apply(world, 'ci', twice)).body.message).toBe(
		'failed to create typed patch object (/web; apps/v1, Kind=Deployment): .spec.template.spec.containers: duplicate entries for key [name="main"]',
	);
});

test('nobody owns the node of a pod, and no generation counts it', async () => {
	const {api} = await startApi();
	const made = api.machine.create(pod('a'), 'kubectl');
	const bound = api.machine.update({...made, spec: {...Object(made.spec), nodeName: 'n1'}}, 'kube-scheduler', 'binding');
	expect(bound.metadata).toMatchObject({generation: 1, managedFields: made.metadata.managedFields});
});

test.each([
	['kubectl', 200],
	['ci', 409],
] as const)('what kubectl applied from the client, %s takes over: %i', async (manager, status) => {
	const world = await startApi();
	const annotations = {'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify(full(2))};
	const body = {...full(2), metadata: {name: 'web', annotations}};
	await world.call('POST', `${deployments}?fieldManager=kubectl-client-side-apply`, {body});
	expect((await apply(world, manager, full(3))).status).toBe(status);
});

test('a field somebody changed since is not the last applied one any more', async () => {
	const world = await startApi();
	const annotations = {'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify(full(2))};
	await world.call('POST', `${deployments}?fieldManager=kubectl-client-side-apply`, {
		body: {...full(2), metadata: {name: 'web', annotations}},
	});
	await world.call('PATCH', `${deployments}/web?fieldManager=hand`, {type: 'application/merge-patch+json', body: {spec: {replicas: 5}}});
	expect((await apply(world, 'kubectl', full(3))).body.message).toBe(
		'Apply failed with 1 conflict: conflict with "hand" using apps/v1: .spec.replicas',
	);
});
