import {expect, test} from 'vitest';
import type {Surroundings} from '../../src/core/consequences/question.ts';
import {consequencesOf, riskOf} from '../../src/core/consequences.ts';
import {diffObjects} from '../../src/core/diff.ts';
import type {JsonObject} from '../../src/core/json.ts';
import {type KubeObject, refOf} from '../../src/core/kube-object.ts';
import type {Consequence} from '../../src/core/plan.ts';
import {deployment, object, schema} from '../support/kube-objects.ts';

type World = Surroundings;

function told(before: KubeObject | null, after: KubeObject | null, surroundings: World = {}): readonly string[] {
	const either = after ?? before;
	if (either === null) return [];
	const operation = before === null ? 'create' : after === null ? 'delete' : 'update';
	const fields = diffObjects(before, after, schema);
	return consequencesOf({ref: refOf(either), before, after, operation, fields, surroundings}).map(
		({severity, text}) => `${severity}: ${text}`,
	);
}

const pods = (amount: number, labels: JsonObject = {app: 'web'}, more: JsonObject = {}): readonly KubeObject[] =>
	Array.from({length: amount}, (_, index) =>
		object('v1', 'Pod', `${Object.values(labels).join('-')}-${index}`, {metadata: {labels}, ...more}),
	);
const service = (spec: JsonObject = {}, name = 'web') =>
	object('v1', 'Service', name, {spec: {selector: {app: 'web'}, ports: [{port: 80, targetPort: 8080}], ...spec}});
const hpa = object('autoscaling/v2', 'HorizontalPodAutoscaler', 'web', {
	spec: {minReplicas: 2, maxReplicas: 10, scaleTargetRef: {kind: 'Deployment', name: 'web'}},
});
const pdb = (allowed: number) =>
	object('policy/v1', 'PodDisruptionBudget', 'web', {spec: {selector: {matchLabels: {app: 'web'}}}, status: {disruptionsAllowed: allowed}});
const newer = (parts: Parameters<typeof deployment>[0] = {}) =>
	deployment({...parts, container: {image: 'registry.example.com/shop/web:2.0', ...parts?.container}});
const rolling = (maxSurge: number | string, maxUnavailable: number | string) => ({strategy: {rollingUpdate: {maxSurge, maxUnavailable}}});
const stateful = (spec: JsonObject, image: string) =>
	object('apps/v1', 'StatefulSet', 'db', {
		spec: {
			replicas: 3,
			selector: {matchLabels: {app: 'db'}},
			template: {metadata: {labels: {app: 'db'}}, spec: {containers: [{name: 'db', image: `r.io/${image}`}]}},
			...spec,
		},
	});
const daemon = (spec: JsonObject, image: string) => ({
	...object('apps/v1', 'DaemonSet', 'agent', {
		spec: {selector: {matchLabels: {app: 'agent'}}, template: {spec: {containers: [{name: 'agent', image: `r.io/${image}`}]}}, ...spec},
	}),
	status: {desiredNumberScheduled: 10},
});

test.each<[string, KubeObject, KubeObject, World, readonly string[]]>([
	['rolls by the defaults', deployment(), newer(), {}, ['info: 4 pods restart: at most 1 more run at once, at least 3 stay ready']],
	[
		'rounds surge up and unavailable down',
		deployment({replicas: 10, spec: rolling('15%', '15%')}),
		newer({replicas: 10, spec: rolling('15%', '15%')}),
		{},
		['info: 10 pods restart: at most 2 more run at once, at least 9 stay ready'],
	],
	[
		'never stands still',
		deployment({spec: rolling(0, 0)}),
		newer({spec: rolling(0, 0)}),
		{},
		['info: 4 pods restart: at most 0 more run at once, at least 3 stay ready'],
	],
	[
		'warns when none stays',
		deployment({replicas: 1, spec: rolling(0, 1)}),
		newer({replicas: 1, spec: rolling(0, 1)}),
		{},
		['danger: 1 pod restarts: at most 0 more run at once, at least 0 stay ready'],
	],
	[
		'stops all to recreate',
		deployment({spec: {strategy: {type: 'Recreate'}}}),
		newer({spec: {strategy: {type: 'Recreate'}}}),
		{},
		['danger: All 4 pods stop before new ones start'],
	],
	[
		'waits while paused',
		deployment({spec: {paused: true}}),
		newer({spec: {paused: true}}),
		{},
		['info: The rollout is paused: no pod restarts before it is resumed'],
	],
	[
		'restarts nothing at zero',
		deployment({replicas: 0}),
		newer({replicas: 0}),
		{},
		['info: No pod runs: the new template counts for the next ones'],
	],
	[
		'names a budget',
		deployment(),
		newer(),
		{pdbs: [pdb(1)]},
		['info: 4 pods restart: at most 1 more run at once, at least 3 stay ready', 'info: PodDisruptionBudget web allows 1 disruption now'],
	],
	[
		'warns of an empty budget',
		deployment(),
		newer(),
		{pdbs: [pdb(0)]},
		[
			'warning: PodDisruptionBudget web allows no disruption now: an eviction is refused',
			'info: 4 pods restart: at most 1 more run at once, at least 3 stay ready',
		],
	],
	[
		'a StatefulSet goes one by one',
		stateful({}, 'a:1'),
		stateful({}, 'a:2'),
		{},
		['info: 3 pods restart one by one, the last ordinal first: at least 2 stay ready'],
	],
	[
		'a partition holds the lower ordinals',
		stateful({updateStrategy: {rollingUpdate: {partition: 2}}}, 'a:1'),
		stateful({updateStrategy: {rollingUpdate: {partition: 2}}}, 'a:2'),
		{},
		['info: 1 pod restarts one by one, the last ordinal first, those from ordinal 2 (partition): at least 2 stay ready'],
	],
	[
		'a StatefulSet may wait for deletes',
		stateful({updateStrategy: {type: 'OnDelete'}}, 'a:1'),
		stateful({updateStrategy: {type: 'OnDelete'}}, 'a:2'),
		{},
		['info: No pod restarts by itself (OnDelete): each takes the new template when it is deleted'],
	],
	[
		'a lone StatefulSet pod leaves a gap',
		stateful({replicas: 1}, 'a:1'),
		stateful({replicas: 1}, 'a:2'),
		{},
		['danger: 1 pod restarts one by one, the last ordinal first: at least 0 stay ready'],
	],
	[
		'a DaemonSet goes node by node',
		daemon({}, 'a:1'),
		daemon({}, 'a:2'),
		{},
		['info: 10 pods restart, one per node: at most 1 at a time is away'],
	],
	[
		'a DaemonSet rounds up',
		daemon({updateStrategy: {rollingUpdate: {maxUnavailable: '15%'}}}, 'a:1'),
		daemon({updateStrategy: {rollingUpdate: {maxUnavailable: '15%'}}}, 'a:2'),
		{},
		['info: 10 pods restart, one per node: at most 2 at a time are away'],
	],
])('a new template %s', (_, before, after, world, expected) => {
	expect(told(before, after, world)).toEqual(expected);
});

test.each<[string, number, number, World, readonly string[]]>([
	['up', 4, 6, {}, ['info: 2 pods are added (4 to 6)']],
	['down', 4, 3, {}, ['warning: 1 pod is deleted (4 to 3)']],
	[
		'against an autoscaler',
		4,
		6,
		{hpas: [hpa]},
		['warning: HorizontalPodAutoscaler web (2 to 10) owns the replicas and sets them back', 'info: 2 pods are added (4 to 6)'],
	],
	[
		'to zero behind a service',
		4,
		0,
		{pods: pods(4), services: [service()]},
		['danger: All 4 pods are deleted', 'danger: Service web has no endpoints left'],
	],
	[
		'to zero beside others',
		4,
		0,
		{pods: [...pods(4), ...pods(2, {app: 'web2', part: 'shop'})], services: [service({selector: {part: 'shop'}}, 'all'), service()]},
		['danger: All 4 pods are deleted', 'danger: Service web has no endpoints left'],
	],
	[
		'to zero with an autoscaler',
		4,
		0,
		{hpas: [hpa]},
		['danger: All 4 pods are deleted', 'warning: HorizontalPodAutoscaler web (2 to 10) stops scaling while replicas are 0'],
	],
	[
		'from zero with an autoscaler',
		0,
		2,
		{hpas: [hpa]},
		['info: 2 pods are added (0 to 2)', 'info: HorizontalPodAutoscaler web (2 to 10) takes the replicas over again'],
	],
	[
		'to zero where pods are not known',
		4,
		0,
		{services: [service()]},
		['danger: All 4 pods are deleted', 'warning: Service web loses these pods'],
	],
])('replicas %s', (_, from, to, world, expected) => {
	expect(told(deployment({replicas: from}), deployment({replicas: to}), world)).toEqual(expected);
});

const named = (name: string) => pods(2, {app: 'web'}, {spec: {containers: [{name: 'web', ports: [{name, containerPort: 8080}]}]}});

test.each<[string, KubeObject, KubeObject, World, readonly string[]]>([
	[
		'a selector that moves traffic',
		service(),
		service({selector: {app: 'api'}}),
		{pods: [...pods(3), ...pods(2, {app: 'api'})]},
		['warning: Traffic moves: 3 of 3 pods leave, 2 join, 2 answer then'],
	],
	[
		'a selector that finds nothing',
		service(),
		service({selector: {app: 'x'}}),
		{pods: pods(3)},
		['danger: No pod fits the new selector: the 3 pods behind it leave and nothing answers'],
	],
	[
		'a selector that finds the same',
		service(),
		service({selector: {part: 'shop'}}),
		{pods: pods(3, {app: 'web', part: 'shop'})},
		['info: The new selector finds the same 3 pods'],
	],
	['a port that closes', service(), service({ports: [{port: 81}]}), {}, ['danger: Clients of port 80/TCP are not served any more']],
	[
		'a target port',
		service(),
		service({ports: [{port: 80, targetPort: 9090}]}),
		{},
		['warning: Port 80/TCP goes to 9090 of the pods instead of 8080'],
	],
	[
		'a target port that no pod has',
		service(),
		service({ports: [{port: 80, targetPort: 'grpc'}]}),
		{pods: named('http')},
		['danger: No pod behind it has a port named grpc', 'warning: Port 80/TCP goes to grpc of the pods instead of 8080'],
	],
	[
		'a load balancer that goes',
		service({type: 'LoadBalancer'}),
		service(),
		{},
		['danger: Its load balancer and external address are released'],
	],
	[
		'labels that a service looks for',
		deployment(),
		deployment({
			spec: {template: {metadata: {labels: {app: 'new'}}, spec: {containers: [{name: 'web', image: 'registry.example.com/shop/web:1.0'}]}}},
		}),
		{services: [service()]},
		['danger: Service web does not find the new pods any more', 'info: 4 pods restart: at most 1 more run at once, at least 3 stay ready'],
	],
])('traffic: %s', (_, before, after, world, expected) => {
	expect(told(before, after, world)).toEqual(expected);
});

const claim = (spec: JsonObject) => object('v1', 'PersistentVolumeClaim', 'data', {spec});
const binding = (role: string) =>
	object('rbac.authorization.k8s.io/v1', 'RoleBinding', 'b', {roleRef: {kind: 'ClusterRole', name: role}, subjects: []});
const frozen = (data: JsonObject) => object('v1', 'ConfigMap', 'c', {immutable: true, data});
const job = (image: string) => object('batch/v1', 'Job', 'j', {spec: {template: {spec: {containers: [{name: 'j', image}]}}}});

test.each<[string, KubeObject, KubeObject, string]>([
	[
		'the selector of a Deployment',
		deployment(),
		deployment({spec: {selector: {matchLabels: {app: 'x'}}}}),
		'spec.selector.matchLabels.app cannot be changed in place: Deployment shop/web must be deleted and made again',
	],
	[
		'the service name of a StatefulSet',
		stateful({serviceName: 'a'}, 'a:1'),
		stateful({serviceName: 'b'}, 'a:1'),
		'spec.serviceName cannot be changed in place: StatefulSet shop/db must be deleted and made again',
	],
	[
		'the template of a Job',
		job('r.io/a:1'),
		job('r.io/a:2'),
		'spec.template.spec.containers[name=j].image cannot be changed in place: Job shop/j must be deleted and made again',
	],
	[
		'the class of a claim',
		claim({storageClassName: 'a'}),
		claim({storageClassName: 'b'}),
		'spec.storageClassName cannot be changed in place: PersistentVolumeClaim shop/data must be deleted and made again',
	],
	[
		'the role of a binding',
		binding('view'),
		binding('edit'),
		'roleRef.name cannot be changed in place: RoleBinding shop/b must be deleted and made again',
	],
	[
		'an immutable ConfigMap',
		frozen({a: '1'}),
		frozen({a: '2'}),
		'data.a cannot be changed in place: ConfigMap shop/c must be deleted and made again',
	],
	[
		'the command of a Pod',
		object('v1', 'Pod', 'p', {spec: {containers: [{name: 'a', args: ['1']}]}}),
		object('v1', 'Pod', 'p', {spec: {containers: [{name: 'a', args: ['2']}]}}),
		'spec.containers[name=a].args cannot be changed in place: Pod shop/p must be deleted and made again',
	],
])('cannot change %s in place', (_, before, after, text) => {
	expect(told(before, after)).toContain(`danger: ${text}`);
});

test.each<[string, KubeObject, KubeObject]>([
	[
		'the image of a Pod',
		object('v1', 'Pod', 'p', {spec: {containers: [{name: 'a', image: 'r.io/a:1'}]}}),
		object('v1', 'Pod', 'p', {spec: {containers: [{name: 'a', image: 'r.io/a:2'}]}}),
	],
	['the size of a claim', claim({resources: {requests: {storage: '1Gi'}}}), claim({resources: {requests: {storage: '2Gi'}}})],
	['the partition of a StatefulSet', stateful({}, 'a:1'), stateful({updateStrategy: {rollingUpdate: {partition: 1}}}, 'a:1')],
])('can change %s in place', (_, before, after) => {
	expect(told(before, after).filter(text => text.includes('in place'))).toEqual([]);
});

const config = (data: JsonObject) => object('v1', 'ConfigMap', 'settings', {data});
const user = (name: string, spec: JsonObject) => {
	const [pod] = pods(1, {app: name, 'pod-template-hash': 'abc'}, {spec});
	return {
		...object('v1', 'Pod', name, {
			spec,
			metadata: {
				labels: pod?.metadata.labels ?? {},
				ownerReferences: [{apiVersion: 'apps/v1', kind: 'ReplicaSet', name: `${name}-abc`, uid: 'u', controller: true}],
			},
		}),
	};
};
const mounting = (mount: JsonObject = {}) =>
	user('web', {
		volumes: [{name: 'v', configMap: {name: 'settings'}}],
		containers: [{name: 'a', volumeMounts: [{name: 'v', mountPath: '/x', ...mount}]}],
	});
const reading = user('api', {containers: [{name: 'a', envFrom: [{configMapRef: {name: 'settings'}}]}]});

test.each<[string, KubeObject, KubeObject | null, World, readonly string[]]>([
	[
		'that is mounted',
		config({a: '1'}),
		config({a: '2'}),
		{pods: [mounting()]},
		['info: Deployment web (1 pod) mounts it and sees the new content within about a minute'],
	],
	[
		'that is read at the start',
		config({a: '1'}),
		config({a: '2'}),
		{pods: [reading, reading]},
		['warning: Deployment api (2 pods) reads it at its start and sees nothing of this before a restart'],
	],
	[
		'that is mounted by subPath',
		config({a: '1'}),
		config({a: '2'}),
		{pods: [mounting({subPath: 'a'})]},
		['warning: Deployment web (1 pod) reads it at its start and sees nothing of this before a restart'],
	],
	['that nobody uses', config({a: '1'}), config({a: '2'}), {pods: pods(2)}, ['info: No running pod uses it']],
	[
		'that goes',
		config({a: '1'}),
		null,
		{pods: [reading]},
		['danger: Deployment api (1 pod) uses it: its new pods do not start without it'],
	],
	['of which pods are not known', config({a: '1'}), config({a: '2'}), {}, []],
])('a ConfigMap %s', (_, before, after, world, expected) => {
	expect(told(before, after, world)).toEqual(expected);
});

const managedBy = (metadata: JsonObject) => deployment({metadata});

test.each<[string, JsonObject, string]>([
	[
		'Argo CD by annotation',
		{annotations: {'argocd.argoproj.io/tracking-id': 'shop-app:apps/Deployment:shop/web'}},
		'warning: Argo CD application shop-app manages it: it shows this as out of sync and sets it back at its next sync',
	],
	[
		'Argo CD by manager',
		{managedFields: [{manager: 'argocd-controller', operation: 'Apply', fieldsV1: {'f:spec': {'f:replicas': {}}}}]},
		'warning: Argo CD manages it: it shows this as out of sync and sets it back at its next sync',
	],
	[
		'Flux',
		{labels: {'kustomize.toolkit.fluxcd.io/name': 'apps', 'kustomize.toolkit.fluxcd.io/namespace': 'flux-system'}},
		'warning: Flux Kustomization flux-system/apps manages it: it sets this back at its next reconciliation',
	],
	[
		'Flux with Helm',
		{labels: {'helm.toolkit.fluxcd.io/name': 'web', 'app.kubernetes.io/managed-by': 'Helm'}},
		'warning: Flux HelmRelease web manages it: it sets this back at its next upgrade or drift check',
	],
	[
		'Helm',
		{
			annotations: {'meta.helm.sh/release-name': 'web', 'meta.helm.sh/release-namespace': 'shop'},
			labels: {'app.kubernetes.io/managed-by': 'Helm'},
		},
		'warning: Helm release shop/web manages it: it does not know of this: its next upgrade may overwrite it',
	],
	[
		'kubectl',
		{managedFields: [{manager: 'kubectl-client-side-apply', operation: 'Update', fieldsV1: {'f:spec': {'f:replicas': {}}}}]},
		'info: kubectl-client-side-apply owns spec.replicas: the next kubectl apply of its file sets it back',
	],
	[
		'some other manager',
		{managedFields: [{manager: 'my-operator', operation: 'Update', fieldsV1: {'f:spec': {'f:replicas': {}}}}]},
		'warning: my-operator owns spec.replicas: it may set it back',
	],
	[
		'a controller above it',
		{ownerReferences: [{apiVersion: 'x/v1', kind: 'WebApp', name: 'shop', uid: 'u', controller: true}]},
		'warning: WebApp shop controls it and may undo this',
	],
])('names %s', (_, metadata, expected) => {
	const before = managedBy(metadata);
	expect(told(before, {...before, spec: deployment({replicas: 6}).spec ?? null})).toEqual(expect.arrayContaining([expected]));
	expect(told(before, {...before, spec: deployment({replicas: 6}).spec ?? null})).toHaveLength(2);
});

const namespace = object('v1', 'Namespace', 'shop');
const node = (spec: JsonObject) => object('v1', 'Node', 'node-1', {spec});
const volume = (policy: string) => object('v1', 'PersistentVolume', 'pv-1', {spec: {persistentVolumeReclaimPolicy: policy}});

test.each<[string, KubeObject, World, readonly string[]]>([
	[
		'a namespace',
		namespace,
		{
			contents: [
				{kind: 'Deployment', count: 3},
				{kind: 'Pod', count: 1},
				{kind: 'Job', count: 0},
			],
		},
		['danger: Everything in it is deleted: 3 Deployments and 1 Pod'],
	],
	['an empty namespace', namespace, {contents: []}, ['warning: It is empty']],
	[
		'a custom kind',
		object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'c', {spec: {names: {kind: 'Rollout'}}}),
		{contents: [{kind: 'Rollout', count: 7}]},
		['danger: Every object of it is deleted: 7 Rollouts'],
	],
	[
		'a workload behind a service',
		deployment(),
		{pods: pods(4), services: [service()]},
		['danger: Its 4 pods are deleted with it', 'danger: Service web has no endpoints left'],
	],
	[
		'a StatefulSet',
		stateful({volumeClaimTemplates: [{}]}, 'a:1'),
		{pods: []},
		['warning: Its 0 pods are deleted with it', 'info: Its volume claims stay'],
	],
	[
		'a claim with its data',
		claim({volumeName: 'pv-1'}),
		{volumes: [volume('Delete')]},
		['danger: Its volume pv-1 and the data on it are deleted'],
	],
	[
		'a claim whose volume is kept',
		claim({volumeName: 'pv-1'}),
		{volumes: [volume('Retain')], pods: pods(1, {app: 'db'}, {spec: {volumes: [{persistentVolumeClaim: {claimName: 'data'}}]}})},
		['warning: db-0 uses it: it goes when they end', 'info: Its volume pv-1 is kept (Retain)'],
	],
	[
		'a service',
		service(),
		{endpoints: [{namespace: 'shop', service: 'web', ready: 3}]},
		['danger: web.shop does not resolve any more: 3 ready endpoints are behind it now'],
	],
	[
		'a node',
		node({}),
		{pods: pods(2, {app: 'web'}, {spec: {nodeName: 'node-1'}})},
		['danger: Its 2 pods are deleted; what a controller owns starts elsewhere'],
	],
	['a lone pod', object('v1', 'Pod', 'p', {}), {}, ['danger: No controller makes it again']],
	[
		'a pod of a controller under a budget',
		{...reading, metadata: {...reading.metadata, labels: {app: 'web'}}},
		{pdbs: [pdb(0)]},
		['warning: PodDisruptionBudget web allows no disruption now: an eviction is refused', 'info: ReplicaSet api-abc makes a new one'],
	],
	[
		'an object with a finalizer',
		object('x.io/v1', 'Thing', 't', {metadata: {finalizers: ['x.io/cleanup']}}),
		{},
		['warning: It goes when x.io/cleanup lets it go'],
	],
	['an autoscaler', hpa, {}, ['warning: web keeps its replicas and is not scaled any more']],
])('deleting %s', (_, before, world, expected) => {
	expect(told(before, null, world)).toEqual(expected);
});

const podWith = (spec: JsonObject, container: JsonObject = {}) => deployment({pod: spec, container});
const admin = object('rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', 'b', {
	roleRef: {name: 'cluster-admin'},
	subjects: [{kind: 'ServiceAccount', name: 'ci'}],
});

test.each<[string, KubeObject, string]>([
	[
		'a privileged container',
		podWith({}, {securityContext: {privileged: true}}),
		'danger: Container web is privileged: it can do on its node what root can',
	],
	[
		'a strong capability',
		podWith({}, {securityContext: {capabilities: {add: ['CAP_SYS_ADMIN', 'CHOWN']}}}),
		'danger: Container web gets SYS_ADMIN',
	],
	['the network of the node', podWith({hostNetwork: true}), 'danger: It uses the network of its node'],
	['processes of the node', podWith({hostPID: true}), 'danger: It sees the processes of its node'],
	['a path of the node', podWith({volumes: [{name: 'v', hostPath: {path: '/'}}]}), 'danger: It mounts / of its node'],
	['cluster-admin', admin, 'danger: ServiceAccount ci gets cluster-admin'],
	[
		'all rights',
		object('rbac.authorization.k8s.io/v1', 'ClusterRole', 'r', {rules: [{apiGroups: ['*'], resources: ['*'], verbs: ['*']}]}),
		'danger: It may do everything',
	],
	[
		'rights that give any other',
		object('rbac.authorization.k8s.io/v1', 'Role', 'r', {rules: [{apiGroups: [''], resources: ['users'], verbs: ['impersonate']}]}),
		'danger: It may impersonate, which gives any other right',
	],
])('a new object with %s is a danger', (_, after, expected) => {
	expect(told(null, after)).toContain(expected);
	expect(told(after, {...after, metadata: {...after.metadata, labels: {x: 'y'}}})).toEqual([]);
});

test.each<[string, string, readonly string[]]>([
	['another registry', 'ghcr.io/shop/web:2', ['warning: The image of web comes from ghcr.io instead of registry.example.com']],
	[
		'no tag',
		'registry.example.com/shop/web',
		['warning: registry.example.com/shop/web has no tag: what runs may differ from pod to pod, and going back may not bring the old image'],
	],
	[
		'latest',
		'registry.example.com:5000/web:latest',
		[
			'warning: The image of web comes from registry.example.com:5000 instead of registry.example.com',
			'warning: registry.example.com:5000/web:latest is a moving tag: what runs may differ from pod to pod, and going back may not bring the old image',
		],
	],
	['a digest', `registry.example.com/shop/web@sha256:${'a'.repeat(64)}`, []],
])('an image with %s', (_, image, expected) => {
	expect(told(deployment(), deployment({container: {image}})).filter(text => text.startsWith('warning'))).toEqual(expected);
});

test.each<[string, KubeObject, KubeObject, readonly string[]]>([
	['a cordon', node({}), node({unschedulable: true}), ['info: No new pod is placed on it; its 2 pods stay']],
	['an uncordon', node({unschedulable: true}), node({}), ['info: New pods may be placed on it again']],
	[
		'a taint that evicts',
		node({}),
		node({taints: [{key: 'gone', effect: 'NoExecute'}]}),
		['danger: 2 pods do not tolerate gone=:NoExecute and must leave'],
	],
])('a node: %s', (_, before, after, expected) => {
	expect(told(before, after, {pods: pods(2, {app: 'web'}, {spec: {nodeName: 'node-1'}})})).toEqual(expected);
});

const say = (severity: Consequence['severity']): Consequence => ({id: severity, severity, text: severity});

test.each([
	[[say('danger'), say('warning')], 'change', {level: 'high', reasons: ['danger']}],
	[[say('warning'), say('info'), say('warning')], 'change', {level: 'medium', reasons: ['warning']}],
	[[say('info')], 'change', {level: 'low', reasons: []}],
	[[], 'destructive', {level: 'medium', reasons: ['What it takes away does not come back by itself']}],
] as const)('%j of a %s is a risk of %j', (consequences, effect, risk) => {
	expect(riskOf(consequences, effect)).toEqual(risk);
});
