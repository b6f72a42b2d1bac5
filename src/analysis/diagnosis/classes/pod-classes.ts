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
	'image-name-invalid': {severity: 'high', title: 'A container names something that is no image name', reads: []},
	'image-never-pulled': {severity: 'high', title: 'An image is on no node and may not be pulled', reads: ['Pod']},
	'image-rate-limited': {
		severity: 'high',
		title: 'A registry limits how much is pulled',
		reads: ['Pod'],
		noRemedy: 'The limit passes by itself, or whoever pulls needs an account of the registry: mkcoa deploy secret makes a pull Secret',
	},
	'image-wrong-architecture': {severity: 'high', title: 'An image is made for another architecture than its node', reads: ['Pod']},
	'image-registry-unreachable': {severity: 'high', title: 'The registry of an image does not answer', reads: ['Pod']},
	'command-not-there': {severity: 'high', title: 'The command of a container is not in its image', reads: ['Pod']},
	'settings-break-start': {
		severity: 'high',
		title: 'Containers end since a ConfigMap was changed',
		reads: ['Pod', 'ConfigMap'],
		noRemedy: 'Nobody keeps the earlier values of a ConfigMap in the cluster: set back what the repository had',
	},
	'liveness-before-start': {severity: 'high', title: 'A liveness probe ends a container before it is up', reads: ['Pod']},
	'liveness-kills': {
		severity: 'high',
		title: 'A liveness probe ends a container again and again',
		reads: ['Pod', 'Event'],
		noRemedy: 'Why the program stops answering is decided in the program; a softer probe would only hide it',
	},
	'memory-leak-suspected': {severity: 'medium', title: 'A container reaches its memory limit again and again', reads: ['Pod']},
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
