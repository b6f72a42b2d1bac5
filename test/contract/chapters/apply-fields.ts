import {expect, test} from 'vitest';
import {apply, at, mergePatch, post} from '../../servers/questions.ts';
import {deployment, pod, podSpec, service} from '../objects.ts';
import {cause, refusal} from '../reply.ts';
import type {Chapter, Room} from '../room.ts';

const container = (name: string, more: object = {}) => ({name, image: 'x:1', ...more});
const pausedDeployment = (...containers: readonly object[]) =>
	deployment('web', {replicas: 0, spec: {paused: true}, template: {containers}});
const containersOf = (body: unknown) => at(body, 'spec', 'template', 'spec', 'containers');

const applying =
	({ask, path}: Room, plural: 'deployments' | 'services' | 'pods', name: string) =>
	(manager: string, object: object, more = '') =>
		ask(apply(`${path(plural, name)}?fieldManager=${manager}${more}`, object));

/** Server-side apply inside lists: which are merged by a key, which are sets, and which are one value. */
export const applyFields: Chapter = open => {
	test('containers are items of their own by name', async () => {
		const write = applying(await open(), 'deployments', 'web');
		await write('ann', pausedDeployment(container('main')));
		const both = await write('bob', {
			apiVersion: 'apps/v1',
			kind: 'Deployment',
			metadata: {name: 'web'},
			spec: {template: {spec: {containers: [container('side', {image: 'y:1'})]}}},
		});
		expect(both.status).toBe(200);
		expect(containersOf(both.body)).toMatchObject([
			{name: 'main', image: 'x:1'},
			{name: 'side', image: 'y:1'},
		]);
		expect(await write('bob', pausedDeployment(container('main', {image: 'z:1'})))).toMatchObject({
			status: 409,
			body: {
				message: 'Apply failed with 1 conflict: conflict with "ann": .spec.template.spec.containers[name="main"].image',
				details: {causes: [{field: '.spec.template.spec.containers[name="main"].image'}]},
			},
		});
	});

	test('an item that is no longer applied goes, whatever its defaults are', async () => {
		const write = applying(await open(), 'deployments', 'web');
		await write('ann', pausedDeployment(container('main'), container('side')));
		const changed = await write('ann', pausedDeployment(container('side')));
		expect(containersOf(changed.body)).toMatchObject([{name: 'side'}]);
	});

	test('an item stays while another manager has a field of it', async () => {
		const room = await open();
		const write = applying(room, 'deployments', 'web');
		await write('ann', pausedDeployment(container('main'), container('side')));
		const env = [{name: 'COLOR', value: 'blue'}];
		await write('bob', pausedDeployment(container('main'), container('side', {env})));
		const changed = await write('ann', pausedDeployment(container('main')));
		expect(containersOf(changed.body)).toMatchObject([{name: 'main'}, {name: 'side', env}]);
	});

	test('environment variables are items by name, arguments are one value', async () => {
		const write = applying(await open(), 'deployments', 'web');
		const environment = (...names: readonly string[]) => names.map(name => ({name, value: 'x'}));
		await write('ann', pausedDeployment(container('main', {env: environment('A'), args: ['one']})));
		const both = await write('bob', pausedDeployment(container('main', {env: environment('B')})));
		expect(containersOf(both.body)).toMatchObject([{env: environment('A', 'B'), args: ['one']}]);
		expect(await write('bob', pausedDeployment(container('main', {args: ['one', 'two']})))).toMatchObject({
			status: 409,
			body: {details: {causes: [{field: '.spec.template.spec.containers[name="main"].args'}]}},
		});
	});

	test('ports of a service are items by number and protocol', async () => {
		const write = applying(await open(), 'services', 'web');
		await write('ann', service('web', {ports: [{port: 80, protocol: 'TCP'}]}));
		const both = await write('bob', {
			apiVersion: 'v1',
			kind: 'Service',
			metadata: {name: 'web'},
			spec: {ports: [{port: 80, protocol: 'UDP', name: 'fast'}]},
		});
		// A second port wants names for both, which is a matter of validity and not of ownership.
		expect(both).toMatchObject({status: 422, body: {details: {causes: [{reason: 'FieldValueRequired', field: 'spec.ports[0].name'}]}}});
	});

	test('finalizers are a set of which each manager owns its own', async () => {
		const write = applying(await open(), 'services', 'web');
		const finalized = (...finalizers: readonly string[]) => ({...service('web'), metadata: {name: 'web', finalizers}});
		await write('ann', finalized('example.com/a'));
		const both = await write('bob', finalized('example.com/b'));
		expect(both).toHaveProperty('body.metadata.finalizers', ['example.com/a', 'example.com/b']);
		const less = await write('ann', service('web'));
		expect(less).toHaveProperty('body.metadata.finalizers', ['example.com/b']);
		await write('bob', service('web'));
	});

	test('a selector is one value', async () => {
		const write = applying(await open(), 'services', 'web');
		await write('ann', service('web', {selector: {app: 'web'}}));
		expect(await write('bob', service('web', {selector: {app: 'web', tier: 'front'}}))).toMatchObject(
			refusal(409, 'Conflict', 'Apply failed with 1 conflict: conflict with "ann": .spec.selector', {
				causes: [cause('FieldManagerConflict', '.spec.selector', 'conflict with "ann"')],
			}),
		);
	});

	test('labels are fields of their own', async () => {
		const write = applying(await open(), 'services', 'web');
		const labelled = (labels: object) => ({...service('web'), metadata: {name: 'web', labels}});
		await write('ann', labelled({a: '1'}));
		expect(await write('bob', labelled({b: '2'}))).toHaveProperty('body.metadata.labels', {a: '1', b: '2'});
		expect(await write('bob', labelled({a: '3'}))).toMatchObject({
			status: 409,
			body: {details: {causes: [{field: '.metadata.labels.a'}]}},
		});
	});

	test('an item that is applied twice is refused', async () => {
		const {ask, path} = await open();
		const doubled = pod('web', {containers: [container('main'), container('main')]});
		expect(await ask(apply(`${path('pods', 'web')}?fieldManager=ann`, doubled))).toMatchObject(
			refusal(
				500,
				'',
				'failed to create typed patch object (/web; /v1, Kind=Pod): .spec.containers: duplicate entries for key [name="main"]',
			),
		);
	});

	test('a scale takes the replicas from who applied them', async () => {
		const room = await open();
		const {ask, path} = room;
		const write = applying(room, 'deployments', 'web');
		await write('ann', pausedDeployment(container('main')));
		await ask(mergePatch(`${path('deployments', 'web', 'scale')}?fieldManager=scaler`, {spec: {replicas: 2}}));
		expect(await write('ann', pausedDeployment(container('main')))).toMatchObject({
			status: 409,
			body: {
				message: expect.stringContaining('conflict with "scaler" with subresource "scale"'),
				details: {causes: [{field: '.spec.replicas'}]},
			},
		});
	});

	test('the status is applied on its own, and owned apart', async () => {
		const room = await open();
		const {ask, path} = room;
		await ask(post(path('pods'), pod('web', {...podSpec(), schedulerName: 'none'})));
		const condition = {type: 'example.com/Warm', status: 'True', lastProbeTime: null, lastTransitionTime: '2026-01-01T00:00:00Z'};
		const reply = await ask(
			apply(`${path('pods', 'web', 'status')}?fieldManager=ann`, {
				apiVersion: 'v1',
				kind: 'Pod',
				metadata: {name: 'web'},
				spec: {activeDeadlineSeconds: 9},
				status: {conditions: [condition]},
			}),
		);
		expect(reply).toMatchObject({
			status: 200,
			body: {status: {conditions: expect.arrayContaining([expect.objectContaining({type: 'example.com/Warm'})])}},
		});
		expect(reply).not.toHaveProperty('body.spec.activeDeadlineSeconds');
		expect(at(reply.body, 'metadata', 'managedFields')).toContainEqual(
			expect.objectContaining({manager: 'ann', operation: 'Apply', subresource: 'status'}),
		);
	});
};
