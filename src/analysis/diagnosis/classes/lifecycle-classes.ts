import type {FaultClasses} from './fault-class.ts';

/** Faults of the family `lifecycle`. */
export const lifecycleClasses = {
	'deletion-held': {
		severity: 'medium',
		title: 'A deletion is held up',
		reads: [],
		noRemedy: 'Whoever set the finalizer knows what must be cleaned up first',
	},
} as const satisfies FaultClasses;
