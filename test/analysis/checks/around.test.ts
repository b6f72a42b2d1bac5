import {expect, test} from 'vitest';
import {allChecks} from '../../../src/analysis/checks/all-checks.ts';
import {runChecks} from '../../../src/analysis/checks/run-checks.ts';
import {worldOf} from '../../../src/analysis/checks/world.ts';
import {faultsOf, object} from './look.ts';

const enforce = 'metadata.labels[pod-security.kubernetes.io/enforce]';
const namespace = (level?: string, name = 'shop') =>
	object(`v1 Namespace ${name}`, {}, level === undefined ? {} : {labels: {'pod-security.kubernetes.io/enforce': level}});
const webhook = (rule: object) => object('admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration w', {webhooks: [{rules: [rule]}]});

test.each<[string, string | undefined, boolean]>([
	['pod-security-not-enforced', undefined, true],
	['pod-security-not-enforced', 'privileged', false],
	['pod-security-below-baseline', 'privileged', true],
	['pod-security-below-baseline', 'baseline', false],
	['pod-security-below-restricted', 'baseline', true],
	['pod-security-below-restricted', 'restricted', false],
	['pod-security-below-restricted', 'strict', true],
	['pod-security-unknown-level', 'strict', true],
	['pod-security-unknown-level', undefined, false],
])('%s of level %s', (id, level, isTold) => {
	expect(faultsOf(id, [namespace(level)])).toEqual(isTold ? [`Namespace shop ${enforce}`] : []);
	expect(faultsOf(id, [namespace(level, 'kube-system')])).toEqual(
		isTold && id === 'pod-security-unknown-level' ? [`Namespace kube-system ${enforce}`] : [],
	);
});

test('a webhook that looks at pods may stand in place of a level, one that does not may not', () => {
	const id = 'pod-security-not-enforced';
	expect(faultsOf(id, [namespace(), webhook({resources: ['pods'], scope: 'Namespaced'})])).toEqual([]);
	expect(faultsOf(id, [namespace(), webhook({resources: ['pods']})])).toEqual([]);
	expect(faultsOf(id, [namespace(), webhook({resources: ['pods'], scope: 'Cluster'})])).toHaveLength(1);
	expect(faultsOf(id, [namespace(), webhook({resources: ['services']})])).toHaveLength(1);
});

test.each([
	['service', 'v1 Service default/web', true],
	['service', 'v1 Service web', true],
	['service', 'v1 Service default/kubernetes', false],
	['service', 'v1 Service shop/web', false],
	['service-account', 'v1 ServiceAccount default/default', false],
	['config-map', 'v1 ConfigMap default/kube-root-ca.crt', false],
	['endpoint-slice', 'discovery.k8s.io/v1 EndpointSlice default/kubernetes-a', true],
	['workload', 'apps/v1 Deployment default/web', true],
	['horizontal-pod-autoscaler', 'autoscaling/v1 HorizontalPodAutoscaler default/web', true],
])('%s in the namespace default: %s', (id, text, isTold) => {
	expect(faultsOf(`${id}-in-default-namespace`, [object(text)])).toHaveLength(isTold ? 1 : 0);
});

test.each<[string, object, string | undefined]>([
	['aws', {parameters: {encrypted: 'true'}}, 'pass'],
	['aws in the clear', {provisioner: 'ebs.csi.aws.com', parameters: {type: 'gp3'}}, 'fail'],
	['azure', {parameters: {diskEncryptionSetID: '/subscriptions/a/diskEncryptionSets/b'}}, 'pass'],
	['google', {parameters: {'disk-encryption-kms-key': 'projects/p/cryptoKeys/k'}}, 'pass'],
	['switched off', {parameters: {encrypted: 'false'}}, 'fail'],
])('a volume of a class of %s', (_, fields, status) => {
	const objects = [
		object('storage.k8s.io/v1 StorageClass disk', fields as never),
		object('v1 PersistentVolume v', {spec: {storageClassName: 'disk'}}),
	];
	const checks = allChecks.filter(({id}) => id === 'volume-without-encryption');
	expect(runChecks(checks, worldOf(objects), {unread: new Map()})).toMatchObject([{status}]);
	expect(runChecks(checks, worldOf(objects.slice(1)), {unread: new Map()})).toMatchObject([{status: 'not-checked'}]);
});

test('volumes that are folders of nodes, and NFS in the clear, are told of', () => {
	const volume = (spec: object) => object('v1 PersistentVolume v', {spec});
	expect(faultsOf('volume-on-host-path', [volume({hostPath: {path: '/data'}})])).toEqual(['PersistentVolume v spec.hostPath']);
	expect(faultsOf('volume-over-open-network', [volume({nfs: {server: 'a'}})])).toHaveLength(1);
	expect(faultsOf('volume-over-open-network', [volume({nfs: {server: 'a'}, mountOptions: ['sec=krb5p']})])).toEqual([]);
});

const policy = (name: string, spec: object) => object(`policy/v1beta1 PodSecurityPolicy ${name}`, {spec});

test.each<[string, object, object, string]>([
	['pod-policy-privileged', {privileged: true}, {}, 'spec.privileged'],
	['pod-policy-host-network', {hostNetwork: true}, {hostNetwork: false}, 'spec.hostNetwork'],
	['pod-policy-escalation', {}, {allowPrivilegeEscalation: false}, 'spec.allowPrivilegeEscalation'],
	['pod-policy-root', {runAsUser: {rule: 'MustRunAs', ranges: [{min: 0}]}}, {runAsUser: {rule: 'MustRunAsNonRoot'}}, 'spec.runAsUser.rule'],
	['pod-policy-capabilities', {allowedCapabilities: ['*']}, {allowedCapabilities: null}, 'spec.allowedCapabilities'],
	['pod-policy-drops-nothing', {}, {requiredDropCapabilities: ['ALL']}, 'spec.requiredDropCapabilities'],
])('%s is a fault only where no policy refuses', (id, bad, good, path) => {
	expect(faultsOf(id, [policy('a', bad), policy('b', bad)])).toEqual(['a', 'b'].map(name => `PodSecurityPolicy ${name} ${path}`));
	expect(faultsOf(id, [policy('a', bad), policy('b', good)])).toEqual([]);
});

test.each<[string, string, object, readonly string[]]>([
	['validating-webhook-fails-open', 'ValidatingWebhookConfiguration', {failurePolicy: 'Ignore'}, ['webhooks[0].failurePolicy']],
	['validating-webhook-fails-open', 'ValidatingWebhookConfiguration', {}, []],
	[
		'webhook-without-authority',
		'MutatingWebhookConfiguration',
		{clientConfig: {service: {name: 'a'}}},
		['webhooks[0].clientConfig.caBundle'],
	],
	['webhook-without-authority', 'MutatingWebhookConfiguration', {clientConfig: {service: {name: 'a'}, caBundle: 'YQ=='}}, []],
	[
		'webhook-outside',
		'MutatingWebhookConfiguration',
		{clientConfig: {url: 'https://x.example/path?token=s'}},
		['webhooks[0].clientConfig.url'],
	],
	[
		'webhook-for-secrets',
		'MutatingWebhookConfiguration',
		{rules: [{apiGroups: [''], resources: ['pods', 'secrets']}]},
		['webhooks[0].rules[0].resources[1]'],
	],
	['webhook-for-secrets', 'MutatingWebhookConfiguration', {rules: [{apiGroups: ['apps'], resources: ['*']}]}, []],
])('%s of a %s %j', (id, kind, fields, paths) => {
	const found = faultsOf(id, [object(`admissionregistration.k8s.io/v1 ${kind} w`, {webhooks: [{name: 'a.x', ...fields}]})]);
	expect(found).toEqual(paths.map(path => `${kind} w ${path}`));
});

test('where a webhook is, is told without what its address carries', () => {
	const world = worldOf([
		object('admissionregistration.k8s.io/v1 MutatingWebhookConfiguration w', {
			webhooks: [{clientConfig: {url: 'https://x.example/?token=s'}}],
		}),
	]);
	const [verdict] = runChecks(
		allChecks.filter(({id}) => id === 'webhook-outside'),
		world,
		{unread: new Map()},
	);
	expect(JSON.stringify(verdict)).not.toContain('token=s');
	expect(JSON.stringify(verdict)).toContain('x.example');
});

const node = (nodeInfo: object, fields: object = {}, metadata: object = {}) =>
	object('v1 Node n', {status: {nodeInfo}, ...fields} as never, metadata as never);

test.each<[string, object, boolean]>([
	['kernel-cve-2022-0185', {kernelVersion: '5.10.92-generic'}, true],
	['kernel-cve-2022-0185', {kernelVersion: '5.10.93'}, false],
	['kernel-cve-2022-0185', {kernelVersion: '4.19.0'}, false],
	['kernel-cve-2022-0185', {kernelVersion: 'unknown'}, false],
	['containerd-cve-2022-23648', {containerRuntimeVersion: 'containerd://1.5.9'}, true],
	['containerd-cve-2022-23648', {containerRuntimeVersion: 'docker://1.5.9'}, false],
	['kubelet-cve-2021-25741', {kubeletVersion: 'v1.20.10-eks-1'}, true],
	['node-version-not-supported', {kubeletVersion: 'v1.20.0'}, true],
	['node-version-not-supported', {kubeletVersion: 'v1.40.0'}, false],
	['node-not-made-for-containers', {osImage: 'Ubuntu 24.04'}, true],
	['node-not-made-for-containers', {osImage: 'Bottlerocket OS 1.1'}, false],
	['node-not-made-for-containers', {}, false],
	['node-with-docker', {containerRuntimeVersion: 'docker://20.10'}, true],
])('%s of %j', (id, nodeInfo, isTold) => {
	expect(faultsOf(id, [node(nodeInfo)])).toEqual(isTold ? [`Node n status.nodeInfo.${Object.keys(nodeInfo)[0]}`] : []);
});

test('a node of the control plane without a taint is told of', () => {
	const labels = {labels: {'node-role.kubernetes.io/control-plane': ''}};
	expect(faultsOf('control-plane-takes-pods', [node({}, {}, labels)])).toEqual(['Node n spec.taints']);
	expect(faultsOf('control-plane-takes-pods', [node({}, {spec: {taints: [{effect: 'NoSchedule'}]}}, labels)])).toEqual([]);
	expect(faultsOf('control-plane-takes-pods', [node({})])).toEqual([]);
});

test('what only a person can judge is not checked, and says why', () => {
	const checks = allChecks.filter(({id}) => id === 'namespace-for-review');
	expect(runChecks(checks, worldOf([namespace()]), {unread: new Map()})).toMatchObject([
		{status: 'not-checked', resource: {name: 'shop'}, why: expect.stringContaining('for a person to say')},
	]);
});
