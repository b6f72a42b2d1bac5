import {describe, expect, test} from 'vitest';
import {lifecycleFaults} from '../../../src/analysis/detection/analyzers/lifecycle/lifecycle-faults.ts';
import type {Snapshot} from '../../../src/analysis/detection/snapshot.ts';
import {objectsIn, surveyIn} from './cluster-in-yaml.ts';
import {faultLines, surePatches} from './faults-in.ts';

const held = (finalizers: string, at = '2026-11-27T09:59:30Z') => `
apiVersion: tenancy.acme.test/v1
kind: Tenant
metadata: {name: blue, deletionTimestamp: '${at}', finalizers: [${finalizers}]}
---`;
const ending = `
apiVersion: v1
kind: Namespace
metadata: {name: shop, deletionTimestamp: '2026-11-27T09:59:00Z'}
---`;
const controller = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: tenancy-controller}
spec: {replicas: 1, selector: {matchLabels: {app: t}}, template: {spec: {containers: [{name: c, image: 'i:1'}]}}}
---
apiVersion: v1
kind: Pod
metadata: {name: t-1, labels: {app: t}, ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: tenancy-controller, uid: u, controller: true}]}
---`;
const lines = (yaml: string, snapshot = {}) => faultLines(lifecycleFaults, yaml, snapshot);

test('the object that holds a namespace is named, and its finalizer goes where nothing runs that would take it away', () => {
	const yaml = ending + held('tenancy.acme.test/cleanup');
	expect(lines(yaml)).toEqual(['medium finalizer-held Tenant/blue metadata.finalizers remedy']);
	expect(surePatches(lifecycleFaults, yaml)).toEqual([
		'[{"op":"test","path":"/metadata/finalizers","value":["tenancy.acme.test/cleanup"]},{"op":"remove","path":"/metadata/finalizers"}]',
	]);
});

test('a controller that speaks of it is given two minutes, and then a person decides', () => {
	expect(lines(controller + held('tenancy.acme.test/cleanup'))).toEqual([]);
	const late = controller + held('tenancy.acme.test/cleanup', '2026-11-27T09:50:00Z');
	expect(lines(late)).toEqual(['medium finalizer-held Tenant/blue metadata.finalizers remedy']);
	expect(surePatches(lifecycleFaults, late)).toEqual([]);
});

test.each([
	['of a node that a cloud drains', 'karpenter.sh/termination'],
	['of a load balancer that a cloud takes down', 'service.eks.amazonaws.com/resources'],
	['of a volume that a cloud detaches', 'external-attacher/disk-csi-azure-com'],
])('a finalizer %s is given its time, and nobody but a person takes it away', (_, finalizer) => {
	expect(lines(held(finalizer))).toEqual([]);
	const late = held(finalizer, '2026-11-27T09:50:00Z');
	expect(lines(late)).toEqual(['medium finalizer-held Tenant/blue metadata.finalizers remedy']);
	expect(surePatches(lifecycleFaults, late)).toEqual([]);
});

test('an object to which a program wrote since it is to go is being cleaned up, wherever that program runs', () => {
	const written = (manager: string, time: string) =>
		held('tenancy.acme.test/cleanup', '2026-11-27T09:50:00Z').replace(
			'finalizers:',
			`managedFields: [{manager: ${manager}, operation: Update, subresource: status, time: '${time}', fieldsV1: {}}], finalizers:`,
		);
	expect(surePatches(lifecycleFaults, written('tenancy', '2026-11-27T09:57:00Z'))).toEqual([]);
	expect(surePatches(lifecycleFaults, written('tenancy', '2026-11-27T09:40:00Z'))).toHaveLength(1);
	expect(surePatches(lifecycleFaults, written('kubelet', '2026-11-27T09:57:00Z'))).toHaveLength(1);
});

test('a field that every pod has, and the DNS of the cluster, speak of nothing', () => {
	const workload = (name: string, rest: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: kube-system, ${rest}}
spec: {replicas: 1, selector: {matchLabels: {app: a}}, template: {spec: {dnsPolicy: ClusterFirst, containers: [{name: c, image: 'i:1'}]}}}
status: {readyReplicas: 1}
---`;
	const waiting = held('dns.example.com/release');
	const common = workload('web', '') + workload('coredns', 'labels: {k8s-app: kube-dns}');
	expect(surePatches(lifecycleFaults, common + waiting)).toHaveLength(1);
	expect(lines(common + workload('release-dns', '') + waiting)).toEqual([]);
});

describe('a custom resource whose operator', () => {
	const kind = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: tenants.tenancy.acme.test}
spec: {group: tenancy.acme.test, scope: Namespaced, names: {kind: Tenant, plural: tenants}}
---`;
	const rules = 'rules: [{apiGroups: [tenancy.acme.test], resources: [tenants], verbs: [get, list, update]}]';
	const rbac = 'rbac.authorization.k8s.io';
	const allows = (namespace = 'shop', given = rules) => `
apiVersion: ${rbac}/v1
kind: ClusterRole
metadata: {name: op}
${given}
---
apiVersion: ${rbac}/v1
kind: ClusterRoleBinding
metadata: {name: op}
roleRef: {apiGroup: ${rbac}, kind: ClusterRole, name: op}
subjects: [{kind: ServiceAccount, name: op, namespace: ${namespace}}]
---`;
	const operator = (ready: number, {namespace = 'shop', account = 'op', replicas = 1, name = 'helper'} = {}) => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: ${namespace}}
spec: {replicas: ${replicas}, selector: {matchLabels: {app: t}}, template: {spec: {serviceAccountName: ${account}, containers: [{name: c, image: 'i:1'}]}}}
status: {readyReplicas: ${ready}}
---`;
	const [fresh, late] = [held('tenancy.acme.test/cleanup'), held('tenancy.acme.test/cleanup', '2026-11-27T09:50:00Z')];
	const taken =
		'[{"op":"test","path":"/metadata/finalizers","value":["tenancy.acme.test/cleanup"]},{"op":"remove","path":"/metadata/finalizers"}]';
	const elsewhere = (yaml: string) => ({
		namespace: 'shop',
		peers: objectsIn(yaml),
		peersRead: ['Deployment', 'StatefulSet', 'DaemonSet'].map(each => ({kind: each})),
	});
	const told = (yaml: string, snapshot: Partial<Snapshot> = {}) =>
		lifecycleFaults(surveyIn(kind + yaml, snapshot)).flatMap(({remedies, cause}) => [
			cause.en.split(': ').at(-1),
			...remedies.map(({sure, input}) => `${sure ? 'sure' : 'choice'} ${String(input.patch)}`),
		]);
	const gone = ['nothing that runs signs in as ServiceAccount shop/op, which may', `sure ${taken}`];

	test.each<[string, string, Partial<Snapshot>, readonly string[]]>([
		['is gone, by its role', allows() + fresh, {}, gone],
		['is gone, and others speak of such things', allows() + operator(1, {name: 'tenancy-web', account: 'web'}) + fresh, {}, gone],
		['is gone, seen from its namespace', allows() + fresh, elsewhere(''), gone],
		['runs', allows() + operator(1) + fresh, {}, []],
		[
			'runs and has done nothing for long',
			allows() + operator(1) + late,
			{},
			['Deployment shop/helper may be the one that should', `choice ${taken}`],
		],
		['runs elsewhere', allows('ops') + fresh, elsewhere(operator(1, {namespace: 'ops'})), []],
		['may be elsewhere, where nobody looked', allows('ops') + fresh, {namespace: 'shop'}, []],
		[
			'may be elsewhere, where nobody looked, for long',
			allows('ops') + late,
			{namespace: 'shop'},
			['whether its controller runs was not looked at beyond this namespace', `choice ${taken}`],
		],
		[
			'is scaled to nothing',
			allows() + operator(0, {replicas: 0}) + fresh,
			{},
			[
				'Deployment shop/helper, which may be the one that should, does not run',
				'choice [{"op":"test","path":"/spec/replicas","value":0},{"op":"replace","path":"/spec/replicas","value":1}]',
				`choice ${taken}`,
			],
		],
		[
			'does not come up',
			allows() + operator(0) + fresh,
			{},
			['Deployment shop/helper, which may be the one that should, does not run', `choice ${taken}`],
		],
		[
			'may do everything, and speaks of it',
			allows('shop', "rules: [{apiGroups: ['*'], resources: ['*'], verbs: ['*']}]") + operator(1, {name: 'tenancy'}) + fresh,
			{},
			[],
		],
		[
			'may do everything, as one that runs and has nothing to do with it',
			allows('shop', "rules: [{apiGroups: ['*'], resources: ['*'], verbs: ['*']}]") + operator(1) + fresh,
			{},
			['nothing that runs in the cluster speaks of it, but Deployment shop/helper may change anything', `choice ${taken}`],
		],
	])('%s', (_, yaml, snapshot, expected) => {
		expect(told(yaml, snapshot)).toEqual(expected);
	});
});

test('finalizers of Kubernetes itself stay, and alone they hold nothing', () => {
	expect(lines(held('foregroundDeletion, kubernetes.io/pvc-protection'))).toEqual([]);
	expect(surePatches(lifecycleFaults, held('foregroundDeletion, acme.test/x'))[0]).toContain('"value":["foregroundDeletion"]');
});

test('a claim that was deleted under running pods is told before its data are gone', () => {
	const claim = `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data, deletionTimestamp: '2026-11-27T09:59:00Z', finalizers: [kubernetes.io/pvc-protection]}
---`;
	const pod = (phase: string) => `
apiVersion: v1
kind: Pod
metadata: {name: db-0}
spec: {volumes: [{name: d, persistentVolumeClaim: {claimName: data}}]}
status: {phase: ${phase}}
---`;
	expect(lines(claim + pod('Running'))).toEqual(['high claim-deleted-in-use PersistentVolumeClaim/data metadata.deletionTimestamp none']);
	expect(lines(claim + pod('Succeeded'))).toEqual([]);
});

const doomed = `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data, deletionTimestamp: '2026-11-27T09:59:00Z', finalizers: [kubernetes.io/pvc-protection]}
spec: {volumeName: disk}
---
apiVersion: v1
kind: Pod
metadata: {name: db-0}
spec: {volumes: [{name: d, persistentVolumeClaim: {claimName: data}}]}
status: {phase: Running}
---`;
const disk = (policy: string) => `
apiVersion: v1
kind: PersistentVolume
metadata: {name: disk}
spec: {persistentVolumeReclaimPolicy: ${policy}}
---`;

test('the volume of a claim that goes is told to stay, and the claim is told on until it is gone', () => {
	expect(lines(doomed + disk('Delete'))).toEqual([
		'high claim-deleted-in-use PersistentVolumeClaim/data metadata.deletionTimestamp remedy',
	]);
	expect(surePatches(lifecycleFaults, doomed + disk('Delete'))).toEqual(['{"spec":{"persistentVolumeReclaimPolicy":"Retain"}}']);
	expect(lines(doomed + disk('Retain'))).toEqual(['medium claim-ends-in-use PersistentVolumeClaim/data metadata.deletionTimestamp none']);
});

const service = (selector: string) => `
apiVersion: v1
kind: Service
metadata: {name: atlas}
spec: {selector: ${selector}, ports: [{port: 80}]}
---`;
const deployment = (labels: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: atlas}
spec: {replicas: 1, selector: {matchLabels: ${labels}}, template: {metadata: {labels: ${labels}}, spec: {containers: [{name: c, image: 'atlas:5'}]}}}
---
apiVersion: v1
kind: Pod
metadata: {name: atlas-1, labels: ${labels}, ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: atlas, uid: u, controller: true}]}
status: {conditions: [{type: Ready, status: 'True'}]}
---`;
const left = (metadata: string, replicas = 2) => `
apiVersion: apps/v1
kind: ReplicaSet
metadata: {name: atlas-7c9d, ${metadata}}
spec: {replicas: ${replicas}, selector: {matchLabels: {app: atlas}}, template: {metadata: {labels: {app: atlas}}, spec: {containers: [{name: c, image: 'atlas:3'}]}}}
---`;
const north = '{app: atlas, release: north}';
const hash = 'labels: {pod-template-hash: 7c9d}';
const outlived = ['high revision-outlives-owner ReplicaSet/atlas-7c9d metadata.ownerReferences remedy'];

test.each([
	['by its hash', service('{app: atlas}') + deployment(north) + left(hash), outlived],
	[
		'by its revision',
		service('{app: atlas}') + deployment(north) + left("annotations: {deployment.kubernetes.io/revision: '3'}"),
		outlived,
	],
	['made by hand', service('{app: atlas}') + deployment(north) + left('labels: {}'), []],
	['alone behind its Service', service('{app: atlas}') + left(hash), []],
	['scaled to nothing', service('{app: atlas}') + deployment(north) + left(hash, 0), []],
	['that the Service leaves out', service(north) + deployment(north) + left(hash), []],
	[
		'of a Deployment that is there',
		service('{app: atlas}') +
			deployment(north) +
			left(`${hash}, ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: other, uid: o, controller: true}]`),
		[],
	],
])('a ReplicaSet of a Deployment that is gone, %s', (_, yaml, expected) => {
	expect(lines(yaml)).toEqual(expected);
});

test('the Service selects by what the living workload has and the other has not', () => {
	const yaml = (old: number) => service('{app: atlas}') + deployment(north) + left(hash, old);
	// One pod alone does not take over what three have served.
	expect(surePatches(lifecycleFaults, yaml(2))).toEqual([]);
	expect(surePatches(lifecycleFaults, yaml(1))).toEqual(['{"spec":{"selector":{"release":"north"}}}']);
});
