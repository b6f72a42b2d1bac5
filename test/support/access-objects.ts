import type {JsonObject} from '../../src/core/json.ts';
import type {ResourceType} from '../../src/mcp/kubernetes/port.ts';
import {fakeKinds} from './fake-kinds.ts';
import {object} from './kube-objects.ts';

const rbac = 'rbac.authorization.k8s.io/v1';
const wide = {metadata: {namespace: undefined}};

/** Small RBAC objects for tests; those in a namespace are in `shop` where no other is named. */
export const rule = (resources: string, verbs: string, more: JsonObject = {}) => ({
	apiGroups: [''],
	resources: resources.split(' '),
	verbs: verbs.split(' '),
	...more,
});
export const rbacRule = (resources: string, verbs: string, more: JsonObject = {}) =>
	rule(resources, verbs, {apiGroups: ['rbac.authorization.k8s.io'], ...more});

export const role = (name: string, rules: readonly JsonObject[], namespace = 'shop') =>
	object(rbac, 'Role', name, {metadata: {namespace}, rules});
export const clusterRole = (name: string, rules: readonly JsonObject[], more: JsonObject = {}, labels: JsonObject = {}) =>
	object(rbac, 'ClusterRole', name, {metadata: {namespace: undefined, labels}, rules, ...more});

/** `User ada`, `Group ops`, `ServiceAccount shop/app` */
function subject(text: string): JsonObject {
	const [kind = '', name = ''] = text.split(' ');
	const [namespace = '', account] = name.split('/');
	return account === undefined ? {kind, name} : {kind, name: account, namespace};
}

/** @param of `Role NAME` or `ClusterRole NAME` */
export function binding(name: string, of: string, to: string, namespace = 'shop') {
	const [kind = '', role = ''] = of.split(' ');
	return object(rbac, 'RoleBinding', name, {metadata: {namespace}, roleRef: {kind, name: role}, subjects: to.split(', ').map(subject)});
}
export const clusterBinding = (name: string, role: string, to: string) =>
	object(rbac, 'ClusterRoleBinding', name, {...wide, roleRef: {kind: 'ClusterRole', name: role}, subjects: to.split(', ').map(subject)});

export const account = (place: string, annotations: JsonObject = {}) => {
	const [namespace = '', name = ''] = place.split('/');
	return object('v1', 'ServiceAccount', name, {metadata: {namespace, annotations}});
};

/** What a cluster has for somebody to gain. */
export const clusterAdmin = clusterRole('cluster-admin', [
	{apiGroups: ['*'], resources: ['*'], verbs: ['*']},
	{nonResourceURLs: ['*'], verbs: ['*']},
]);

const served = (apiVersion: string, kind: string, plural: string, namespaced: boolean): ResourceType => ({
	...{apiVersion, kind, plural, singular: kind.toLowerCase(), shortNames: [], categories: [], namespaced},
	...{verbs: ['get', 'list'], subresources: []},
});

/** The kinds of the fake cluster, and those of RBAC. */
export const rbacKinds: readonly ResourceType[] = [
	...fakeKinds,
	served(rbac, 'Role', 'roles', true),
	served(rbac, 'RoleBinding', 'rolebindings', true),
	served(rbac, 'ClusterRole', 'clusterroles', false),
	served(rbac, 'ClusterRoleBinding', 'clusterrolebindings', false),
];
