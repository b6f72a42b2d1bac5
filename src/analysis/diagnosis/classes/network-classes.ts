import type {FaultClasses} from './fault-class.ts';

/** Faults of the family `network`. */
export const networkClasses = {
	'policy-keeps-out': {severity: 'medium', title: 'A NetworkPolicy keeps out who should come in', reads: ['NetworkPolicy']},
	'policy-keeps-in': {
		severity: 'high',
		title: 'A NetworkPolicy does not let out who must reach something',
		reads: ['NetworkPolicy', 'Service'],
	},
	'policy-forgets-dns': {
		severity: 'high',
		title: 'A NetworkPolicy lets out everything that is needed but DNS',
		reads: ['NetworkPolicy'],
	},
	'policy-port-not-there': {severity: 'high', title: 'A NetworkPolicy opens a port that the pods do not have', reads: ['NetworkPolicy']},
	'policy-peer-not-there': {
		severity: 'high',
		title: 'A NetworkPolicy lets pass somebody who is not there',
		reads: ['NetworkPolicy', 'Namespace'],
	},
	'policy-peers-apart': {
		severity: 'medium',
		title: 'A NetworkPolicy lets a whole namespace pass where some of its pods were meant',
		reads: ['NetworkPolicy', 'Namespace'],
	},
	'policy-block-misses': {
		severity: 'high',
		title: 'A NetworkPolicy lets out to other addresses than those that are needed',
		reads: ['NetworkPolicy', 'Service', 'EndpointSlice'],
	},
	'policy-rules-idle': {
		severity: 'medium',
		title: 'A NetworkPolicy has rules of a direction that it does not limit',
		reads: ['NetworkPolicy'],
	},
	'policy-selects-no-pod': {severity: 'low', title: 'A NetworkPolicy is for pods that are not there', reads: ['NetworkPolicy']},
} as const satisfies FaultClasses;
