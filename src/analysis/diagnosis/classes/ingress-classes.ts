import type {FaultClasses} from './fault-class.ts';

/** Faults of the family `ingress`. */
export const ingressClasses = {
	'ingress-service-not-there': {severity: 'high', title: 'An Ingress sends to a Service that is not there', reads: ['Ingress', 'Service']},
	'ingress-port-not-there': {
		severity: 'high',
		title: 'An Ingress sends to a port that its Service does not have',
		reads: ['Ingress', 'Service'],
	},
	'ingress-class-not-there': {severity: 'high', title: 'An Ingress names a class that is not there', reads: ['Ingress', 'IngressClass']},
	'ingress-without-class': {
		severity: 'medium',
		title: 'An Ingress names no class, and none is the default',
		reads: ['Ingress', 'IngressClass'],
	},
	'ingress-controller-other-class': {
		severity: 'high',
		title: 'A controller serves a class of Ingresses that is not there',
		reads: ['Deployment', 'IngressClass'],
	},
	'ingress-path-too-exact': {
		severity: 'high',
		title: 'An Ingress takes one exact path, while what lies below it is called',
		reads: ['Ingress', 'Deployment'],
	},
	'ingress-secret-not-there': {severity: 'high', title: 'An Ingress needs a Secret that is not there', reads: ['Ingress', 'Secret']},
	'ingress-host-slip': {severity: 'high', title: 'An Ingress serves a misspelt host', reads: ['Ingress']},
	'ingress-rewrite-of-no-group': {
		severity: 'high',
		title: 'An Ingress rewrites by a group that its path does not have',
		reads: ['Ingress'],
	},
	'ingress-protocol-differs': {
		severity: 'high',
		title: 'An Ingress speaks another protocol with its backend than that one does',
		reads: ['Ingress', 'Service', 'Pod'],
	},
	'canary-without-main': {
		severity: 'high',
		title: 'A canary Ingress has no main one beside it',
		reads: ['Ingress', 'IngressClass'],
	},
	'ingress-host-without-tls': {
		severity: 'medium',
		title: 'An Ingress serves a host without the certificate that is for it',
		reads: ['Ingress', 'Secret'],
	},
	'route-sends-to-nobody': {severity: 'high', title: 'Every backend of a route has the weight 0', reads: ['HTTPRoute', 'GRPCRoute']},
	'ingress-route-taken': {severity: 'medium', title: 'Two Ingresses claim the same host and path', reads: ['Ingress']},
	'route-parent-not-there': {
		severity: 'high',
		title: 'A route belongs to a Gateway or listener that is not there',
		reads: ['HTTPRoute', 'Gateway'],
	},
	'route-not-allowed': {severity: 'high', title: 'A Gateway does not take a route', reads: ['HTTPRoute', 'Gateway', 'Namespace']},
	'route-service-not-there': {severity: 'high', title: 'A route sends to a Service that is not there', reads: ['HTTPRoute', 'Service']},
	'route-port-not-there': {
		severity: 'high',
		title: 'A route sends to a port that its Service does not have',
		reads: ['HTTPRoute', 'Service'],
	},
	'route-without-grant': {
		severity: 'high',
		title: 'A route sends into another namespace, which has not granted it',
		reads: ['HTTPRoute', 'ReferenceGrant'],
	},
	'gateway-class-not-there': {severity: 'high', title: 'A Gateway names a class that is not there', reads: ['Gateway', 'GatewayClass']},
	'route-refused': {severity: 'medium', title: 'A Gateway says that it does not take a route', reads: ['HTTPRoute'], isSymptom: true},
} as const satisfies FaultClasses;
