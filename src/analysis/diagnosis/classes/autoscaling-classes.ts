import type {FaultClasses} from './fault-class.ts';

/** Faults of the family `autoscaling`. */
export const autoscalingClasses = {
	'autoscaler-target-not-there': {severity: 'medium', title: 'An autoscaler scales what is not there', reads: ['HorizontalPodAutoscaler']},
	'autoscaler-without-requests': {
		severity: 'medium',
		title: 'An autoscaler measures by requests that the pods do not have',
		reads: ['HorizontalPodAutoscaler'],
	},
	'autoscalers-share-target': {severity: 'high', title: 'Two autoscalers scale one workload', reads: ['HorizontalPodAutoscaler']},
	'autoscaler-container-not-there': {
		severity: 'medium',
		title: 'An autoscaler measures a container that the pods do not have',
		reads: ['HorizontalPodAutoscaler'],
	},
	'autoscaler-target-out-of-reach': {
		severity: 'medium',
		title: 'An autoscaler waits for a share of the requests that the limits do not allow',
		reads: ['HorizontalPodAutoscaler'],
	},
	'autoscaler-value-out-of-reach': {
		severity: 'medium',
		title: 'An autoscaler waits for an amount that no pod can use, or that every pod uses',
		reads: ['HorizontalPodAutoscaler', 'Node'],
	},
	'autoscaler-counts-strangers': {
		severity: 'medium',
		title: 'An autoscaler measures pods of another workload, and cannot tell their share',
		reads: ['HorizontalPodAutoscaler', 'Deployment', 'StatefulSet', 'DaemonSet'],
	},
	'autoscaler-may-not-grow': {severity: 'medium', title: 'An autoscaler is forbidden to add pods', reads: ['HorizontalPodAutoscaler']},
	'autoscaler-grows-slowly': {
		severity: 'medium',
		title: 'An autoscaler was made to add pods very slowly',
		reads: ['HorizontalPodAutoscaler'],
	},
	'autoscaler-object-not-there': {
		severity: 'medium',
		title: 'An autoscaler measures by an object that is not there',
		reads: ['HorizontalPodAutoscaler', 'Service', 'Ingress'],
	},
	'autoscaler-maximum-lowered': {
		severity: 'medium',
		title: 'An autoscaler took pods away because its maximum was lowered',
		reads: ['HorizontalPodAutoscaler', 'Event'],
	},
	'autoscaler-metrics-api-missing': {
		severity: 'medium',
		title: 'An autoscaler asks an API of metrics that is not served',
		reads: ['HorizontalPodAutoscaler', 'APIService'],
		noRemedy: 'The program that serves these metrics, such as metrics-server or an adapter, must be installed or mended first',
	},
	'autoscaler-inactive': {
		severity: 'medium',
		title: 'An autoscaler cannot do its work',
		reads: ['HorizontalPodAutoscaler'],
		isSymptom: true,
	},
	'autoscaler-at-maximum': {severity: 'low', title: 'An autoscaler is at its maximum', reads: ['HorizontalPodAutoscaler']},
	'autoscaler-bounds-equal': {
		severity: 'low',
		title: 'An autoscaler may only keep one number of replicas',
		reads: ['HorizontalPodAutoscaler'],
	},
	'autoscaler-switched-off': {severity: 'low', title: 'An autoscaler is switched off by replicas 0', reads: ['HorizontalPodAutoscaler']},
} as const satisfies FaultClasses;
