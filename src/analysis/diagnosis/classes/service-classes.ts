import type {FaultClasses} from './fault-class.ts';

/** Faults of the family `service`. */
export const serviceClasses = {
	'selector-fits-no-pod': {severity: 'high', title: 'A Service selects no pod', reads: ['Service', 'Pod']},
	'target-port-not-there': {
		severity: 'high',
		title: 'A Service sends to a port that no container of its pods has',
		reads: ['Service', 'Pod'],
	},
	'service-ports-crossed': {
		severity: 'high',
		title: 'Ports of a Service lead to the container ports of each other',
		reads: ['Service', 'Deployment'],
	},
	'port-name-taken': {
		severity: 'high',
		title: 'A Service goes by the name of a port that another container of its pods has before',
		reads: ['Service', 'Deployment'],
	},
	'service-protocol-differs': {
		severity: 'high',
		title: 'A Service sends by another protocol than its pods speak',
		reads: ['Service', 'Pod'],
	},
	'service-without-selector': {
		severity: 'medium',
		title: 'A Service of the name of a workload has neither a selector nor endpoints',
		reads: ['Service', 'EndpointSlice', 'Deployment'],
	},
	'endpoint-slice-of-no-service': {
		severity: 'high',
		title: 'An EndpointSlice that is made by hand is of no Service',
		reads: ['Service', 'EndpointSlice'],
	},
	'endpoint-slice-port-differs': {
		severity: 'high',
		title: 'A port of an EndpointSlice that is made by hand is none of its Service',
		reads: ['Service', 'EndpointSlice'],
	},
	'selector-too-broad': {severity: 'high', title: 'A Service selects pods of another application, too', reads: ['Service', 'Deployment']},
	'named-service-not-there': {
		severity: 'high',
		title: 'Somebody is told of a Service that is not there',
		reads: ['Service', 'Deployment'],
	},
	'named-port-not-there': {severity: 'high', title: 'Somebody is told of a port that its Service does not have', reads: ['Service']},
	'address-of-no-service': {
		severity: 'high',
		title: 'Somebody is told of an address of the cluster that nobody has',
		reads: ['Service', 'Pod', 'Node'],
	},
	'governing-service-not-there': {
		severity: 'medium',
		title: 'The Service that names the pods of a StatefulSet is not there',
		reads: ['Service', 'StatefulSet'],
	},
	'governing-service-not-headless': {
		severity: 'low',
		title: 'The Service that should name the pods of a StatefulSet is not headless',
		reads: ['Service', 'StatefulSet'],
	},
	'external-name-not-there': {severity: 'high', title: 'A Service stands for another one that is not there', reads: ['Service']},
	'external-name-incomplete': {
		severity: 'high',
		title: 'A Service stands for an address, or for a name that nobody completes',
		reads: ['Service'],
	},
	'selector-of-another': {
		severity: 'high',
		title: 'A Service leads to the pods of another Service',
		reads: ['Service', 'Deployment'],
	},
	'local-traffic-unserved': {
		severity: 'high',
		title: 'A Service answers on its own nodes alone, and is asked on others',
		reads: ['Service', 'Pod'],
	},
	'ranges-let-nobody-in': {
		severity: 'high',
		title: 'A load balancer or an Ingress lets in addresses only that nobody has',
		reads: ['Service', 'Ingress'],
	},
	'load-balancer-pending': {
		severity: 'low',
		title: 'A load balancer has had no address for long',
		reads: ['Service'],
		isSymptom: true,
		noRemedy: 'What the cloud or the controller of load balancers says of it stands in its events',
	},
	'no-ready-pod': {severity: 'high', title: 'None of the pods behind a Service is ready', reads: ['Service', 'Pod'], isSymptom: true},
} as const satisfies FaultClasses;
