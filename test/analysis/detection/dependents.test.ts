import {describe, expect, test} from 'vitest';
import {edgeFamilies, graphOf, type Reached} from '../../../src/analysis/detection/graph/dependents.ts';
import {surveyOf} from '../../../src/analysis/detection/survey.ts';
import {type KubeObject, refOf} from '../../../src/core/kube/kube-object.ts';
import {cpuMs} from '../../support/cpu-time.ts';
import {surveyIn} from './cluster-in-yaml.ts';

const shop = `
{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {kubernetes.io/metadata.name: shop, guarded: "yes"}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop, uid: d1}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      serviceAccountName: web
      priorityClassName: urgent
      runtimeClassName: gvisor
      imagePullSecrets: [{name: registry}]
      volumes: [{name: files, persistentVolumeClaim: {claimName: files}}]
      containers:
        - name: web
          envFrom: [{configMapRef: {name: settings}}]
          env: [{name: PASSWORD, valueFrom: {secretKeyRef: {name: login, key: password}}}]
---
{apiVersion: apps/v1, kind: ReplicaSet, metadata: {name: web-1, namespace: shop, ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: web, uid: d1, controller: true}]}}
---
{apiVersion: v1, kind: Pod, metadata: {name: web-1-a, namespace: shop, labels: {app: web}, ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: web-1, uid: r1, controller: true}]}, spec: {nodeName: n1}}
---
{apiVersion: v1, kind: Pod, metadata: {name: web-1-b, namespace: shop, labels: {app: web, role: first}, ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: web-1, uid: r1, controller: true}]}, spec: {nodeName: n2}}
---
{apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {selector: {app: web}}}
---
{apiVersion: v1, kind: Service, metadata: {name: first, namespace: shop}, spec: {selector: {role: first}}}
---
{apiVersion: v1, kind: Service, metadata: {name: alias, namespace: shop}, spec: {type: ExternalName, externalName: web.shop.svc.cluster.local}}
---
{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: shop, namespace: shop}, spec: {tls: [{secretName: cert}], rules: [{http: {paths: [{backend: {service: {name: web, port: {number: 80}}}}]}}]}}
---
{apiVersion: networking.k8s.io/v1, kind: IngressClass, metadata: {name: nginx, annotations: {ingressclass.kubernetes.io/is-default-class: "true"}}}
---
{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: api, namespace: shop}, spec: {parentRefs: [{name: edge, namespace: infra}], rules: [{backendRefs: [{name: web, port: 80}]}]}}
---
{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: edge, namespace: infra}, spec: {gatewayClassName: istio, listeners: [{tls: {certificateRefs: [{name: edge-cert}]}}]}}
---
{apiVersion: v1, kind: ServiceAccount, metadata: {name: web, namespace: shop}, imagePullSecrets: [{name: mirror}]}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: web-reads, namespace: shop}, roleRef: {kind: Role, name: reader}, subjects: [{kind: ServiceAccount, name: web, namespace: shop}]}
---
{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: files, namespace: shop}, spec: {volumeName: pv-1, storageClassName: fast}}
---
{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: web, namespace: shop}, spec: {scaleTargetRef: {kind: Deployment, name: web}, metrics: [{type: Resource, resource: {name: cpu}}]}}
---
{apiVersion: apiregistration.k8s.io/v1, kind: APIService, metadata: {name: v1beta1.metrics.k8s.io}, spec: {group: metrics.k8s.io, service: {name: metrics-server, namespace: kube-system}}}
---
{apiVersion: v1, kind: Service, metadata: {name: metrics-server, namespace: kube-system}, spec: {selector: {app: metrics}}}
---
{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: web, namespace: shop}, spec: {selector: {matchLabels: {app: web}}}}
---
{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: deny, namespace: shop}, spec: {podSelector: {}}}
---
{apiVersion: v1, kind: ResourceQuota, metadata: {name: small, namespace: shop}}
---
{apiVersion: v1, kind: LimitRange, metadata: {name: sizes, namespace: shop}}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: guard}
webhooks:
  - failurePolicy: Fail
    clientConfig: {service: {name: guard, namespace: infra}}
    rules: [{apiGroups: [""], resources: [pods], operations: [CREATE]}]
    namespaceSelector: {matchLabels: {guarded: "yes"}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders, namespace: back}
spec:
  selector: {matchLabels: {app: orders}}
  template: {metadata: {labels: {app: orders}}, spec: {containers: [{name: orders, env: [{name: WEB, value: "http://web.shop/api"}]}]}}
`;

const survey = surveyIn(shop);
const graph = graphOf(survey);
const text = ({ref, how}: Reached) => `${ref.kind} ${ref.name}: ${how}`;
const ref = (kind: string, name: string, namespace: string | undefined = 'shop') => {
	const found = [undefined, namespace].map(place => survey.find(kind, place, name)).find(each => each !== undefined);
	const group =
		found?.apiVersion ??
		{
			StorageClass: 'storage.k8s.io/v1',
			PriorityClass: 'scheduling.k8s.io/v1',
			RuntimeClass: 'node.k8s.io/v1',
			Role: 'rbac.authorization.k8s.io/v1',
			GatewayClass: 'gateway.networking.k8s.io/v1',
		}[kind] ??
		'v1';
	const isWide = [
		'Node',
		'Namespace',
		'StorageClass',
		'PersistentVolume',
		'PriorityClass',
		'RuntimeClass',
		'IngressClass',
		'GatewayClass',
		'APIService',
		'ValidatingWebhookConfiguration',
	].includes(kind);
	return {apiVersion: group, kind, name, ...(isWide ? {} : {namespace})};
};
const direct = (kind: string, name: string, namespace?: string) =>
	graph
		.dependentsOf(ref(kind, name, namespace))
		.filter(({steps}) => steps === 1)
		.map(text);

describe('who leans directly on', () => {
	test.each<[string, string, readonly string[], string?]>([
		[
			'Deployment',
			'web',
			[
				'Pod web-1-a: is made by it',
				'Pod web-1-b: is made by it',
				'Service web: sends requests to its pods',
				'Service first: sends requests to its pods',
			],
		],
		[
			'Service',
			'web',
			[
				'Deployment orders: asks it, named in WEB',
				'Service alias: stands for it',
				'Ingress shop: sends requests to it',
				'HTTPRoute api: sends requests to it',
			],
		],
		['ConfigMap', 'settings', ['Deployment web: uses it: environment of container web']],
		['Secret', 'login', ['Deployment web: uses it: PASSWORD of container web']],
		['Secret', 'registry', ['Deployment web: uses it: image pull secret']],
		['Secret', 'mirror', ['ServiceAccount web: pulls images with it']],
		['Secret', 'cert', ['Ingress shop: takes its certificate from it']],
		['Secret', 'edge-cert', ['Gateway edge: takes its certificate from it'], 'infra'],
		['PersistentVolumeClaim', 'files', ['Deployment web: uses it: volume files']],
		['PersistentVolume', 'pv-1', ['PersistentVolumeClaim files: is bound to it']],
		['StorageClass', 'fast', ['PersistentVolumeClaim files: is made by its rules']],
		['ServiceAccount', 'web', ['Deployment web: uses it: service account']],
		['ServiceAccount', 'default', ['Deployment orders: uses it: service account'], 'back'],
		['RoleBinding', 'web-reads', ['ServiceAccount web: has rights by it']],
		['Role', 'reader', ['RoleBinding web-reads: grants what it allows']],
		['Node', 'n1', ['Pod web-1-a: runs on it']],
		['PriorityClass', 'urgent', ['Deployment web: takes its priority from it']],
		['RuntimeClass', 'gvisor', ['Deployment web: runs its containers with it']],
		['IngressClass', 'nginx', ['Ingress shop: is served by it']],
		['Gateway', 'edge', ['HTTPRoute api: is served by it'], 'infra'],
		['GatewayClass', 'istio', ['Gateway edge: is served by it']],
		['HorizontalPodAutoscaler', 'web', ['Deployment web: is scaled by it']],
		['APIService', 'v1beta1.metrics.k8s.io', ['HorizontalPodAutoscaler web: takes its metrics from it']],
		['Service', 'metrics-server', ['APIService v1beta1.metrics.k8s.io: is answered by it'], 'kube-system'],
		['Service', 'guard', ['ValidatingWebhookConfiguration guard: asks it'], 'infra'],
		['ValidatingWebhookConfiguration', 'guard', ['Deployment web: has its pods admitted by it']],
		['PodDisruptionBudget', 'web', ['Deployment web: has its evictions limited by it']],
		['NetworkPolicy', 'deny', ['Deployment web: has its traffic limited by it']],
		['ResourceQuota', 'small', ['Deployment web: counts against it']],
		['LimitRange', 'sizes', ['Deployment web: is limited by it']],
		['Namespace', 'shop', ['Deployment web: lives in it']],
		['Ingress', 'shop', []],
	])('%s %s', (kind, name, expected, namespace) => {
		expect(direct(kind, name, namespace).toSorted()).toEqual(expected.toSorted());
	});
});

test('what is left out until somebody asks for its kind leads to no other', () => {
	for (const {into, edges} of edgeFamilies(survey))
		for (const {to} of edges()) expect(into ?? [to.kind], `${to.kind} ${to.name}`).toContain(to.kind);
});

test('answers the same, whatever was asked before', () => {
	for (const object of survey.snapshot.objects) {
		const alone = graphOf(survey).dependentsOf(refOf(object));
		expect(graph.dependentsOf(refOf(object))).toEqual(alone);
	}
});

test('goes on through others, nearest first, and names by whom', () => {
	const reached = graph
		.dependentsOf(ref('Secret', 'login'))
		.map(({ref: {kind, name}, steps, by}) => `${steps} ${kind} ${name} by ${by.kind}`);
	expect(reached).toEqual([
		'1 Deployment web by Secret',
		'2 Service web by Deployment',
		'2 Service first by Deployment',
		'3 Deployment orders by Service',
		'3 Service alias by Service',
		'3 Ingress shop by Service',
		'3 HTTPRoute api by Service',
	]);
});

test('of a node only its own pods suffer, and what runs in them', () => {
	const reached = graph.dependentsOf(ref('Node', 'n1')).map(({ref: {kind, name}}) => `${kind} ${name}`);
	expect(reached).toContain('Deployment web');
	expect(reached).not.toContain('Pod web-1-b');
});

test('tells what an object needs, but not the pods beside a pod', () => {
	const needs = graph.supportsOf(ref('Pod', 'web-1-a')).map(({ref: {kind, name}}) => `${kind} ${name}`);
	expect(needs).toEqual(
		expect.arrayContaining(['Node n1', 'Deployment web', 'ConfigMap settings', 'PersistentVolume pv-1', 'Role reader', 'Service guard']),
	);
	expect(needs).not.toContain('Pod web-1-b');
	expect(needs).not.toContain('Node n2');
});

test('a cycle ends', () => {
	const asks = (name: string, other: string) => `
{apiVersion: v1, kind: Service, metadata: {name: ${name}, namespace: shop}, spec: {selector: {app: ${name}}}}
---
{apiVersion: apps/v1, kind: Deployment, metadata: {name: ${name}, namespace: shop}, spec: {template: {metadata: {labels: {app: ${name}}}, spec: {containers: [{name: main, args: ["--peer-host=${other}"]}]}}}}
`;
	const round = graphOf(surveyIn([asks('a', 'b'), asks('b', 'a')].join('---')));
	const reached = round
		.dependentsOf({apiVersion: 'v1', kind: 'Service', namespace: 'shop', name: 'a'})
		.map(({ref: {kind, name}}) => `${kind} ${name}`);
	expect(reached).toEqual(['Deployment b', 'Service b', 'Deployment a']);
});

test('reads 5,000 pods and 2,000 Services in well under a second', () => {
	const pod = (index: number): KubeObject => ({
		apiVersion: 'v1',
		kind: 'Pod',
		metadata: {name: `p-${index}`, namespace: 'shop', labels: {app: `a-${index % 2000}`, tier: 'all'}},
		spec: {nodeName: `n-${index % 50}`, containers: [{name: 'main', env: [{name: 'DB_HOST', value: `a-${(index + 1) % 2000}`}]}]},
	});
	const service = (index: number): KubeObject => ({
		apiVersion: 'v1',
		kind: 'Service',
		metadata: {name: `a-${index}`, namespace: 'shop'},
		spec: {selector: {tier: 'all', app: `a-${index}`}},
	});
	const many = surveyOf({
		takenAt: '2026-11-27T12:00:00.000Z',
		objects: [...Array.from({length: 5000}, (_, index) => pod(index)), ...Array.from({length: 2000}, (_, index) => service(index))],
		unread: [],
	});
	const before = cpuMs();
	const found = graphOf(many).dependentsOf({apiVersion: 'v1', kind: 'Node', name: 'n-1'});
	expect(found.length).toBeGreaterThan(100);
	expect(cpuMs() - before).toBeLessThan(1500);
});
