import type {FaultClasses} from './fault-class.ts';

/** Faults of the family `batch`. */
export const batchClasses = {
	suspended: {severity: 'low', title: 'A CronJob or Job is suspended', reads: []},
	'run-failed': {
		severity: 'medium',
		title: 'A run failed for good',
		reads: ['Job'],
		noRemedy: 'Why it failed its last lines say; run it again once that is mended',
	},
} as const satisfies FaultClasses;
