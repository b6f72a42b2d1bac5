import {type Field, field, named} from '../field.ts';

/** Fields of volumes, claims and storage classes. */
export const ofStorage: readonly Field[] = [
	field(
		['PersistentVolume'],
		'object',
		'spec.persistentVolumeReclaimPolicy',
		named('Retain', 'Delete'),
		/\breclaim(?: policy)?\b|(?:회수|반환) ?정책/,
	),
];
