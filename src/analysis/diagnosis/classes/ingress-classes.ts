import type {FaultClasses} from './fault-class.ts';

/** Faults of the family `ingress`. */
export const ingressClasses = {
	'ingress-service-not-there': {severity: 'high', title: 'An Ingress sends to a Service that is not there', reads: ['Ingress', 'Service']},
	'ingress-port-not-there': {
		severity: 'high',
		title: 'An Ingress sends to a port that its Service does not have',
		reads: ['Ingress', 'Service'],
	},
} as const satisfies FaultClasses;
