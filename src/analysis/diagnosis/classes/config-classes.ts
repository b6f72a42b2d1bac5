import type {FaultClasses} from './fault-class.ts';

/** Faults of the family `config`. */
export const configClasses = {
	'reference-not-there': {
		severity: 'high',
		title: 'Pods need an object that is not there',
		reads: ['ConfigMap', 'Secret', 'PersistentVolumeClaim', 'ServiceAccount'],
	},
	'key-not-there': {severity: 'high', title: 'Pods need a key that its ConfigMap or Secret does not have', reads: ['ConfigMap', 'Secret']},
} as const satisfies FaultClasses;
