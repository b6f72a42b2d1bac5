import type {FaultClasses} from './fault-class.ts';

/** Faults of the family `rbac`. */
export const rbacClasses = {
	'right-missing': {
		severity: 'medium',
		title: 'Somebody is refused what they need',
		reads: ['Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding'],
	},
	'binding-not-there': {
		severity: 'medium',
		title: 'A Role that fits is bound to nobody',
		reads: ['Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding'],
	},
	'role-not-there': {severity: 'medium', title: 'A binding names a role that is not there', reads: ['Role', 'RoleBinding', 'ClusterRole']},
	'subject-not-there': {
		severity: 'medium',
		title: 'A binding gives rights to an account that is not there',
		reads: ['RoleBinding', 'ClusterRoleBinding', 'ServiceAccount'],
	},
	'binding-of-other-account': {
		severity: 'medium',
		title: 'A binding gives rights to another account than the one that needs them',
		reads: ['Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding'],
	},
	'rule-group-wrong': {severity: 'medium', title: 'A rule names an API group that its resource is not in', reads: ['Role', 'ClusterRole']},
	'rule-resource-unknown': {severity: 'medium', title: 'A rule names a resource that does not exist', reads: ['Role', 'ClusterRole']},
	'rule-verb-unknown': {severity: 'medium', title: 'A rule names a verb that nobody asks with', reads: ['Role', 'ClusterRole']},
	'rule-name-not-there': {
		severity: 'medium',
		title: 'A rule allows an object that is not there, and not the one that is used',
		reads: ['Role', 'ClusterRole'],
	},
	'rule-needs-cluster': {
		severity: 'medium',
		title: 'A rule of a Role names what belongs to no namespace',
		reads: ['Role', 'RoleBinding', 'ClusterRoleBinding'],
	},
	'rule-names-what-is-made': {severity: 'medium', title: 'A rule allows to create something by its name', reads: ['Role', 'RoleBinding']},
	'subject-namespace-not-there': {
		severity: 'medium',
		title: 'A binding gives rights to the accounts of a namespace that is not there',
		reads: ['RoleBinding', 'ClusterRoleBinding', 'Namespace'],
	},
	'aggregation-label-slip': {
		severity: 'medium',
		title: 'A ClusterRole is added to no other for a slip in its label',
		reads: ['ClusterRole'],
	},
	'account-fell-back': {
		severity: 'medium',
		title: 'Pods sign in as the default account, and another one has their rights',
		reads: ['ServiceAccount', 'Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding'],
	},
	'token-not-mounted': {severity: 'medium', title: 'Pods that ask the API are given no token', reads: ['ServiceAccount']},
} as const satisfies FaultClasses;
