import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {objectOf, type Place} from './object.ts';

/** What may be done with which things, as one rule of a Role says it. */
export type RuleWish = {
	readonly groups: readonly string[];
	readonly resources: readonly string[];
	readonly verbs: readonly string[];
	readonly names?: readonly string[] | undefined;
};

export type SubjectWish =
	| {readonly kind: 'User' | 'Group'; readonly name: string}
	| {readonly kind: 'ServiceAccount'; readonly name: string; readonly namespace: string};

const rbac = 'rbac.authorization.k8s.io';

/** A Role, or a ClusterRole where the place has no namespace. */
export const roleOf = (place: Place, rules: readonly RuleWish[]): KubeObject =>
	objectOf(`${rbac}/v1`, place.namespace === undefined ? 'ClusterRole' : 'Role', place, {
		rules: rules.map(({groups, resources, verbs, names}) => ({
			apiGroups: groups,
			resources,
			verbs,
			...(names === undefined || names.length === 0 ? {} : {resourceNames: names}),
		})),
	});

const subjectOf = (subject: SubjectWish) =>
	subject.kind === 'ServiceAccount'
		? {kind: subject.kind, namespace: subject.namespace, name: subject.name}
		: {apiGroup: rbac, kind: subject.kind, name: subject.name};

/** A RoleBinding, or a ClusterRoleBinding where the place has no namespace. */
export const bindingOf = (
	place: Place,
	role: {readonly kind: 'Role' | 'ClusterRole'; readonly name: string},
	subjects: readonly SubjectWish[],
): KubeObject =>
	objectOf(`${rbac}/v1`, place.namespace === undefined ? 'ClusterRoleBinding' : 'RoleBinding', place, {
		roleRef: {apiGroup: rbac, ...role},
		subjects: subjects.map(subjectOf),
	});
