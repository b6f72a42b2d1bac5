import {expect, test} from 'vitest';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import {pointingAt} from '../../../../src/mcp/kubernetes/model/pointing-at.ts';
import {deployment, objectOf} from '../../../support/shop-objects.ts';

const selector = {matchLabels: {app: 'web'}};
const service = objectOf('v1', 'Service', 'front', {spec: {selector: {app: 'web'}}});
const user = objectOf('apps/v1', 'Deployment', 'user', {
	spec: {
		template: {
			spec: {
				imagePullSecrets: [{name: 'pull'}],
				volumes: [
					{name: 'v', configMap: {name: 'settings'}},
					{name: 'd', persistentVolumeClaim: {claimName: 'data'}},
				],
				containers: [
					{
						name: 'c',
						envFrom: [{secretRef: {name: 'keys'}}],
						env: [{name: 'MODE', valueFrom: {configMapKeyRef: {name: 'settings', key: 'm'}}}],
					},
				],
			},
		},
	},
});

const rows: readonly (readonly [string, KubeObject, KubeObject, readonly string[]])[] = [
	['a service that selects the pods', deployment(), service, ['routes traffic to its pods']],
	['a service of other pods', deployment('api'), service, []],
	['a disruption budget', deployment(), objectOf('policy/v1', 'PodDisruptionBudget', 'b', {spec: {selector}}), ['guards its pods']],
	[
		'a network policy for all pods',
		deployment(),
		objectOf('networking.k8s.io/v1', 'NetworkPolicy', 'n', {spec: {podSelector: {}}}),
		['limits the traffic of its pods'],
	],
	[
		'an autoscaler',
		deployment(),
		objectOf('autoscaling/v2', 'HorizontalPodAutoscaler', 'h', {spec: {scaleTargetRef: {kind: 'Deployment', name: 'web'}}}),
		['sets its replicas'],
	],
	[
		'an ingress of a service',
		service,
		objectOf('networking.k8s.io/v1', 'Ingress', 'i', {spec: {rules: [{http: {paths: [{backend: {service: {name: 'front'}}}]}}]}}),
		['sends requests to it'],
	],
	[
		'an ingress with a certificate',
		objectOf('v1', 'Secret', 'cert'),
		objectOf('networking.k8s.io/v1', 'Ingress', 'i', {spec: {tls: [{secretName: 'cert'}]}}),
		['takes its certificate from it'],
	],
	[
		'endpoints of a service',
		service,
		objectOf('discovery.k8s.io/v1', 'EndpointSlice', 'e', {
			metadata: {labels: {'kubernetes.io/service-name': 'front'}},
			endpoints: [{conditions: {ready: true}}, {conditions: {ready: false}}, {}],
		}),
		['lists 2 ready of 3 endpoints'],
	],
	['users of a config map', objectOf('v1', 'ConfigMap', 'settings'), user, ['uses it: volume v, MODE of container c']],
	['users of a secret', objectOf('v1', 'Secret', 'keys'), user, ['uses it: environment of container c']],
	['pull secrets', objectOf('v1', 'Secret', 'pull'), user, ['uses it: image pull secret']],
	['users of a claim', objectOf('v1', 'PersistentVolumeClaim', 'data'), user, ['uses it: volume d']],
];

test.each(rows)('finds %s', (_, object, other, expected) => {
	expect(pointingAt(object, [other]).map(({how}) => how)).toEqual(expected);
});

test('does not look into other namespaces', () => {
	expect(pointingAt(deployment(), [{...service, metadata: {...service.metadata, namespace: 'other'}}])).toEqual([]);
});
