import {expect, test} from 'vitest';
import {distributionOf, platformOf} from '../../../src/analysis/scan/platform.ts';
import type {Json} from '../../../src/core/json.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';

const node = (spec: Json, more: object = {}, kubeletVersion = 'v1.36.0'): KubeObject => ({
	...{apiVersion: 'v1', kind: 'Node', metadata: {name: 'n', ...more}, spec, status: {nodeInfo: {kubeletVersion}}},
});

test.each([
	['kind', node({providerID: 'kind://docker/kind/kind-control-plane'})],
	['minikube', node({}, {labels: {'minikube.k8s.io/name': 'minikube'}})],
	['EKS', node({providerID: 'aws:///eu-west-1a/i-0'}, {}, 'v1.35.2-eks-abc')],
	['GKE', node({providerID: 'gce://project/zone/name'}, {}, 'v1.35.2-gke.1200')],
	['AKS', node({providerID: 'azure:///subscriptions/x'}, {labels: {'kubernetes.azure.com/cluster': 'mc'}})],
	[undefined, node({providerID: 'aws:///eu-west-1a/i-0'})],
])('nodes tell %s', (name, one) => {
	expect(distributionOf([one, one])).toBe(name);
	expect(distributionOf([one, node({})])).toBeUndefined();
});

type Change = {readonly metadata?: object; readonly image?: string; readonly kind?: string; readonly beside?: string};

const proxy = ({metadata = {}, image = 'registry.k8s.io/kube-proxy:v1.36.0', kind = 'DaemonSet', beside}: Change = {}): KubeObject => ({
	apiVersion: 'apps/v1',
	kind,
	metadata: {name: 'kube-proxy', namespace: 'kube-system', ...metadata},
	spec: {template: {spec: {containers: [{image}, ...(beside === undefined ? [] : [{image: beside}])]}}},
});

test('a component is known by namespace, kind, owner and images together', () => {
	expect(platformOf(proxy(), 'kind')).toBe('kind: kube-proxy');
	expect(platformOf(proxy({image: '602401143452.dkr.ecr.eu-west-1.amazonaws.com/eks/kube-proxy:v1'}), 'EKS')).toBe('EKS: kube-proxy');
});

test.each([
	['in another namespace', proxy({metadata: {namespace: 'shop'}}), 'kind'],
	['with an image from elsewhere', proxy({image: 'evil.example.com/kube-proxy:v1'}), 'kind'],
	['with a registry that only begins alike', proxy({image: 'registry.k8s.io.example.com/kube-proxy'}), 'kind'],
	['with a container of somebody else beside it', proxy({beside: 'busybox'}), 'kind'],
	['as another kind', proxy({kind: 'Deployment'}), 'kind'],
	['owned by something', proxy({metadata: {ownerReferences: [{apiVersion: 'v1', kind: 'X', name: 'x', uid: '1'}]}}), 'kind'],
	['with an account of nobody known', proxy({image: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/eks/kube-proxy:v1'}), 'EKS'],
	['on a cluster that does not say what it is', proxy(), undefined],
] as const)('nothing hides by the name kube-proxy %s', (_, object, distribution) => {
	expect(platformOf(object, distribution)).toBeUndefined();
});

test('a static pod is one that a node owns and is named after', () => {
	const pod = (name: string, owner: string): KubeObject => ({
		apiVersion: 'v1',
		kind: 'Pod',
		metadata: {
			...{name, namespace: 'kube-system', annotations: {'kubernetes.io/config.mirror': 'x'}},
			ownerReferences: [{apiVersion: 'v1', kind: 'Node', name: owner, uid: '1', controller: true}],
		},
		spec: {containers: [{image: 'registry.k8s.io/etcd:3.6.0-0'}]},
	});
	expect(platformOf(pod('etcd-n1', 'n1'), 'kind')).toBe('kind: etcd');
	expect(platformOf(pod('etcd-n2', 'n1'), 'kind')).toBeUndefined();
});

test('a default binding is the server’s own until somebody adds a subject', () => {
	const binding = (...subjects: Json[]): KubeObject => ({
		apiVersion: 'rbac.authorization.k8s.io/v1',
		kind: 'ClusterRoleBinding',
		metadata: {name: 'cluster-admin', labels: {'kubernetes.io/bootstrapping': 'rbac-defaults'}},
		subjects,
	});
	const masters = {kind: 'Group', name: 'system:masters'};
	expect(platformOf(binding(masters), undefined)).toBe('Kubernetes: default roles');
	expect(platformOf(binding(masters, {kind: 'User', name: 'eve'}), undefined)).toBeUndefined();
	expect(platformOf({...binding(masters), metadata: {...binding().metadata, name: 'system:eve'}}, undefined)).toBeUndefined();
});
