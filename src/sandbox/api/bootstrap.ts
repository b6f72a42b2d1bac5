import type {KubeObject} from '../../core/kube/kube-object.ts';
import type {Machine} from '../machine.ts';
import {systemClasses} from './admission/priority.ts';
import {bootstrapRolesJson} from './generated/bootstrap-roles.ts';

/** What every cluster has before anybody comes: its namespaces, and the roles people are given. */
export function bootstrap(machine: Machine): void {
	for (const name of ['default', 'kube-system', 'kube-public', 'kube-node-lease']) {
		machine.create({apiVersion: 'v1', kind: 'Namespace', metadata: {name}}, 'kube-apiserver');
	}
	const recorded: readonly KubeObject[] = JSON.parse(bootstrapRolesJson);
	for (const object of [...recorded, nodeReader, readers, ...systemClasses]) machine.create(object, 'kube-apiserver');
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

const role = (name: string, rules: KubeObject['rules']): KubeObject => ({
	apiVersion: rbac,
	kind: 'ClusterRole',
	metadata: {name, labels: {'kubernetes.io/bootstrapping': 'rbac-defaults'}},
	rules: rules ?? [],
});

/** For people who look at the cluster beside what `view` shows: nodes, volumes, usage and definitions. */
const nodeReader = role('system:node-reader', [
	{verbs: reads, apiGroups: [''], resources: ['nodes', 'persistentvolumes']},
	{verbs: reads, apiGroups: ['storage.k8s.io'], resources: ['storageclasses']},
	{verbs: reads, apiGroups: ['metrics.k8s.io'], resources: ['pods', 'nodes']},
	{verbs: reads, apiGroups: ['apiextensions.k8s.io'], resources: ['customresourcedefinitions']},
]);

const readers: KubeObject = {
	apiVersion: rbac,
	kind: 'ClusterRoleBinding',
	metadata: {name: 'readers-view'},
	roleRef: {apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view'},
	subjects: [{kind: 'Group', name: 'readers', apiGroup: 'rbac.authorization.k8s.io'}],
};
