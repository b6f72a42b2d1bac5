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
	'startup-probe-gives-up': {severity: 'high', title: 'A startup probe gives up before the program is up', reads: ['Pod']},
	'liveness-kills': {
		severity: 'high',
		title: 'A liveness probe ends a container again and again',
		reads: ['Pod', 'Event'],
		noRemedy: 'Why the program stops answering is decided in the program; a softer probe would only hide it',
	},
	'memory-leak-suspected': {severity: 'medium', title: 'A container reaches its memory limit again and again', reads: ['Pod']},
	'root-may-not-run': {severity: 'high', title: 'A container may not be root, and is', reads: []},
	'container-not-made': {severity: 'high', title: 'A container cannot be made', reads: ['Pod']},
	'post-start-fails': {severity: 'high', title: 'A postStart hook fails', reads: ['Pod']},
	'unit-too-small': {severity: 'high', title: 'A container is given less memory than anything needs: a unit is wrong', reads: []},
	'containers-share-port': {severity: 'medium', title: 'Two containers of a pod listen on one port', reads: []},
	'heap-over-limit': {severity: 'medium', title: 'A program may take more memory than its container is given', reads: []},
	'stop-outlasts-grace': {severity: 'medium', title: 'A preStop hook takes longer than a pod is given to end', reads: []},
	'init-waits-for-nobody': {severity: 'high', title: 'An init container waits for a Service that is not there', reads: ['Service']},
	'pod-evicted': {severity: 'medium', title: 'Pods are evicted because they use more than they may', reads: ['Pod']},
	'pod-stuck-ending': {
		severity: 'medium',
		title: 'A pod does not end although its time is up',
		reads: ['Pod'],
		noRemedy:
			'To take it away by force leaves its program running where nobody sees it, if the node still is: whoever knows the node decides',
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
