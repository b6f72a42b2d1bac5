import type {FaultClasses} from './fault-class.ts';

/** Faults of the family `scheduling`. */
export const schedulingClasses = {
	'no-node-chosen': {severity: 'high', title: 'No node has the labels, or is tolerated, that pods ask for', reads: ['Node', 'Pod']},
	'no-node-has-room': {severity: 'high', title: 'No node has room for pods', reads: ['Node', 'Pod']},
	'nodes-closed': {severity: 'high', title: 'Every node that would fit is cordoned or tainted', reads: ['Node', 'Pod']},
} as const satisfies FaultClasses;
