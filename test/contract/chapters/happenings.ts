import {expect, test} from 'vitest';
import {at, mergePatch, post} from '../../servers/questions.ts';
import {itemsOf, type Reply} from '../reply.ts';
import type {Chapter, Room} from '../room.ts';
import {shows} from '../shows.ts';
import {deployment, job, quota, statefulSet} from '../workloads.ts';

const eventsOf = ({path}: Room, kind: string) => `${path('events')}?fieldSelector=involvedObject.kind%3D${kind}`;
const find = (reply: Reply, reason: string, message: RegExp | string) =>
	itemsOf(reply).find(
		event =>
			at(event, 'reason') === reason &&
			(typeof message === 'string' ? at(event, 'message') === message : message.test(String(at(event, 'message')))),
	);
const told = (room: Room, kind: string, reason: string, message: RegExp | string) =>
	room
		.eventually({path: eventsOf(room, kind)}, reply => find(reply, reason, message) !== undefined)
		.then(reply => find(reply, reason, message));

/** What controllers say about what they did. */
export const happenings: Chapter = open => {
	test('a deployment says how it scales its ReplicaSets', async () => {
		const room = await open();
		const {ask, path, eventually, namespace} = room;
		const {body} = await ask(post(path('deployments'), deployment('web', {replicas: 1})));
		const event = await told(room, 'Deployment', 'ScalingReplicaSet', /^Scaled up replica set web-[a-z0-9]+ from 0 to 1$/);
		expect(event).toMatchObject({
			...{
				type: 'Normal',
				count: 1,
				source: {component: 'deployment-controller'},
				reportingComponent: 'deployment-controller',
			},
			metadata: {name: expect.stringMatching(/^web\.[0-9a-f]+$/), namespace},
			involvedObject: {apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace, uid: at(body, 'metadata', 'uid')},
			...{firstTimestamp: expect.stringMatching(/Z$/), lastTimestamp: expect.stringMatching(/Z$/)},
		});
		await eventually({path: path('deployments', 'web')}, shows({status: {availableReplicas: 1}}));
		await ask(mergePatch(path('deployments', 'web'), {spec: {replicas: 0}}));
		await told(room, 'Deployment', 'ScalingReplicaSet', /^Scaled down replica set web-[a-z0-9]+ from 1 to 0$/);
		await told(room, 'ReplicaSet', 'SuccessfulCreate', /^Created pod: web-[a-z0-9]+-[a-z0-9]{5}$/);
		await told(room, 'ReplicaSet', 'SuccessfulDelete', /^Deleted pod: web-[a-z0-9]+-[a-z0-9]{5}$/);
	});

	test('a StatefulSet and a Job name the pods they make', async () => {
		const room = await open();
		await room.ask(post(room.path('statefulsets'), statefulSet('db', {replicas: 1})));
		await room.ask(post(room.path('jobs'), job('once')));
		await told(room, 'StatefulSet', 'SuccessfulCreate', 'Create Pod db-0 in StatefulSet db successful');
		await told(room, 'Job', 'SuccessfulCreate', /^Created pod: once-[a-z0-9]{5}$/);
		await told(room, 'Job', 'Completed', 'Job completed');
		await room.ask(mergePatch(room.path('statefulsets', 'db'), {spec: {replicas: 0}}));
		await told(room, 'StatefulSet', 'SuccessfulDelete', 'Delete Pod db-0 in StatefulSet db successful');
	});

	test('what happens again is counted, not told again', async () => {
		const room = await open();
		const {ask, path, eventually} = room;
		await ask(post(path('resourcequotas'), quota('none', {pods: '0'})));
		await eventually({path: path('resourcequotas', 'none')}, shows({status: {used: {pods: '0'}}}));
		await ask(post(path('statefulsets'), statefulSet('db', {replicas: 1})));
		const message =
			'Create Pod db-0 in StatefulSet db failed error: pods "db-0" is forbidden: exceeded quota: none, requested: pods=1, used: pods=0, limited: pods=0';
		const isCounted = (reply: Reply) => Number(at(find(reply, 'FailedCreate', message), 'count')) >= 2;
		const reply = await eventually({path: eventsOf(room, 'StatefulSet')}, isCounted);
		expect(itemsOf(reply).filter(event => at(event, 'message') === message)).toHaveLength(1);
		expect(find(reply, 'FailedCreate', message)).toMatchObject({type: 'Warning', involvedObject: {kind: 'StatefulSet', name: 'db'}});
	});

	test('events are found by whom they are about and by what they say', async () => {
		const room = await open();
		await room.ask(post(room.path('deployments'), deployment('web', {replicas: 1})));
		await told(room, 'Deployment', 'ScalingReplicaSet', /./);
		const found = async (selector: string) =>
			itemsOf(await room.ask({path: `${room.path('events')}?fieldSelector=${encodeURIComponent(selector)}`})).length;
		expect(await found('involvedObject.name=web,involvedObject.kind=Deployment,type=Normal')).toBe(1);
		expect(await found('involvedObject.name=web,type=Warning')).toBe(0);
		expect(await found('involvedObject.kind!=Deployment,reason=ScalingReplicaSet')).toBe(0);
	});

	test('the newer form of an event tells the same', async () => {
		const room = await open();
		await room.ask(post(room.path('deployments'), deployment('web', {replicas: 1})));
		const event = await told(room, 'Deployment', 'ScalingReplicaSet', /./);
		const name = String(at(event, 'metadata', 'name'));
		expect(await room.ask({path: `/apis/events.k8s.io/v1/namespaces/${room.namespace}/events/${name}`})).toMatchObject({
			body: {
				...{apiVersion: 'events.k8s.io/v1', kind: 'Event', note: at(event, 'message'), reason: 'ScalingReplicaSet', deprecatedCount: 1},
				regarding: {kind: 'Deployment', name: 'web'},
			},
		});
	});
};
