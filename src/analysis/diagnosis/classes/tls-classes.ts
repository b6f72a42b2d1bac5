import type {FaultClasses} from './fault-class.ts';

/** Certificates are never invented: the one that issues them must make another. */
const noRemedy = 'Whoever issues the certificate must make another; put it into the Secret with mkcoa deploy secret';

/** Faults of the family `tls`. */
export const tlsClasses = {
	'certificate-expired': {severity: 'high', title: 'A certificate has expired', reads: ['Secret'], noRemedy},
	'certificate-not-yet-valid': {severity: 'high', title: 'A certificate is not valid yet', reads: ['Secret'], noRemedy},
	'certificate-expires-soon': {severity: 'medium', title: 'A certificate expires soon', reads: ['Secret'], noRemedy},
	'certificate-not-for-host': {
		severity: 'high',
		title: 'A certificate is not for the host that it is shown for',
		reads: ['Secret', 'Ingress'],
		noRemedy,
	},
	'certificate-of-another-key': {severity: 'high', title: 'A private key is not that of its certificate', reads: ['Secret'], noRemedy},
	'certificate-unreadable': {severity: 'high', title: 'What should be a certificate is none', reads: ['Secret'], noRemedy},
	'authority-not-trusted': {
		severity: 'high',
		title: 'The control plane does not trust who has signed a certificate',
		reads: ['Secret', 'Service', 'ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration', 'APIService'],
		noRemedy: 'The authority that has signed the certificate is known to whoever issues it: put it into caBundle',
	},
	'tls-secret-not-there': {severity: 'high', title: 'The Secret with a certificate is not there', reads: ['Secret', 'Ingress'], noRemedy},
	'tls-secret-incomplete': {
		severity: 'high',
		title: 'A Secret lacks the certificate or the key that it is used for',
		reads: ['Secret', 'Ingress'],
		noRemedy,
	},
	'certificate-chain-incomplete': {severity: 'high', title: 'A certificate is shown without what signed it', reads: ['Secret', 'Ingress']},
	'trust-without-signer': {
		severity: 'high',
		title: 'A program does not trust the authority whose certificate it is shown',
		reads: ['ConfigMap', 'Secret', 'Service'],
	},
} as const satisfies FaultClasses;
