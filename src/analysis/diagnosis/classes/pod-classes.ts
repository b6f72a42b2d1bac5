import type {FaultClasses} from './fault-class.ts';

/** Faults of the family `pod`. */
export const podClasses = {
	'image-not-pulled': {severity: 'high', title: 'An image cannot be pulled', reads: ['Pod']},
	'image-pull-denied': {
		severity: 'high',
		title: 'The registry refuses to hand out an image',
		reads: ['Pod'],
		noRemedy: 'Only whoever owns the registry can give access; put the credentials into a pull Secret with mkcoa deploy secret',
	},
	'out-of-memory': {severity: 'high', title: 'A container is killed for memory', reads: ['Pod']},
	crashes: {
		severity: 'high',
		title: 'A container ends again and again',
		reads: ['Pod'],
		noRemedy: 'Its program ends by itself: its last lines say more than the cluster does',
	},
	'probe-port-not-there': {severity: 'high', title: 'A probe asks a port that the container does not have', reads: ['Pod']},
	'probe-fails': {
		severity: 'high',
		title: 'A probe fails',
		reads: ['Pod', 'Event'],
		noRemedy: 'What the program answers is decided in the program; whether the probe or the program is wrong nobody can tell from here',
	},
} as const satisfies FaultClasses;
