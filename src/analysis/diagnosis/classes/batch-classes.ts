import type {FaultClasses} from './fault-class.ts';

/** Faults of the family `batch`. */
export const batchClasses = {
	suspended: {severity: 'low', title: 'A CronJob or Job is suspended', reads: ['CronJob', 'Job']},
	'schedule-never-comes': {severity: 'medium', title: 'A CronJob names a day that never comes', reads: ['CronJob']},
	'schedule-each-minute': {
		severity: 'medium',
		title: 'A CronJob runs each minute of an hour that it was to run in once',
		reads: ['CronJob'],
	},
	'start-deadline-too-short': {severity: 'medium', title: 'A CronJob must start sooner than the controller looks', reads: ['CronJob']},
	'runs-missed': {severity: 'medium', title: 'A CronJob has missed its runs', reads: ['CronJob', 'Job']},
	'run-blocks-next': {
		isSymptom: true,
		severity: 'high',
		title: 'A run that does not end keeps the next ones from starting',
		reads: ['CronJob', 'Job', 'Pod'],
	},
	'runs-replace-each-other': {
		severity: 'medium',
		title: 'Each run of a CronJob ends the one before, and none is ever through',
		reads: ['CronJob', 'Job'],
	},
	'run-starts-no-pod': {severity: 'medium', title: 'A Job may start no pod', reads: ['Job', 'CronJob']},
	'run-managed-elsewhere': {
		severity: 'medium',
		title: 'A Job is left to a controller that does not run it',
		reads: ['Job', 'CronJob'],
	},
	'run-behind-service': {
		severity: 'medium',
		title: 'Pods of a run stand behind the Service of others',
		reads: ['Service', 'CronJob', 'Job'],
		noRemedy: 'The template of a Job never changes: once it has ended its pods take no more requests',
	},
	'run-out-of-time': {severity: 'medium', title: 'A run is ended before it is through', reads: ['Job']},
	'run-failed': {
		severity: 'medium',
		title: 'A run failed for good',
		reads: ['Job'],
		noRemedy: 'Why it failed its last lines say; run it again once that is mended',
	},
} as const satisfies FaultClasses;
