import {expect, test} from 'vitest';
import {resourceDescribe} from '../../../../src/mcp/kubernetes/tools/resource-describe.ts';
import {fakeCluster} from '../../../support/fake-cluster.ts';
import {deployment, event, node, objectOf, ownedBy, pod} from '../../../support/shop-objects.ts';
import {toolContext} from '../../../support/tool-context.ts';

const view = {width: 100, terminal: true, nowMs: Date.UTC(2026, 0, 1, 0, 10)};
const web = deployment('web');
const replicaSet = objectOf('apps/v1', 'ReplicaSet', 'web-1', {metadata: ownedBy(web)});
const crashing = pod('web-1-a', {ready: false, waiting: 'CrashLoopBackOff', metadata: ownedBy(replicaSet)});
const service = objectOf('v1', 'Service', 'front', {spec: {selector: {app: 'web'}}});
const objects = [
	web,
	replicaSet,
	crashing,
	service,
	event('BackOff', {object: 'web-1-a', last: '2026-01-01T00:05:00Z', count: 7, message: 'Back-off \u001b[31mrestarting'}),
];

async function describe(input: object, world: Parameters<typeof fakeCluster>[0] = {objects}) {
	const {context} = toolContext(fakeCluster(world).cluster);
	const output = await resourceDescribe.run(resourceDescribe.input.parse(input), context);
	return {output, text: resourceDescribe.text(output, view)};
}

test('tells what a pod suffers from, whose it is, and what points at it', async () => {
	const {text} = await describe({kind: 'pod', name: 'web-1-a'});
	expect(text.slice(0, text.indexOf('\napiVersion'))).toMatchInlineSnapshot(`
		"Pod shop/web-1-a: CrashLoopBackOff, 7 restarts
		Owned by ReplicaSet shop/web-1
		Owned by Deployment shop/web
		Service shop/front routes traffic to its pods

		Containers
		web: CrashLoopBackOff, 7 restarts: it keeps ending, and the kubelet waits longer before each new start; its last run ended: OOMKilled (exit code 137)

		Conditions
		Ready is False

		Events
		LAST   COUNT   TYPE      REASON    MESSAGE
		5m         7   Warning   BackOff   Back-off restarting
		"
	`);
});

test('tells how far a workload is', async () => {
	expect((await describe({kind: 'deploy', name: 'web'})).output).toMatchObject({
		state: '0/3 ready, 0 updated',
		healthy: false,
		pointedAtBy: [{object: 'Service shop/front'}],
	});
});

test('names the users of a config map', async () => {
	const spec = {template: {spec: {containers: [{name: 'c', envFrom: [{configMapRef: {name: 'settings'}}]}]}}};
	const world = {objects: [objectOf('v1', 'ConfigMap', 'settings', {data: {}}), objectOf('apps/v1', 'Deployment', 'user', {spec})]};
	expect((await describe({kind: 'cm', name: 'settings'}, world)).output.pointedAtBy).toEqual([
		{object: 'Deployment shop/user', how: 'uses it: environment of container c'},
	]);
});

test('says what it was not allowed to look at', async () => {
	const {output} = await describe({kind: 'deploy', name: 'web'}, {objects, denied: ['services']});
	expect(output.notChecked).toEqual(['services: reading them is not allowed']);
});

test('finds an owner that lives in no namespace', async () => {
	const mirror = pod('etcd', {
		metadata: {ownerReferences: [{apiVersion: 'v1', kind: 'Node', name: 'node-1', uid: 'uid-Node-node-1', controller: true}]},
	});
	expect((await describe({kind: 'pod', name: 'etcd'}, {objects: [node(), mirror]})).output.owners).toEqual(['Node node-1']);
});

test('says what keeps an object that is being deleted', async () => {
	const held = objectOf('v1', 'ConfigMap', 'held', {
		metadata: {deletionTimestamp: '2026-01-01T00:00:00Z', finalizers: ['example.org/hold']},
	});
	expect((await describe({kind: 'cm', name: 'held'}, {objects: [held]})).output.state).toBe(
		'is being deleted; it waits for example.org/hold',
	);
});
