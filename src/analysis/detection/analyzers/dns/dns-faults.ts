import type {Analyzer} from '../../analyzer.ts';
import {clusterDns} from './cluster-dns.ts';
import {longNames} from './long-names.ts';
import {memberNames} from './member-names.ts';
import {misspeltNames} from './misspelt-names.ts';
import {podDns} from './pod-dns.ts';
import {srvNames} from './srv-names.ts';
import {subdomainFaults} from './subdomains.ts';

/** Faults of names: how pods ask for them, and who answers. */
export const dnsFaults: Analyzer = survey => [
	...podDns(survey),
	...subdomainFaults(survey),
	...longNames(survey),
	...srvNames(survey),
	...misspeltNames(survey),
	...memberNames(survey),
	...clusterDns(survey),
];
