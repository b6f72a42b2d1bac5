import {describe, expect, test} from 'vitest';
import {bundleSecret} from '../../../../src/agents/deploy/bundle/bundle-secret.ts';
import {keptBundles} from '../../../../src/agents/deploy/bundle/kept-bundles.ts';
import {readBundle} from '../../../../src/agents/deploy/bundle/read-bundle.ts';
import {liveObjects} from '../../../../src/agents/deploy/bundle/restore-bundle.ts';
import type {JsonObject} from '../../../../src/core/json.ts';
import type {ResourceType} from '../../../../src/mcp/kubernetes/port.ts';
import {fakeCluster} from '../../../support/fake-cluster.ts';
import {fakeKinds} from '../../../support/fake-kinds.ts';
import {deployment, object} from '../../../support/kube-objects.ts';

const custom = (apiVersion: string, kind: string, plural: string): ResourceType => ({
	apiVersion,
	kind,
	plural,
	singular: kind.toLowerCase(),
	shortNames: [],
	categories: [],
	namespaced: true,
	verbs: ['get', 'list'],
	subresources: [],
});
const kinds = [
	...fakeKinds,
	custom('gateway.networking.k8s.io/v1', 'HTTPRoute', 'httproutes'),
	custom('networking.istio.io/v1', 'VirtualService', 'virtualservices'),
];

const web = deployment({
	metadata: {
		uid: 'uid-web',
		annotations: {'deployment.kubernetes.io/revision': '7', 'kubectl.kubernetes.io/last-applied-configuration': '{}'},
		managedFields: [],
	},
	container: {
		env: [
			{name: 'A', valueFrom: {configMapKeyRef: {name: 'env', key: 'a'}}},
			{name: 'B', valueFrom: {secretKeyRef: {name: 'key', key: 'b'}}},
		],
		envFrom: [{configMapRef: {name: 'from'}}, {secretRef: {name: 'from'}}],
	},
	pod: {
		imagePullSecrets: [{name: 'pull'}],
		volumes: [
			{name: 'files', configMap: {name: 'files'}},
			{name: 'all', projected: {sources: [{configMap: {name: 'projected'}}, {secret: {name: 'projected'}}]}},
			{name: 'tls', secret: {secretName: 'tls'}},
			{name: 'gone', configMap: {name: 'gone', optional: true}},
		],
	},
});

const configs = ['env', 'from', 'files', 'projected', 'unrelated'].map(name => object('v1', 'ConfigMap', name, {data: {of: name}}));
const secrets = ['key', 'from', 'pull', 'projected', 'tls', 'unrelated'].map(name => object('v1', 'Secret', name, {data: {of: 'eA=='}}));
const spec = (kind: [string, string], name: string, content: JsonObject) => object(kind[0], kind[1], name, {spec: content, status: {x: 1}});
const around = [
	spec(['v1', 'Service'], 'web', {selector: {app: 'web'}}),
	spec(['v1', 'Service'], 'web-internal', {selector: {app: 'web'}}),
	spec(['v1', 'Service'], 'other', {selector: {app: 'other'}}),
	spec(['autoscaling/v2', 'HorizontalPodAutoscaler'], 'web', {scaleTargetRef: {kind: 'Deployment', name: 'web'}}),
	spec(['autoscaling/v2', 'HorizontalPodAutoscaler'], 'db', {scaleTargetRef: {kind: 'StatefulSet', name: 'web'}}),
	spec(['policy/v1', 'PodDisruptionBudget'], 'web', {selector: {matchLabels: {app: 'web'}}}),
	spec(['networking.k8s.io/v1', 'Ingress'], 'shop', {rules: [{http: {paths: [{backend: {service: {name: 'web'}}}]}}]}),
	spec(['networking.k8s.io/v1', 'Ingress'], 'else', {defaultBackend: {service: {name: 'other'}}}),
	spec(['gateway.networking.k8s.io/v1', 'HTTPRoute'], 'web', {rules: [{backendRefs: [{name: 'web', port: 80}]}]}),
	spec(['networking.istio.io/v1', 'VirtualService'], 'web', {
		http: [{route: [{destination: {host: 'web-internal.shop.svc.cluster.local'}}]}],
	}),
	spec(['networking.istio.io/v1', 'VirtualService'], 'other', {http: [{route: [{destination: {host: 'other'}}]}]}),
];

const names = (objects: readonly {readonly kind: string; readonly metadata: {readonly name: string}}[]) =>
	objects.map(({kind, metadata}) => `${kind} ${metadata.name}`);

describe('readBundle', () => {
	test('what is there now of its objects, and which revisions are kept, is asked without the values of a Secret', async () => {
		const {cluster, calls} = fakeCluster({objects: [web, ...configs.slice(1), ...secrets, ...around], kinds});
		const bundle = await readBundle(cluster, web);
		const kept = [3, 12].map(revision => bundleSecret({...bundle, revision}));
		const later = fakeCluster({objects: [web, ...configs.slice(2), ...kept], kinds});
		const live = await liveObjects(later.cluster, {...bundle, secrets: []});
		expect([...live.keys()]).toEqual(['/ConfigMap/shop/files', '/ConfigMap/shop/projected', 'apps/Deployment/shop/web']);
		expect(await keptBundles(later.cluster, web, 12)).toEqual({revisions: [3, 12]});
		expect(later.calls.filter(call => /secret/i.test(call))).toEqual(['table secrets']);
		expect(calls).not.toContain('list secrets');
	});

	test('finds all that the pods use and what leads to them, and only that', async () => {
		const {cluster} = fakeCluster({objects: [web, ...configs, ...secrets, ...around], kinds});
		const bundle = await readBundle(
			cluster,
			(await cluster.get({apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web'})) ?? web,
		);
		expect(names(bundle.configs)).toEqual(['ConfigMap env', 'ConfigMap files', 'ConfigMap from', 'ConfigMap projected']);
		expect(names(bundle.secrets)).toEqual(['Secret from', 'Secret key', 'Secret projected', 'Secret pull', 'Secret tls']);
		expect(names([...bundle.scalers, ...bundle.budgets])).toEqual(['HorizontalPodAutoscaler web', 'PodDisruptionBudget web']);
		expect(names(bundle.services)).toEqual(['Service web', 'Service web-internal']);
		expect(names(bundle.routes)).toEqual(['HTTPRoute web', 'Ingress shop', 'VirtualService web']);
		expect(bundle.leftOut).toEqual(['ConfigMap shop/gone: the pod template names it, and it is not there']);
		expect(bundle.revision).toBe(7);
		expect(bundle.workload).toEqual({...web, metadata: {name: 'web', namespace: 'shop', uid: 'uid-web'}});
		expect(bundle.services[0]).not.toHaveProperty('status');
		expect(bundle.services[0]?.metadata).not.toHaveProperty('resourceVersion');
	});

	test('what may not be read is named, and the rest is there', async () => {
		const world = fakeCluster({objects: [web, ...configs, ...around], kinds, denied: ['ingresses', 'replicasets']});
		const bundle = await readBundle(world.cluster, web);
		expect(bundle.leftOut).toEqual([
			...['Secret shop/projected', 'Secret shop/tls', 'ConfigMap shop/gone', 'Secret shop/from', 'Secret shop/key', 'Secret shop/pull'].map(
				name => `${name}: the pod template names it, and it is not there`,
			),
			'ingresses.networking.k8s.io: reading them is not allowed',
			'the revisions of web: reading them is not allowed',
		]);
		expect(names(bundle.routes)).toEqual(['HTTPRoute web', 'VirtualService web']);
	});

	test('the revision of a StatefulSet is that of the ControllerRevision which it updates to', async () => {
		const db = object('apps/v1', 'StatefulSet', 'db', {
			metadata: {uid: 'uid-db'},
			spec: {selector: {matchLabels: {app: 'db'}}, template: {metadata: {labels: {app: 'db'}}, spec: {containers: []}}},
			status: {currentRevision: 'db-1', updateRevision: 'db-2'},
		});
		const revision = (number: number) =>
			object('apps/v1', 'ControllerRevision', `db-${number}`, {
				metadata: {
					labels: {app: 'db'},
					ownerReferences: [{apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'db', uid: 'uid-db', controller: true}],
				},
				revision: number,
				data: {spec: {template: {$patch: 'replace', spec: {containers: []}}}},
			});
		const {cluster} = fakeCluster({objects: [db, revision(1), revision(2)], kinds});
		expect((await readBundle(cluster, db)).revision).toBe(2);
	});
});
