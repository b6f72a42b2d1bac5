import type {FaultClasses} from './fault-class.ts';

/** Faults of the family `scheduling`. */
export const schedulingClasses = {
	'no-node-chosen': {severity: 'high', title: 'No node has the labels, or is tolerated, that pods ask for', reads: ['Node', 'Pod']},
	'node-label-gone': {severity: 'high', title: 'A node lost the label that pods are placed by', reads: ['Node', 'Pod']},
	'no-node-has-room': {
		severity: 'high',
		title: 'No node has room for pods',
		reads: ['Node', 'Pod'],
		noRemedy: 'Room comes from another node, from smaller requests or from fewer pods: which of them is for a person to say',
	},
	'larger-than-any-node': {severity: 'high', title: 'A pod asks for more than any node has', reads: ['Node', 'Pod']},
	'resource-nobody-has': {severity: 'high', title: 'A pod asks for a resource that no node offers', reads: ['Node', 'Pod']},
	'no-place-for-pods': {
		severity: 'high',
		title: 'Every node holds as many pods as it may',
		reads: ['Node', 'Pod'],
		noRemedy: 'How many pods a node takes is set in its kubelet: another node, or fewer pods, makes place',
	},
	'nodes-closed': {severity: 'high', title: 'Every node that would fit is cordoned or tainted', reads: ['Node', 'Pod']},
	'fewer-places-than-replicas': {
		severity: 'high',
		title: 'Pods must stand apart, and there are fewer places than replicas',
		reads: ['Node', 'Pod'],
	},
	'topology-nobody-has': {severity: 'high', title: 'Pods are placed by a node label that no node has', reads: ['Node', 'Pod']},
	'pods-to-stand-beside-not-there': {severity: 'high', title: 'Pods must stand beside pods that are not there', reads: ['Node', 'Pod']},
	'host-port-taken': {severity: 'high', title: 'Another pod holds the port of the node', reads: ['Node', 'Pod']},
	'volume-on-other-nodes': {
		severity: 'high',
		title: 'A volume can be reached from none of the nodes that pods may use',
		reads: ['Node', 'PersistentVolume', 'PersistentVolumeClaim'],
		noRemedy:
			'Where a volume can be reached from cannot be changed: its node must come back, or its data must be brought to another volume',
	},
	'scheduling-gated': {
		severity: 'high',
		title: 'Pods wait for somebody to take away a scheduling gate',
		reads: ['Pod'],
		noRemedy: 'The controller that set the gate takes it away: look why it does not',
	},
	'scheduler-not-there': {severity: 'high', title: 'Pods name a scheduler that nobody runs', reads: ['Pod']},
	'priority-class-not-there': {severity: 'high', title: 'Pods name a PriorityClass that is not there', reads: ['PriorityClass']},
	'runtime-class-not-there': {severity: 'high', title: 'Pods name a RuntimeClass that is not there', reads: ['RuntimeClass']},
	'runtime-class-of-no-node': {
		severity: 'high',
		title: 'A RuntimeClass sends pods to nodes that are not there',
		reads: ['RuntimeClass', 'Node', 'Pod'],
	},
	'pods-preempted': {
		severity: 'medium',
		title: 'Pods had to make room for others of a higher class',
		reads: ['Pod', 'Event'],
		noRemedy: 'Who goes first is for a person to say; room for both comes from another node or from smaller requests',
	},
	'tolerated-for-a-time': {severity: 'medium', title: 'Pods are evicted from every node after a while', reads: ['Node']},
	'node-name-not-there': {severity: 'high', title: 'Pods are bound to a node that is not there', reads: ['Node']},
} as const satisfies FaultClasses;
