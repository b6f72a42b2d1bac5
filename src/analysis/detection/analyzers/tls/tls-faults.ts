import type {Analyzer} from '../../analyzer.ts';
import {certificateChains} from './certificate-chains.ts';
import {heldCertificates} from './held-certificates.ts';
import {servedCertificates} from './served-certificates.ts';
import {shownCertificates} from './shown-certificates.ts';
import {trustedAuthorities} from './trusted-authorities.ts';
import {trustedBundles} from './trusted-bundles.ts';

/** Faults of certificates, as Secrets hold them and as Ingresses and Gateways show them and pods serve with them. */
export const tlsFaults: Analyzer = survey => [
	...shownCertificates(survey),
	...servedCertificates(survey),
	...heldCertificates(survey),
	...certificateChains(survey),
	...trustedAuthorities(survey),
	...trustedBundles(survey),
];
