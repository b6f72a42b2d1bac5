import type {Analyzer} from '../../analyzer.ts';
import {heldCertificates} from './held-certificates.ts';
import {shownCertificates} from './shown-certificates.ts';

/** Faults of certificates, as Secrets hold them and as Ingresses and Gateways show them. */
export const tlsFaults: Analyzer = survey => [...shownCertificates(survey), ...heldCertificates(survey)];
