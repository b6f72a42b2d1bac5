import type {FaultClasses} from './fault-class.ts';

/** Faults of the family `control-plane`. */
export const controlPlaneClasses = {
	'api-service-not-there': {
		severity: 'high',
		title: 'An aggregated API is served by a Service that is not there',
		reads: ['APIService', 'Service'],
	},
	'api-port-not-there': {
		severity: 'high',
		title: 'An aggregated API is asked at a port that its Service does not have',
		reads: ['APIService', 'Service'],
	},
	'api-not-served': {
		severity: 'high',
		title: 'Nobody answers for an aggregated API',
		reads: ['APIService', 'Service', 'Pod'],
		isSymptom: true,
	},
	'api-stopped': {
		severity: 'high',
		title: 'What serves an aggregated API is scaled to nothing',
		reads: ['APIService', 'Service', 'Deployment'],
	},
	'api-not-available': {
		severity: 'high',
		title: 'An aggregated API is not available',
		reads: ['APIService'],
		noRemedy: 'Its server is there, and does not answer as it should: its own log says why',
	},
	'conversion-service-not-there': {
		severity: 'high',
		title: 'A kind is converted by a Service that is not there',
		reads: ['CustomResourceDefinition', 'Service'],
	},
	'conversion-port-not-there': {
		severity: 'high',
		title: 'A kind is converted at a port that its Service does not have',
		reads: ['CustomResourceDefinition', 'Service'],
	},
	'conversion-not-served': {
		severity: 'high',
		title: 'Nobody converts between the versions of a kind',
		reads: ['CustomResourceDefinition', 'Service', 'Pod'],
		isSymptom: true,
	},
	'conversion-stopped': {
		severity: 'high',
		title: 'What converts between the versions of a kind is scaled to nothing',
		reads: ['CustomResourceDefinition', 'Service', 'Deployment'],
	},
	'kind-not-established': {
		severity: 'high',
		title: 'A kind is defined and not served',
		reads: ['CustomResourceDefinition'],
		noRemedy: 'Its names are those of another kind: whoever defines it chooses others',
	},
	'api-version-gone': {
		severity: 'low',
		title: 'Somebody writes in an API version that is gone',
		reads: [],
		noRemedy: 'The manifest in the hands of that writer must change, not the object here',
	},
} as const satisfies FaultClasses;
