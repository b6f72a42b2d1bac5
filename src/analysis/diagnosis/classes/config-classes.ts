import type {FaultClasses} from './fault-class.ts';

/** Faults of the family `config`. */
export const configClasses = {
	'reference-not-there': {
		severity: 'high',
		title: 'Pods need an object that is not there',
		reads: ['ConfigMap', 'Secret', 'PersistentVolumeClaim', 'ServiceAccount'],
	},
	'key-not-there': {severity: 'high', title: 'Pods need a key that its ConfigMap or Secret does not have', reads: ['ConfigMap', 'Secret']},
	'file-not-in-volume': {
		severity: 'high',
		title: 'A container mounts a file that its volume does not have',
		reads: ['ConfigMap', 'Secret'],
		noRemedy: 'Which file was meant whoever wrote the volume knows',
	},
	'told-file-not-there': {
		severity: 'high',
		title: 'A program is told of a file that is not where it is to be',
		reads: ['ConfigMap', 'Secret'],
		noRemedy: 'Which file was meant whoever wrote its settings knows',
	},
	'optional-reference-lost': {
		severity: 'medium',
		title: 'Pods do without an optional object or key that they had',
		reads: ['ConfigMap', 'Secret', 'ReplicaSet'],
	},
	'variable-given-twice': {severity: 'low', title: 'A variable is given twice with other values', reads: []},
	'variable-not-defined': {
		severity: 'medium',
		title: 'A setting refers to a variable that is not defined before it',
		reads: ['ConfigMap', 'Secret'],
	},
	'variable-not-expanded': {
		severity: 'medium',
		title: 'A setting names a variable as nobody reads it who starts the program',
		reads: [],
	},
	'field-of-pod-not-there': {severity: 'medium', title: 'Containers are given a field that their pod does not have', reads: []},
	'variables-renamed': {severity: 'medium', title: 'All variables of a source got other names', reads: ['ReplicaSet']},
	'script-not-executable': {severity: 'high', title: 'A file that is to be executed may not be', reads: ['ConfigMap']},
	'mount-hides-program': {severity: 'high', title: 'A mount hides what a container needs of its image', reads: ['ConfigMap']},
	'value-changed-shape': {
		severity: 'medium',
		title: 'A setting is no longer what it was: a number, an address, or anything at all',
		reads: [],
	},
	'value-malformed': {severity: 'medium', title: 'A setting is not what its name says', reads: ['ConfigMap']},
	'settings-not-taken-up': {
		isSymptom: true,
		severity: 'low',
		title: 'Pods run with settings that have changed since they started',
		reads: ['ConfigMap', 'Pod'],
	},
} as const satisfies FaultClasses;
