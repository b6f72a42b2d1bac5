import {expect, test} from 'vitest';
import type {JsonObject} from '../../../src/core/json.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';
import {told} from '../../support/consequence-world.ts';
import {deployment, object} from '../../support/kube-objects.ts';

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
