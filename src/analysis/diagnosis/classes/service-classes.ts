import type {FaultClasses} from './fault-class.ts';

/** Faults of the family `service`. */
export const serviceClasses = {
	'selector-fits-no-pod': {severity: 'high', title: 'A Service selects no pod', reads: ['Service', 'Pod']},
	'target-port-not-there': {
		severity: 'high',
		title: 'A Service sends to a port that no container of its pods has',
		reads: ['Service', 'Pod'],
	},
	'no-ready-pod': {severity: 'high', title: 'None of the pods behind a Service is ready', reads: ['Service', 'Pod'], isSymptom: true},
} as const satisfies FaultClasses;
