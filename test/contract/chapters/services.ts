import {expect, test} from 'vitest';
import {at, erase, mergePatch, post} from '../../servers/questions.ts';
import {service} from '../objects.ts';
import {itemsOf, type Reply, refusal, uidOf} from '../reply.ts';
import type {Chapter, Room} from '../room.ts';
import {isGone, shows} from '../shows.ts';
import {pod} from '../workloads.ts';

const slicesOf = ({path}: Room, name = 'web') => `${path('endpointslices')}?labelSelector=kubernetes.io%2Fservice-name%3D${name}`;
const endpoints = (reply: Reply): readonly unknown[] => itemsOf(reply).flatMap(slice => at(slice, 'endpoints') ?? []);
const conditions = (reply: Reply) => endpoints(reply).map(one => at(one, 'conditions'));
const isServed = (reply: Reply) => endpoints(reply).length > 0 && endpoints(reply).every(one => at(one, 'conditions', 'ready') === true);

/** Addresses for pods that come and go. */
export const services: Chapter = open => {
	test('a service lists the pods behind it once they are ready', async () => {
		const room = await open();
		const {ask, path, eventually, namespace} = room;
		const uid = uidOf(await ask(post(path('services'), service('web', {ports: [{name: 'http', port: 80, targetPort: 'http'}]}))));
		const podUid = uidOf(await ask(post(path('pods'), pod('web', {nodeSelector: {'kubernetes.io/hostname': 'node-b'}}))));
		const [slice] = itemsOf(await eventually({path: slicesOf(room)}, isServed));
		const ip = at((await ask({path: path('pods', 'web')})).body, 'status', 'podIP');
		expect(slice).toMatchObject({
			metadata: {
				name: expect.stringMatching(/^web-[a-z0-9]{5}$/),
				labels: {'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io', 'kubernetes.io/service-name': 'web'},
				ownerReferences: [{apiVersion: 'v1', kind: 'Service', name: 'web', uid, controller: true, blockOwnerDeletion: true}],
			},
			addressType: 'IPv4',
			endpoints: [
				{
					addresses: [ip],
					conditions: {ready: true, serving: true, terminating: false},
					...{nodeName: 'node-b', zone: expect.any(String), targetRef: {kind: 'Pod', name: 'web', namespace, uid: podUid}},
				},
			],
			ports: [{name: 'http', port: 80, protocol: 'TCP'}],
		});
	});

	test('a pod that is not ready is listed as such', async () => {
		const room = await open();
		await room.ask(post(room.path('services'), service('web')));
		await room.ask(post(room.path('pods'), pod('web', {image: 'x:unready'})));
		const reply = await room.eventually({path: slicesOf(room)}, found => endpoints(found).length === 1);
		expect(conditions(reply)).toEqual([{ready: false, serving: false, terminating: false}]);
	});

	test('unless the service wants it all the same', async () => {
		const room = await open();
		await room.ask(post(room.path('services'), service('web', {publishNotReadyAddresses: true})));
		await room.ask(post(room.path('pods'), pod('web', {image: 'x:unready'})));
		const reply = await room.eventually({path: slicesOf(room)}, found => endpoints(found).length === 1);
		expect(conditions(reply)).toEqual([{ready: true, serving: false, terminating: false}]);
	});

	test('a pod that is going still serves, but is no longer ready', async () => {
		const room = await open();
		const {ask, path, eventually} = room;
		await ask(post(path('services'), service('web')));
		await ask(post(path('pods'), pod('web', {metadata: {labels: {app: 'web'}, finalizers: ['contract.example/held']}})));
		await eventually({path: slicesOf(room)}, isServed);
		await ask(erase(path('pods', 'web')));
		const reply = await eventually({path: slicesOf(room)}, found =>
			endpoints(found).some(one => at(one, 'conditions', 'terminating') === true),
		);
		expect(endpoints(reply)[0]).toHaveProperty('conditions.ready', false);
		await ask(mergePatch(path('pods', 'web'), {metadata: {finalizers: null}}));
		await eventually({path: slicesOf(room)}, found => endpoints(found).length === 0);
	});

	test('other labels, or another selector, are other endpoints', async () => {
		const room = await open();
		const {ask, path, eventually} = room;
		await ask(post(path('services'), service('web')));
		await ask(post(path('pods'), pod('web')));
		await ask(post(path('pods'), pod('api')));
		const names = (reply: Reply) =>
			endpoints(reply)
				.map(one => at(one, 'targetRef', 'name'))
				.join();
		await eventually({path: slicesOf(room)}, reply => names(reply) === 'web');
		await ask(mergePatch(path('services', 'web'), {spec: {selector: {app: 'api'}}}));
		await eventually({path: slicesOf(room)}, reply => names(reply) === 'api');
		await ask(mergePatch(path('pods', 'api'), {metadata: {labels: {app: 'other'}}}));
		await eventually({path: slicesOf(room)}, reply => names(reply) === '');
	});

	test('a headless service has no address of its own, and says so on its slice', async () => {
		const room = await open();
		const {ask, path, eventually} = room;
		expect(await ask(post(path('services'), service('web', {clusterIP: 'None'})))).toMatchObject({
			status: 201,
			body: {spec: {clusterIP: 'None', clusterIPs: ['None']}},
		});
		await ask(post(path('pods'), pod('web')));
		const [slice] = itemsOf(await eventually({path: slicesOf(room)}, isServed));
		expect(slice).toHaveProperty('metadata.labels', expect.objectContaining({'service.kubernetes.io/headless': ''}));
	});

	test('a service that only names another host has neither address nor endpoints', async () => {
		const room = await open();
		const {ask, path} = room;
		const {body} = await ask(
			post(path('services'), {
				apiVersion: 'v1',
				kind: 'Service',
				metadata: {name: 'out'},
				spec: {type: 'ExternalName', externalName: 'db.example.com'},
			}),
		);
		expect(body).toMatchObject({spec: {type: 'ExternalName', externalName: 'db.example.com'}});
		expect(at(body, 'spec', 'clusterIP')).toBeUndefined();
		expect(await ask(post(path('services'), service('no', {type: 'ExternalName'})))).toMatchObject({
			status: 422,
			body: {message: expect.stringContaining('spec.externalName')},
		});
	});

	test('an address is taken once', async () => {
		const {ask, path} = await open();
		const {body} = await ask(post(path('services'), service('a')));
		const clusterIP = String(at(body, 'spec', 'clusterIP'));
		expect(clusterIP).toMatch(/^10\.96\./);
		expect(at(body, 'spec')).toMatchObject({
			type: 'ClusterIP',
			sessionAffinity: 'None',
			ipFamilies: ['IPv4'],
			ipFamilyPolicy: 'SingleStack',
			clusterIPs: [clusterIP],
		});
		expect(await ask(post(path('services'), service('b', {clusterIP})))).toMatchObject(
			refusal(
				422,
				'Invalid',
				`Service "b" is invalid: spec.clusterIPs: Invalid value: ["${clusterIP}"]: failed to allocate IP ${clusterIP}: provided IP is already allocated`,
			),
		);
	});

	test('an address of another network is refused, and an address is not exchanged', async () => {
		const {ask, path} = await open();
		expect(await ask(post(path('services'), service('a', {clusterIP: '192.168.1.1'})))).toMatchObject({
			status: 422,
			body: {
				message: expect.stringContaining('failed to allocate IP 192.168.1.1: the provided network does not match the current range'),
			},
		});
		await ask(post(path('services'), service('a')));
		expect(await ask(mergePatch(path('services', 'a'), {spec: {clusterIP: '10.96.77.77', clusterIPs: ['10.96.77.77']}}))).toMatchObject({
			status: 422,
			body: {message: expect.stringContaining('may not change once set')},
		});
	});

	test('a port of the nodes is taken once, and from the range', async () => {
		const {ask, path} = await open();
		const {body} = await ask(post(path('services'), service('a', {type: 'NodePort'})));
		const nodePort = Number(at(body, 'spec', 'ports', 0, 'nodePort'));
		expect(nodePort).toBeGreaterThanOrEqual(30_000);
		expect(nodePort).toBeLessThanOrEqual(32_767);
		const asked = (port: number) => ask(post(path('services'), service('b', {type: 'NodePort', ports: [{port: 80, nodePort: port}]})));
		const refused = (port: number, why: string) =>
			refusal(422, 'Invalid', `Service "b" is invalid: spec.ports[0].nodePort: Invalid value: ${port}: ${why}`);
		expect(await asked(nodePort)).toMatchObject(refused(nodePort, 'provided port is already allocated'));
		expect(await asked(80)).toMatchObject(refused(80, 'provided port is not in the valid range. The range of valid ports is 30000-32767'));
	});

	test('a service opens to the nodes and closes again, and keeps its address', async () => {
		const {ask, path} = await open();
		const {body} = await ask(post(path('services'), service('a')));
		const clusterIP = at(body, 'spec', 'clusterIP');
		const opened = await ask(mergePatch(path('services', 'a'), {spec: {type: 'NodePort'}}));
		expect(opened).toMatchObject({status: 200, body: {spec: {type: 'NodePort', clusterIP, externalTrafficPolicy: 'Cluster'}}});
		expect(at(opened.body, 'spec', 'ports', 0, 'nodePort')).toBeGreaterThanOrEqual(30_000);
		const closed = await ask(mergePatch(path('services', 'a'), {spec: {type: 'ClusterIP'}}));
		expect(closed).toMatchObject({status: 200, body: {spec: {type: 'ClusterIP', clusterIP}}});
		expect(at(closed.body, 'spec', 'ports', 0, 'nodePort')).toBeUndefined();
	});

	test.each([
		['no name, of two', [{port: 80}, {port: 81}], 'spec.ports[0].name: Required value'],
		[
			'the same name',
			[
				{name: 'a', port: 80},
				{name: 'a', port: 81},
			],
			'spec.ports[1].name: Duplicate value: "a"',
		],
		[
			'the same number',
			[
				{name: 'a', port: 80},
				{name: 'b', port: 80},
			],
			'spec.ports[1]: Duplicate value: {"Name":"","Protocol":"TCP","AppProtocol":null,"Port":80,"TargetPort":0,"NodePort":0}',
		],
		['no number that exists', [{port: 70_000}], 'spec.ports[0].port: Invalid value: 70000: must be between 1 and 65535, inclusive'],
	])('ports with %s are refused', async (_, ports, message) => {
		const {ask, path} = await open();
		expect(await ask(post(path('services'), service('a', {ports})))).toMatchObject({
			status: 422,
			body: {message: expect.stringContaining(message)},
		});
	});

	test('the endpoints go with the service', async () => {
		const room = await open();
		const {ask, path, eventually} = room;
		await ask(post(path('services'), service('web')));
		await eventually({path: slicesOf(room)}, reply => itemsOf(reply).length === 1);
		await eventually({path: `/api/v1/namespaces/${room.namespace}/endpoints/web`}, ({status}) => status === 200);
		await ask(erase(path('services', 'web')));
		await eventually({path: slicesOf(room)}, shows({items: []}));
		await eventually({path: `/api/v1/namespaces/${room.namespace}/endpoints/web`}, isGone);
	});

	test('a service without a selector is left to others', async () => {
		const room = await open();
		const {ask, path, eventually} = room;
		await ask(post(path('services'), {apiVersion: 'v1', kind: 'Service', metadata: {name: 'bare'}, spec: {ports: [{port: 80}]}}));
		await ask(post(path('services'), service('web')));
		await eventually({path: slicesOf(room)}, reply => itemsOf(reply).length === 1);
		expect(itemsOf(await ask({path: slicesOf(room, 'bare')}))).toEqual([]);
	});
};
