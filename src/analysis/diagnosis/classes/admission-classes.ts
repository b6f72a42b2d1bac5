import type {FaultClasses} from './fault-class.ts';

/** Faults of the family `admission`. */
export const admissionClasses = {
	'quota-used-up': {severity: 'high', title: 'A quota refuses pods', reads: ['ResourceQuota']},
	'quota-wants-resources': {
		severity: 'high',
		title: 'A quota counts what pods do not ask for, and refuses them',
		reads: ['ResourceQuota', 'LimitRange'],
	},
	'limit-range-refuses': {severity: 'high', title: 'A LimitRange refuses what pods ask for', reads: ['LimitRange']},
	'pod-security-refuses': {severity: 'high', title: 'The security level of a namespace refuses pods', reads: ['Namespace']},
	'webhook-service-not-there': {
		severity: 'high',
		title: 'A webhook that must answer is asked at a Service that is not there',
		reads: ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration', 'Service'],
	},
	'webhook-port-not-there': {
		severity: 'high',
		title: 'A webhook is asked at a port that its Service does not have',
		reads: ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration', 'Service'],
	},
	'webhook-not-served': {
		severity: 'high',
		title: 'Nobody answers for a webhook that must answer',
		reads: ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration', 'Service', 'Pod'],
		isSymptom: true,
	},
	'webhook-stopped': {
		severity: 'high',
		title: 'What answers for a webhook is scaled to nothing',
		reads: ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration', 'Service', 'Deployment'],
	},
	'webhook-guards-its-own-pods': {
		severity: 'critical',
		title: 'A webhook that must answer is asked about the pods that answer for it',
		reads: ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration', 'Service', 'Namespace', 'Pod'],
	},
	'added-image-not-pulled': {
		severity: 'high',
		title: 'An admission policy puts an image into pods that cannot be pulled',
		reads: ['MutatingAdmissionPolicy', 'Pod'],
	},
	'webhook-covers-system': {
		severity: 'low',
		title: 'A webhook that must answer is asked for pods of kube-system too',
		reads: ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'],
	},
	'quota-forbids-best-effort': {
		severity: 'high',
		title: 'A quota forbids pods that ask for nothing, and a container names no resources',
		reads: ['ResourceQuota', 'Event'],
	},
	'policy-refuses': {
		severity: 'high',
		title: 'An admission policy or webhook refuses pods',
		reads: ['Event'],
		noRemedy: 'Whether the policy or the pods should change is for whoever made the policy to say',
	},
	'pods-changed-on-the-way': {
		severity: 'medium',
		title: 'Pods are not what their template says: something changed them as they were made',
		reads: ['Pod', 'MutatingWebhookConfiguration'],
	},
	'pods-refused': {severity: 'high', title: 'The server refuses to make pods', reads: ['Event'], isSymptom: true},
} as const satisfies FaultClasses;
