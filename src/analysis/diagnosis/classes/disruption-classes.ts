import type {FaultClasses} from './fault-class.ts';

/** Faults of the family `disruption`. */
export const disruptionClasses = {
	'budget-lets-nobody-go': {severity: 'medium', title: 'A disruption budget lets no pod go', reads: ['PodDisruptionBudget']},
	'budgets-overlap': {
		severity: 'medium',
		title: 'Two disruption budgets guard the same pods, and every eviction is refused',
		reads: ['PodDisruptionBudget'],
	},
	'budget-guards-nobody': {severity: 'medium', title: 'A disruption budget guards no pod', reads: ['PodDisruptionBudget', 'Pod']},
	'budget-counts-strangers': {
		severity: 'medium',
		title: 'A disruption budget counts pods of others, and lets more of its own go',
		reads: ['PodDisruptionBudget', 'Deployment', 'StatefulSet'],
	},
	'budget-of-unmanaged-pods': {
		severity: 'medium',
		title: 'A disruption budget needs a controller that its pods do not have',
		reads: ['PodDisruptionBudget', 'Pod'],
	},
	'budget-counts-what-has-no-scale': {
		severity: 'medium',
		title: 'A disruption budget counts pods of a DaemonSet or a Job, and lets none of all its pods go',
		reads: ['PodDisruptionBudget', 'DaemonSet', 'Job'],
	},
	'budget-not-computed': {
		severity: 'medium',
		title: 'The controller cannot tell what a disruption budget allows',
		reads: ['PodDisruptionBudget'],
		isSymptom: true,
	},
} as const satisfies FaultClasses;
