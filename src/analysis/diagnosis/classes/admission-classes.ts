import type {FaultClasses} from './fault-class.ts';

/** Faults of the family `admission`. */
export const admissionClasses = {
	'quota-used-up': {severity: 'high', title: 'A quota refuses pods', reads: ['ResourceQuota']},
	'pods-refused': {severity: 'high', title: 'The server refuses to make pods', reads: ['Event']},
} as const satisfies FaultClasses;
