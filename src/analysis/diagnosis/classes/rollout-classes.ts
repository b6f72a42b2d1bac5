import type {FaultClasses} from './fault-class.ts';

/** Faults of the family `rollout`. */
export const rolloutClasses = {
	paused: {severity: 'medium', title: 'A rollout is paused with a change waiting', reads: ['Deployment']},
	'no-replicas': {severity: 'low', title: 'A workload is scaled to nothing', reads: []},
	'cause-not-found': {
		severity: 'medium',
		title: 'Something is not well, and nothing that was looked at says why',
		reads: [],
		isSymptom: true,
		noRemedy: 'Without a cause there is no remedy: ask about it with mkcoa incident diagnose',
	},
} as const satisfies FaultClasses;
