import {expect, test} from 'vitest';
import {at, erase, mergePatch, post} from '../../servers/questions.ts';
import {configMap, service} from '../objects.ts';
import {itemsOf, refusal} from '../reply.ts';
import type {Chapter, Room} from '../room.ts';
import {conditionOf, shows, showsCondition} from '../shows.ts';
import {deployment, pod, quota} from '../workloads.ts';

const idle = (name: string, more: object = {}) => pod(name, {schedulerName: 'nobody', ...more});
const sized = (resources: object) => ({containers: [{name: 'main', image: 'x:1', resources}]});

/** A quota `few` that the server has counted once. @returns its path */
async function counted({ask, path, eventually}: Room, hard: object, more: object = {}) {
	await ask(post(path('resourcequotas'), quota('few', hard, more)));
	const used = Object.fromEntries(Object.keys(hard).map(name => [name, expect.any(String)]));
	const {body} = await eventually({path: path('resourcequotas', 'few')}, ({body}) => at(body, 'status', 'used') !== undefined);
	expect(at(body, 'status')).toMatchObject({hard, used});
	return path('resourcequotas', 'few');
}
const limit = (name: string, item: object) => ({apiVersion: 'v1', kind: 'LimitRange', metadata: {name}, spec: {limits: [item]}});

/** How much of everything a namespace may have. */
export const quotas: Chapter = open => {
	test('what is there is counted, and what goes is given back', async () => {
		const room = await open();
		const {ask, path, eventually} = room;
		await ask(post(path('services'), service('a')));
		const few = await counted(room, {pods: '2', services: '5', 'count/configmaps': '9', 'count/deployments.apps': '4'});
		await ask(post(path('pods'), idle('a')));
		await ask(post(path('configmaps'), configMap('mine')));
		await ask(post(path('deployments'), deployment('web', {replicas: 0})));
		// Every namespace has one ConfigMap from the start.
		await eventually(
			{path: few},
			shows({status: {used: {pods: '1', services: '1', 'count/configmaps': '2', 'count/deployments.apps': '1'}}}),
		);
		await ask(erase(path('pods', 'a')));
		await ask(erase(path('services', 'a')));
		await eventually({path: few}, shows({status: {used: {pods: '0', services: '0'}}}));
	});

	test('more than that is refused, with the sums', async () => {
		const room = await open();
		const {ask, path} = room;
		await counted(room, {pods: '1', 'requests.cpu': '500m'});
		await ask(post(path('pods'), idle('a', sized({requests: {cpu: '300m'}}))));
		expect(await ask(post(path('pods'), idle('b', sized({requests: {cpu: '400m'}}))))).toMatchObject(
			refusal(
				403,
				'Forbidden',
				'pods "b" is forbidden: exceeded quota: few, requested: pods=1,requests.cpu=400m, used: pods=1,requests.cpu=300m, limited: pods=1,requests.cpu=500m',
				{name: 'b', kind: 'pods'},
			),
		);
	});

	test('a dry run is refused as well, and is not counted', async () => {
		const room = await open();
		const {ask, path} = room;
		const few = await counted(room, {'count/configmaps': '2'});
		expect(await ask(post(`${path('configmaps')}?dryRun=All`, configMap('a')))).toMatchObject({status: 201});
		expect(await ask(post(path('configmaps'), configMap('b')))).toMatchObject({status: 201});
		expect(await ask(post(`${path('configmaps')}?dryRun=All`, configMap('c')))).toMatchObject({status: 403});
		expect(await ask({path: few})).toHaveProperty('body.status.used', {'count/configmaps': '2'});
	});

	test('where cpu is counted, every container has to say how much', async () => {
		const room = await open();
		await counted(room, {'requests.cpu': '1', 'limits.memory': '1Gi'});
		expect(await room.ask(post(room.path('pods'), idle('a')))).toMatchObject(
			refusal(403, 'Forbidden', 'pods "a" is forbidden: failed quota: few: must specify limits.memory for: main; requests.cpu for: main'),
		);
	});

	test('a quota for pods without guarantees leaves others alone', async () => {
		const room = await open();
		const {ask, path, eventually} = room;
		const few = await counted(room, {pods: '1'}, {scopes: ['BestEffort']});
		expect(await ask(post(path('pods'), idle('guaranteed', sized({requests: {cpu: '1m'}}))))).toMatchObject({status: 201});
		expect(await ask(post(path('pods'), idle('a')))).toMatchObject({status: 201});
		await eventually({path: few}, shows({status: {used: {pods: '1'}}}));
		expect(await ask(post(path('pods'), idle('b')))).toMatchObject({
			status: 403,
			body: {message: expect.stringContaining('exceeded quota: few')},
		});
	});

	test('a quota for what ends counts pods with a deadline', async () => {
		const room = await open();
		const {ask, path, eventually} = room;
		const few = await counted(room, {pods: '1'}, {scopes: ['Terminating']});
		await ask(post(path('pods'), idle('endless')));
		await ask(post(path('pods'), idle('short', {activeDeadlineSeconds: 600})));
		await eventually({path: few}, shows({status: {used: {pods: '1'}}}));
		expect(await ask(post(path('pods'), idle('shorter', {activeDeadlineSeconds: 60})))).toMatchObject({status: 403});
		expect(await ask(post(path('pods'), idle('endless-too')))).toMatchObject({status: 201});
	});

	test('replicas that the quota does not allow are missed by name, and made when it does', async () => {
		const room = await open();
		const {ask, path, eventually} = room;
		const few = await counted(room, {pods: '1'});
		await ask(post(path('deployments'), deployment('web', {replicas: 2})));
		const target = path('deployments', 'web');
		const {body} = await eventually({path: target}, showsCondition({type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate'}));
		expect(at(conditionOf(body, 'ReplicaFailure'), 'message')).toMatch(
			/^pods "web-[a-z0-9]+-[a-z0-9]{5}" is forbidden: exceeded quota: few, requested: pods=1, used: pods=1, limited: pods=1$/,
		);
		const [set] = itemsOf(await ask({path: path('replicasets')}));
		expect(conditionOf(set, 'ReplicaFailure')).toMatchObject({status: 'True', reason: 'FailedCreate'});
		await ask(mergePatch(few, {spec: {hard: {pods: '5'}}}));
		await eventually({path: target}, shows({status: {availableReplicas: 2}}));
		await eventually({path: target}, reply => conditionOf(reply.body, 'ReplicaFailure') === undefined);
	});

	test('a limit range fills in what a container leaves open', async () => {
		const {ask, path} = await open();
		const item = {type: 'Container', default: {cpu: '200m', memory: '128Mi'}, defaultRequest: {cpu: '100m'}};
		const made = await ask(post(path('limitranges'), limit('usual', item)));
		expect(made).toMatchObject({status: 201, body: {spec: {limits: [{...item, defaultRequest: {cpu: '100m', memory: '128Mi'}}]}}});
		const {body} = await ask(post(path('pods'), idle('a')));
		expect(body).toMatchObject({
			metadata: {
				annotations: {
					'kubernetes.io/limit-ranger':
						'LimitRanger plugin set: cpu, memory request for container main; cpu, memory limit for container main',
				},
			},
			spec: {containers: [{resources: {limits: {cpu: '200m', memory: '128Mi'}, requests: {cpu: '100m', memory: '128Mi'}}}]},
		});
	});

	test.each([
		['too much', {max: {memory: '1Gi'}}, {limits: {memory: '2Gi'}}, 'maximum memory usage per Container is 1Gi, but limit is 2Gi'],
		['too little', {min: {cpu: '100m'}}, {requests: {cpu: '50m'}}, 'minimum cpu usage per Container is 100m, but request is 50m'],
		[
			'too much of a difference',
			{maxLimitRequestRatio: {cpu: '2'}},
			{requests: {cpu: '100m'}, limits: {cpu: '500m'}},
			'cpu max limit to request ratio per Container is 2, but provided ratio is 5.000000',
		],
	])('a limit range refuses %s', async (_, item, resources, message) => {
		const {ask, path} = await open();
		await ask(post(path('limitranges'), limit('usual', {type: 'Container', ...item})));
		expect(await ask(post(path('pods'), idle('a', sized(resources))))).toMatchObject(
			refusal(403, 'Forbidden', `pods "a" is forbidden: ${message}`),
		);
	});

	test('a limit range refuses a pod whose containers together want too much, and a claim that is too large', async () => {
		const {ask, path} = await open();
		await ask(post(path('limitranges'), limit('pods', {type: 'Pod', max: {cpu: '1'}})));
		await ask(post(path('limitranges'), limit('claims', {type: 'PersistentVolumeClaim', max: {storage: '1Gi'}})));
		const containers = ['one', 'two'].map(name => ({name, image: 'x:1', resources: {limits: {cpu: '600m'}}}));
		expect(await ask(post(path('pods'), idle('a', {containers})))).toMatchObject({
			status: 403,
			body: {message: 'pods "a" is forbidden: maximum cpu usage per Pod is 1, but limit is 1200m'},
		});
		const claim = {
			apiVersion: 'v1',
			kind: 'PersistentVolumeClaim',
			metadata: {name: 'big'},
			spec: {accessModes: ['ReadWriteOnce'], resources: {requests: {storage: '2Gi'}}},
		};
		expect(await ask(post(path('persistentvolumeclaims'), claim))).toMatchObject({
			status: 403,
			body: {
				message: 'persistentvolumeclaims "big" is forbidden: maximum storage usage per PersistentVolumeClaim is 1Gi, but request is 2Gi',
			},
		});
	});
};
