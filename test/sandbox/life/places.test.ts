import {describe, expect, test} from 'vitest';
import type {JsonObject} from '../../../src/core/json.ts';
import {service} from '../../../src/sandbox/scenarios/objects.ts';
import {deployment} from '../../../src/sandbox/scenarios/workloads.ts';
import {type SandboxWorld, sandboxWorld} from '../../support/sandbox-world.ts';

const web = (tag = '1.0', replicas = 2) =>
	deployment({namespace: 'app', name: 'web', image: `registry.example/team/web:${tag}`, replicas, port: 8080});

describe('Service', () => {
	const slices = (world: SandboxWorld) =>
		world.list('EndpointSlice').flatMap(({endpoints = [], ports = []}) => ({
			ready: endpoints.filter(({conditions}) => conditions?.ready).length,
			all: endpoints.length,
			ports: ports.map(({port}) => port),
		}));

	test('lists the ready pods with the number behind the port name', async () => {
		const world = await sandboxWorld({objects: [web(), service({namespace: 'app', name: 'web'})]});
		await world.advance(20);
		expect(slices(world)).toEqual([{ready: 2, all: 2, ports: [8080]}]);
		expect(world.machine.get('Endpoints', 'app', 'web')?.subsets).toMatchObject([
			{addresses: [{}, {}], ports: [{name: 'http', port: 8080}]},
		]);
	});

	test('a pod that is not ready is listed as such', async () => {
		const world = await sandboxWorld({objects: [web('1.0-unready'), service({namespace: 'app', name: 'web'})]});
		await world.advance(20);
		expect(slices(world)).toEqual([{ready: 0, all: 2, ports: [8080]}]);
	});

	test('a selector that matches nothing has no endpoints', async () => {
		const world = await sandboxWorld({objects: [web(), service({namespace: 'app', name: 'web', selector: {app: 'wbe'}})]});
		await world.advance(20);
		expect(slices(world)).toEqual([{ready: 0, all: 0, ports: []}]);
		expect(world.machine.get('Endpoints', 'app', 'web')?.subsets).toBeUndefined();
	});

	test('a pod that goes leaves the list', async () => {
		const world = await sandboxWorld({objects: [web(), service({namespace: 'app', name: 'web'})]});
		await world.advance(20);
		await world.change('Deployment', 'web', found => ({...found, spec: {...found.spec, replicas: 1}}));
		await world.advance(10);
		expect(slices(world)).toEqual([{ready: 1, all: 1, ports: [8080]}]);
	});
});

describe('Node', () => {
	async function lose(world: SandboxWorld, name: string, status = 'Unknown') {
		const node = world.node(name);
		const conditions = node.status?.conditions?.map(one => (one.type === 'Ready' ? {...one, status, reason: 'NodeStatusUnknown'} : one));
		world.machine.update({...node, status: {...node.status, conditions: conditions ?? []}}, 'test', 'status');
		await world.advance(0);
	}

	test('one that falls silent is tainted and its pods are not ready any more', async () => {
		const world = await sandboxWorld({objects: [web('1.0', 3)]});
		await world.advance(20);
		await lose(world, 'node-1');
		expect(world.node('node-1').spec?.taints?.map(({key, effect}) => `${key}:${effect}`)).toEqual([
			'node.kubernetes.io/unreachable:NoSchedule',
			'node.kubernetes.io/unreachable:NoExecute',
		]);
		expect(world.get('Deployment', 'web').status?.readyReplicas).toBe(2);
	});

	test('after five minutes its pods are replaced elsewhere, and stay terminating', async () => {
		const world = await sandboxWorld({objects: [web('1.0', 3)]});
		await world.advance(20);
		await lose(world, 'node-1');
		await world.advance(290);
		expect(world.list('Pod')).toHaveLength(3);
		await world.advance(40);
		const terminating = world.list('Pod').filter(({metadata}) => metadata.deletionTimestamp !== undefined);
		expect(terminating.map(({spec}) => spec.nodeName)).toEqual(['node-1']);
		expect(world.get('Deployment', 'web').status?.readyReplicas).toBe(3);
	});

	test('one that says that it is not ready keeps its pods until they are replaced, and ends them', async () => {
		const world = await sandboxWorld({objects: [web('1.0', 3)]});
		await world.advance(20);
		await lose(world, 'node-1', 'False');
		expect(world.node('node-1').spec?.taints?.map(({key}) => key)).toEqual(Array(2).fill('node.kubernetes.io/not-ready'));
		expect(world.get('Deployment', 'web').status?.readyReplicas).toBe(3);
		await world.advance(330);
		expect(world.list('Pod').map(({spec}) => spec.nodeName)).not.toContain('node-1');
		expect(world.list('Pod')).toHaveLength(3);
	});

	test('when it comes back the taint goes and what was terminating ends', async () => {
		const world = await sandboxWorld({objects: [web('1.0', 3)]});
		await world.advance(20);
		await lose(world, 'node-1');
		await world.advance(400);
		await lose(world, 'node-1', 'True');
		await world.advance(10);
		expect(world.node('node-1').spec?.taints).toBeUndefined();
		expect(world.list('Pod')).toHaveLength(3);
	});

	test('a node that is removed takes its pods with it', async () => {
		const world = await sandboxWorld({objects: [web('1.0', 3)]});
		await world.advance(20);
		world.machine.remove('Node', undefined, 'node-1');
		await world.advance(20);
		expect(new Set(world.list('Pod').map(({spec}) => spec.nodeName))).toEqual(new Set(['node-2', 'node-3']));
		expect(world.get('Deployment', 'web').status?.readyReplicas).toBe(3);
	});
});

describe('Namespace', () => {
	test('has a service account and the root certificate, which come back when deleted', async () => {
		const world = await sandboxWorld();
		world.machine.remove('ServiceAccount', 'app', 'default');
		world.machine.remove('ConfigMap', 'app', 'kube-root-ca.crt');
		await world.advance(0);
		expect(world.machine.get('ServiceAccount', 'app', 'default')).toBeDefined();
		expect(world.get('ConfigMap', 'kube-root-ca.crt').data?.['ca.crt']).toContain('BEGIN CERTIFICATE');
	});

	test('goes with everything in it', async () => {
		const world = await sandboxWorld({objects: [web(), service({namespace: 'app', name: 'web'})]});
		await world.advance(20);
		world.machine.remove('Namespace', undefined, 'app');
		await world.advance(60);
		expect(world.machine.get('Namespace', undefined, 'app')).toBeUndefined();
		expect(world.list('Pod')).toEqual([]);
	});

	test('says which finalizer holds it', async () => {
		const world = await sandboxWorld();
		await world.create({
			apiVersion: 'v1',
			kind: 'ConfigMap',
			metadata: {name: 'held', namespace: 'app', finalizers: ['example.com/cleanup']},
		});
		world.machine.remove('Namespace', undefined, 'app');
		await world.advance(60);
		const namespace = world.machine.get('Namespace', undefined, 'app');
		expect(namespace?.status).toMatchObject({
			phase: 'Terminating',
			conditions: expect.arrayContaining([
				expect.objectContaining({
					type: 'NamespaceFinalizersRemaining',
					status: 'True',
					message: 'Some content in the namespace has finalizers remaining: example.com/cleanup in 1 resource instances',
				}),
			]),
		});
	});
});

test('the leases of ready nodes are renewed, those of silent ones are not', async () => {
	const world = await sandboxWorld({nodes: [{}, {}]});
	const node = world.node('node-2');
	const conditions = node.status?.conditions?.map(one => (one.type === 'Ready' ? {...one, status: 'Unknown'} : one));
	world.machine.update({...node, status: {...node.status, conditions: conditions ?? []}}, 'test', 'status');
	await world.advance(300);
	const renewed = world.machine
		.list('Lease', 'kube-node-lease')
		.map(({metadata, spec}) => `${metadata.name} ${Reflect.get(Object(spec), 'renewTime')}`);
	expect(renewed).toEqual(['node-1 2026-01-01T12:05:00.000000Z', 'node-2 2026-01-01T12:00:00.000000Z']);
});

describe('ServiceAccount', () => {
	const pod = (spec: JsonObject) => ({
		apiVersion: 'v1',
		kind: 'Pod',
		metadata: {name: 'one', namespace: 'app'},
		spec: {containers: [{name: 'a', image: 'a:1'}], ...spec},
	});

	test('a pod gets a token unless it or its account does not want one', async () => {
		const world = await sandboxWorld();
		await world.create(pod({}));
		const [volume] = world.get('Pod', 'one').spec.volumes ?? [];
		expect(volume?.name).toMatch(/^kube-api-access-[b-z2-9]{5}$/);
		expect(world.get('Pod', 'one').spec.containers[0]?.volumeMounts).toEqual([
			{name: volume?.name, readOnly: true, mountPath: '/var/run/secrets/kubernetes.io/serviceaccount'},
		]);
		await world.create({...pod({automountServiceAccountToken: false}), metadata: {name: 'two', namespace: 'app'}});
		expect(world.get('Pod', 'two').spec.volumes).toBeUndefined();
	});

	test('an account that does not exist refuses the pod', async () => {
		const world = await sandboxWorld();
		expect(() => world.machine.create(pod({serviceAccountName: 'ghost'}))).toThrow(
			'pods "one" is forbidden: error looking up service account app/ghost: serviceaccount "ghost" not found',
		);
	});
});

describe('PersistentVolumeClaim', () => {
	const storage = (reclaimPolicy: string) => ({
		apiVersion: 'storage.k8s.io/v1',
		kind: 'StorageClass',
		metadata: {name: 'standard'},
		provisioner: 'embedded',
		reclaimPolicy,
		volumeBindingMode: 'Immediate',
	});
	const claim = {
		apiVersion: 'v1',
		kind: 'PersistentVolumeClaim',
		metadata: {name: 'data', namespace: 'app'},
		spec: {accessModes: ['ReadWriteOnce'], storageClassName: 'standard', resources: {requests: {storage: '1Gi'}}},
	};
	const user = {
		apiVersion: 'v1',
		kind: 'Pod',
		metadata: {name: 'one', namespace: 'app'},
		spec: {containers: [{name: 'a', image: 'a:1'}], volumes: [{name: 'data', persistentVolumeClaim: {claimName: 'data'}}]},
	};

	test('stays as long as a pod uses it', async () => {
		const world = await sandboxWorld({objects: [storage('Delete'), claim, user]});
		await world.advance(20);
		world.machine.remove('PersistentVolumeClaim', 'app', 'data');
		await world.advance(20);
		expect(world.get('PersistentVolumeClaim', 'data').metadata.finalizers).toEqual(['kubernetes.io/pvc-protection']);
		world.machine.remove('Pod', 'app', 'one');
		await world.advance(20);
		expect([...world.list('PersistentVolumeClaim'), ...world.machine.list('PersistentVolume')]).toEqual([]);
	});

	test('a volume that is deleted stays as long as its claim is bound to it', async () => {
		const world = await sandboxWorld({objects: [storage('Retain'), claim]});
		await world.advance(5);
		const name = world.machine.list('PersistentVolume')[0]?.metadata.name ?? '';
		world.machine.remove('PersistentVolume', undefined, name);
		await world.advance(5);
		expect(world.machine.get('PersistentVolume', undefined, name)?.metadata.finalizers).toEqual(['kubernetes.io/pv-protection']);
		world.machine.remove('PersistentVolumeClaim', 'app', 'data');
		await world.advance(5);
		expect(world.machine.list('PersistentVolume')).toEqual([]);
	});

	test('leaves its volume released when the class retains it', async () => {
		const world = await sandboxWorld({objects: [storage('Retain'), claim]});
		await world.advance(5);
		world.machine.remove('PersistentVolumeClaim', 'app', 'data');
		await world.advance(5);
		expect(world.machine.list('PersistentVolume').map(({status}) => status)).toEqual([{phase: 'Released'}]);
	});
});
