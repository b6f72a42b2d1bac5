import type {FaultClasses} from './fault-class.ts';

/** Faults of the family `disruption`. */
export const disruptionClasses = {
	'budget-lets-nobody-go': {severity: 'medium', title: 'A disruption budget lets no pod go', reads: ['PodDisruptionBudget']},
} as const satisfies FaultClasses;
