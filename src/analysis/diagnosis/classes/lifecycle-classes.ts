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
	'claim-ends-in-use': {
		severity: 'medium',
		title: 'A claim is deleted while pods use it: the next of them find none',
		reads: ['PersistentVolumeClaim', 'PersistentVolume', 'Pod'],
		noRemedy: 'A deletion cannot be taken back: bind a new claim to the volume, which keeps the data, once the old one is gone',
	},
	'revision-outlives-owner': {
		severity: 'high',
		title: 'Pods of a Deployment that is gone still get requests',
		reads: ['ReplicaSet', 'Service'],
		noRemedy: 'Whoever left it behind knows whether something still needs it: scale it to nothing, or delete it',
	},
} as const satisfies FaultClasses;
