import type {FaultClasses} from './fault-class.ts';

/** Faults of the family `dns`. */
export const dnsClasses = {
	'dns-policy-not-of-cluster': {severity: 'high', title: 'Pods that name Services do not ask the DNS of the cluster', reads: ['Service']},
	'dns-server-not-of-cluster': {
		severity: 'high',
		title: 'Pods that name Services ask a DNS server that does not know them',
		reads: ['Service'],
	},
	'dns-search-missing': {severity: 'high', title: 'Short names of Services are not completed', reads: ['Service']},
	'host-name-too-long': {severity: 'high', title: 'The whole name of pods is too long for a host', reads: []},
	'subdomain-not-there': {severity: 'medium', title: 'Pods are to be known below a Service that is not there', reads: ['Service']},
	'srv-name-not-there': {
		severity: 'high',
		title: 'Somebody asks for the SRV name of a port that its Service does not have',
		reads: ['Service'],
	},
	'cluster-name-misspelt': {
		severity: 'high',
		title: 'Somebody is told of a Service by a name of another form than names of the cluster have',
		reads: ['Service'],
	},
	'member-name-not-there': {
		severity: 'high',
		title: 'Somebody is told of a pod of a StatefulSet that it does not have',
		reads: ['Service', 'StatefulSet'],
	},
	'host-alias-hides-service': {severity: 'high', title: 'An entry of the hosts file hides a Service', reads: ['Service']},
	'cluster-dns-off': {severity: 'critical', title: 'The DNS of the cluster runs nowhere', reads: ['Deployment']},
	'cluster-dns-settings': {
		severity: 'critical',
		title: 'The DNS of the cluster does not know the cluster',
		reads: ['ConfigMap'],
		noRemedy: 'The Corefile must have its kubernetes plugin back; what else stood in it only its owner knows',
	},
	'cluster-dns-service-not-there': {severity: 'critical', title: 'The Service of the DNS of the cluster is not there', reads: ['Service']},
} as const satisfies FaultClasses;
