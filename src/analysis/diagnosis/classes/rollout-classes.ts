import type {FaultClasses} from './fault-class.ts';

/** Faults of the family `rollout`. */
export const rolloutClasses = {
	paused: {severity: 'medium', title: 'A rollout is paused with a change waiting', reads: ['Deployment']},
	'no-replicas': {severity: 'low', title: 'A workload is scaled to nothing', reads: []},
	'replicas-fell-back': {
		severity: 'high',
		title: 'A workload fell back to one pod: nothing says any more how many it wants',
		reads: ['Event'],
	},
	'surge-has-no-place': {severity: 'medium', title: 'A rollout needs one pod more than there are places', reads: ['Node']},
	'surge-has-no-volume': {
		severity: 'medium',
		title: 'A rollout needs a volume twice that one pod may hold',
		reads: ['PersistentVolumeClaim'],
	},
	'rollout-stalled': {
		severity: 'high',
		title: 'The pods of a change do not become ready, and those of before are',
		reads: ['Deployment', 'ReplicaSet'],
	},
	'deadline-before-ready': {severity: 'medium', title: 'A rollout is called failed before its pods can be ready', reads: ['Deployment']},
	'min-ready-holds-rollout': {severity: 'medium', title: 'Pods must be ready for very long before they count', reads: []},
	'rollout-takes-all-down': {severity: 'medium', title: 'A rollout takes every pod down at once', reads: ['Deployment', 'Service']},
	'no-way-back': {severity: 'low', title: 'A Deployment keeps no earlier revision', reads: ['Deployment']},
	'partition-holds-update': {
		severity: 'medium',
		title: 'A partition keeps pods of a StatefulSet from being renewed',
		reads: ['StatefulSet', 'Pod'],
	},
	'on-delete-holds-update': {severity: 'medium', title: 'Pods are renewed only when somebody deletes them', reads: []},
	'update-waits-for-broken-pod': {
		severity: 'high',
		title: 'A StatefulSet waits for a broken pod of an earlier revision',
		reads: ['StatefulSet', 'Pod'],
	},
	'members-numbered-anew': {
		severity: 'high',
		title: 'Members of a StatefulSet are numbered anew: who is told of them, or their data, is left behind',
		reads: ['StatefulSet', 'Service', 'ConfigMap', 'PersistentVolumeClaim'],
	},
	'daemon-on-no-node': {
		severity: 'high',
		title: 'A DaemonSet runs on no node since it was changed',
		reads: ['DaemonSet', 'Node', 'ControllerRevision'],
	},
	'selectors-overlap': {
		severity: 'medium',
		title: 'Two workloads select the same pods',
		reads: [],
		noRemedy: 'A selector cannot be changed: one of the two must be made anew under labels of its own',
	},
	'controller-behind': {
		severity: 'high',
		title: 'A controller does not take up changes',
		reads: [],
		noRemedy: 'The control plane is out of reach from here: whoever runs it must look at kube-controller-manager',
	},
	'cause-not-found': {
		severity: 'medium',
		title: 'Something is not well, and nothing that was looked at says why',
		reads: [],
		isSymptom: true,
		noRemedy: 'Without a cause there is no remedy: ask about it with mkcoa incident diagnose',
	},
} as const satisfies FaultClasses;
