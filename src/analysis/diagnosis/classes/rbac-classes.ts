import type {FaultClasses} from './fault-class.ts';

/** Faults of the family `rbac`. */
export const rbacClasses = {
	'right-missing': {
		severity: 'medium',
		title: 'Somebody is refused what they need',
		reads: ['Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding'],
	},
} as const satisfies FaultClasses;
