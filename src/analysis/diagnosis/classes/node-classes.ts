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
	'pinned-to-sick-node': {severity: 'medium', title: 'A workload may run on no node but one that is not well', reads: ['Node', 'Pod']},
	'node-without-capacity': {
		severity: 'medium',
		title: 'A node offers nothing',
		reads: ['Node'],
		noRemedy: 'What a node offers its kubelet says: whoever owns the machine must look there',
	},
	'kubelet-too-old': {
		severity: 'low',
		title: 'A kubelet is too far behind',
		reads: ['Node'],
		noRemedy: 'A node is upgraded by whoever owns it',
	},
	'pods-on-gone-node': {
		severity: 'medium',
		title: 'Pods stand on a node that is not there',
		reads: ['Node', 'Pod'],
		noRemedy: 'The pod garbage collector of kube-controller-manager takes them away: look whether it runs',
	},
	'node-cordoned': {severity: 'low', title: 'A node is cordoned', reads: ['Node']},
	'node-tainted': {severity: 'low', title: 'A node is tainted', reads: ['Node']},
} as const satisfies FaultClasses;
