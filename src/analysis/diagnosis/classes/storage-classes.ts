import type {FaultClasses} from './fault-class.ts';

/** Faults of the family `storage`. */
export const storageClasses = {
	'storage-class-not-there': {
		severity: 'high',
		title: 'A claim names a StorageClass that is not there',
		reads: ['PersistentVolumeClaim', 'StorageClass'],
	},
	'no-volume-fits': {
		severity: 'high',
		title: 'No volume fits a claim',
		reads: ['PersistentVolumeClaim', 'PersistentVolume'],
		noRemedy: 'A volume of that size and class must be made by whoever owns the storage',
	},
	'claim-pending': {severity: 'medium', title: 'A claim is not bound', reads: ['PersistentVolumeClaim'], isSymptom: true},
} as const satisfies FaultClasses;
