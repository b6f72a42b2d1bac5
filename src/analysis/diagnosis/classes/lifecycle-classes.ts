import type {FaultClasses} from './fault-class.ts';

/** Faults of the family `lifecycle`. */
export const lifecycleClasses = {
	'deletion-held': {
		severity: 'medium',
		title: 'A deletion is held up',
		reads: [],
		isSymptom: true,
		noRemedy: 'Whoever set the finalizer knows what must be cleaned up first',
	},
	'finalizer-held': {severity: 'medium', title: 'An object cannot be deleted: nobody takes its finalizer away', reads: []},
	'claim-deleted-in-use': {
		severity: 'high',
		title: 'A claim is deleted while pods use it: its data go with the last of them',
		reads: ['PersistentVolumeClaim', 'Pod'],
		noRemedy: 'A deletion cannot be taken back: copy the data while the pods still run, and do not restart them',
	},
} as const satisfies FaultClasses;
