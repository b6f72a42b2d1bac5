import type {KubeObject} from '../../core/kube/kube-object.ts';
import type {Machine} from '../machine.ts';
import {systemClasses} from './admission/priority.ts';

/** What every cluster has before anybody comes: its namespaces, and the roles people are given. */
export function bootstrap(machine: Machine): void {
	for (const name of ['default', 'kube-system', 'kube-public', 'kube-node-lease']) {
		machine.create({apiVersion: 'v1', kind: 'Namespace', metadata: {name}}, 'kube-apiserver');
	}
	for (const object of [...roles, readers, ...systemClasses]) machine.create(object, 'kube-apiserver');
	machine.create(
		{
			apiVersion: 'v1',
			kind: 'Service',
			metadata: {name: 'kubernetes', namespace: 'default', labels: {component: 'apiserver', provider: 'kubernetes'}},
			spec: {clusterIP: '10.96.0.1', ports: [{name: 'https', port: 443, protocol: 'TCP', targetPort: 6443}]},
		},
		'kube-apiserver',
	);
}

const rbac = 'rbac.authorization.k8s.io/v1';
const reads = ['get', 'list', 'watch'];
const writes = ['create', 'delete', 'deletecollection', 'patch', 'update'];

const role = (name: string, rules: KubeObject['rules']): KubeObject => ({
	apiVersion: rbac,
	kind: 'ClusterRole',
	metadata: {name, labels: {'kubernetes.io/bootstrapping': 'rbac-defaults'}},
	rules: rules ?? [],
});

const core = [
	'bindings',
	'configmaps',
	'endpoints',
	'events',
	'limitranges',
	'namespaces',
	'namespaces/status',
	'persistentvolumeclaims',
	'persistentvolumeclaims/status',
	'pods',
	'pods/log',
	'pods/status',
	'replicationcontrollers',
	'replicationcontrollers/scale',
	'replicationcontrollers/status',
	'resourcequotas',
	'resourcequotas/status',
	'serviceaccounts',
	'services',
	'services/status',
];
const apps = [
	'controllerrevisions',
	'daemonsets',
	'daemonsets/status',
	'deployments',
	'deployments/scale',
	'deployments/status',
	'replicasets',
	'replicasets/scale',
	'replicasets/status',
	'statefulsets',
	'statefulsets/scale',
	'statefulsets/status',
];
const others: readonly (readonly [string, readonly string[]])[] = [
	['autoscaling', ['horizontalpodautoscalers', 'horizontalpodautoscalers/status']],
	['batch', ['cronjobs', 'cronjobs/status', 'jobs', 'jobs/status']],
	['policy', ['poddisruptionbudgets', 'poddisruptionbudgets/status']],
	['networking.k8s.io', ['ingresses', 'ingresses/status', 'networkpolicies']],
	['discovery.k8s.io', ['endpointslices']],
];

const rulesFor = (verbs: readonly string[], extraCore: readonly string[] = []) => [
	{verbs, apiGroups: [''], resources: [...core, ...extraCore]},
	{verbs, apiGroups: ['apps'], resources: apps},
	...others.map(([group, resources]) => ({verbs, apiGroups: [group], resources})),
];

// The default roles of a real cluster, shortened to the groups that are served; view reads no secrets.
const roles: readonly KubeObject[] = [
	role('cluster-admin', [
		{verbs: ['*'], apiGroups: ['*'], resources: ['*']},
		{verbs: ['*'], nonResourceURLs: ['*']},
	]),
	role('view', rulesFor(reads)),
	role('edit', [
		...rulesFor([...reads, ...writes], ['secrets', 'pods/attach', 'pods/exec', 'pods/portforward', 'pods/proxy', 'services/proxy']),
		{verbs: ['create'], apiGroups: [''], resources: ['pods/eviction']},
	]),
	role('admin', [
		...rulesFor([...reads, ...writes], ['secrets', 'pods/attach', 'pods/exec', 'pods/portforward', 'pods/proxy', 'services/proxy']),
		{verbs: ['create'], apiGroups: [''], resources: ['pods/eviction']},
		{verbs: [...reads, ...writes], apiGroups: ['rbac.authorization.k8s.io'], resources: ['roles', 'rolebindings']},
	]),
	role('system:node-reader', [
		{verbs: reads, apiGroups: [''], resources: ['nodes', 'persistentvolumes']},
		{verbs: reads, apiGroups: ['storage.k8s.io'], resources: ['storageclasses']},
		{verbs: reads, apiGroups: ['metrics.k8s.io'], resources: ['pods', 'nodes']},
		{verbs: reads, apiGroups: ['apiextensions.k8s.io'], resources: ['customresourcedefinitions']},
	]),
];

const readers: KubeObject = {
	apiVersion: rbac,
	kind: 'ClusterRoleBinding',
	metadata: {name: 'readers-view'},
	roleRef: {apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view'},
	subjects: [{kind: 'Group', name: 'readers', apiGroup: 'rbac.authorization.k8s.io'}],
};
