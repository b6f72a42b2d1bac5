import type {FaultClasses} from './fault-class.ts';

/** Faults of the family `node`. */
export const nodeClasses = {
	'node-not-ready': {
		severity: 'high',
		title: 'A node is not ready',
		reads: ['Node'],
		noRemedy: 'The machine and its kubelet are out of reach from here',
	},
	'node-pressed': {severity: 'high', title: 'A node runs short of memory, disk or process ids', reads: ['Node']},
	'node-network-unavailable': {
		severity: 'high',
		title: 'A node has no network for pods',
		reads: ['Node'],
		noRemedy: 'Whoever runs the network plugin must look why it does not come up on that node',
	},
	'node-cordoned': {severity: 'low', title: 'A node is cordoned', reads: ['Node']},
	'node-tainted': {severity: 'low', title: 'A node is tainted', reads: ['Node']},
} as const satisfies FaultClasses;
