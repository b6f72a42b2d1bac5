import type {FaultClasses} from './fault-class.ts';

/** Faults of the family `autoscaling`. */
export const autoscalingClasses = {
	'autoscaler-target-not-there': {severity: 'medium', title: 'An autoscaler scales what is not there', reads: ['HorizontalPodAutoscaler']},
	'autoscaler-without-requests': {
		severity: 'medium',
		title: 'An autoscaler measures by requests that the pods do not have',
		reads: ['HorizontalPodAutoscaler'],
	},
	'autoscaler-inactive': {severity: 'medium', title: 'An autoscaler cannot do its work', reads: ['HorizontalPodAutoscaler']},
	'autoscaler-at-maximum': {severity: 'low', title: 'An autoscaler is at its maximum', reads: ['HorizontalPodAutoscaler']},
	'autoscaler-bounds-equal': {
		severity: 'low',
		title: 'An autoscaler may only keep one number of replicas',
		reads: ['HorizontalPodAutoscaler'],
	},
	'autoscaler-switched-off': {severity: 'low', title: 'An autoscaler is switched off by replicas 0', reads: ['HorizontalPodAutoscaler']},
} as const satisfies FaultClasses;
