import type {FaultClasses} from './fault-class.ts';

/** Faults of the family `network`. */
export const networkClasses = {
	'policy-keeps-out': {severity: 'medium', title: 'A NetworkPolicy keeps out who should come in', reads: ['NetworkPolicy']},
} as const satisfies FaultClasses;
