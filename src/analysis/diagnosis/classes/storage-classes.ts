import type {FaultClasses} from './fault-class.ts';

/** Faults of the family `storage`. */
export const storageClasses = {
	'storage-class-not-there': {
		severity: 'high',
		title: 'A claim names a StorageClass that is not there',
		reads: ['PersistentVolumeClaim', 'StorageClass'],
	},
	'storage-class-of-no-node': {
		severity: 'high',
		title: 'A StorageClass makes volumes for nodes only that are not there',
		reads: ['PersistentVolumeClaim', 'StorageClass', 'Node'],
		noRemedy: 'For which nodes the storage can make volumes whoever owns it knows',
	},
	'claim-source-not-there': {
		severity: 'high',
		title: 'A claim is to be filled from a snapshot or a claim that is not there',
		reads: ['PersistentVolumeClaim'],
		noRemedy: 'From what else the data may come, or whether it may begin empty, whoever owns it knows',
	},
	'no-volume-fits': {
		severity: 'high',
		title: 'No volume fits a claim',
		reads: ['PersistentVolumeClaim', 'PersistentVolume'],
		noRemedy: 'A volume of that size and class must be made by whoever owns the storage',
	},
	'volume-too-small': {
		severity: 'high',
		title: 'A claim asks for more than its volume has',
		reads: ['PersistentVolumeClaim', 'PersistentVolume'],
	},
	'access-mode-not-offered': {
		severity: 'high',
		title: 'A claim asks for an access mode that its volumes do not have',
		reads: ['PersistentVolumeClaim', 'PersistentVolume', 'StorageClass'],
	},
	'volume-mode-differs': {
		severity: 'high',
		title: 'A claim and its volume are of different volume modes',
		reads: ['PersistentVolumeClaim', 'PersistentVolume'],
	},
	'claim-selector-fits-no-volume': {
		severity: 'high',
		title: 'A claim selects labels that no volume has',
		reads: ['PersistentVolumeClaim', 'PersistentVolume'],
	},
	'volume-held': {
		severity: 'high',
		title: 'The volume of a claim is kept for another one',
		reads: ['PersistentVolumeClaim', 'PersistentVolume'],
	},
	'claim-lost': {
		severity: 'high',
		title: 'The volume of a claim is gone',
		reads: ['PersistentVolumeClaim'],
		noRemedy: 'What was on the volume is gone with it: it comes back from a backup only',
	},
	'claim-not-resized': {
		severity: 'medium',
		title: 'A claim is not as large as it asks for',
		reads: ['PersistentVolumeClaim', 'StorageClass'],
	},
	'volume-of-one-node': {
		severity: 'medium',
		title: 'Several pods want a volume that one node, or one pod, may use at a time',
		reads: ['PersistentVolumeClaim'],
	},
	'data-off-its-claim': {
		severity: 'medium',
		title: 'A release has parted a program from its data, which are on a claim',
		reads: ['PersistentVolumeClaim', 'ReplicaSet'],
	},
	'volume-read-only': {
		severity: 'medium',
		title: 'Nobody may write to a claim since a release',
		reads: ['PersistentVolumeClaim', 'ReplicaSet'],
	},
	'claims-go-with-members': {
		severity: 'medium',
		title: 'Claims of a StatefulSet have come to be deleted with their members',
		reads: ['StatefulSet', 'PersistentVolumeClaim'],
	},
	'volume-mode-not-mounted': {
		severity: 'high',
		title: 'A block volume is mounted as if it had files, or one with files is taken for a device',
		reads: ['PersistentVolumeClaim'],
	},
	'volume-not-mounted': {severity: 'high', title: 'A volume cannot be attached or mounted', reads: ['Event', 'Pod'], isSymptom: true},
	'volume-source-not-there': {
		severity: 'high',
		title: 'What a volume of a pod is made of is not there',
		reads: ['Event', 'Pod'],
		noRemedy: 'Whoever runs the nodes or the share knows where it is',
	},
	'several-default-classes': {severity: 'low', title: 'Several StorageClasses are the default one', reads: ['StorageClass']},
	'claim-pending': {severity: 'medium', title: 'A claim is not bound', reads: ['PersistentVolumeClaim'], isSymptom: true},
} as const satisfies FaultClasses;
