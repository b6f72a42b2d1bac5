import type {Analyzer} from '../../analyzer.ts';
import {broadSelectors} from './broad-selectors.ts';
import {crossedPorts} from './crossed-ports.ts';
import {crossedSelectors} from './crossed-selectors.ts';
import {governingServices} from './governing-services.ts';
import {letInRanges} from './let-in-ranges.ts';
import {localTraffic} from './local-traffic.ts';
import {namedServices} from './named-services.ts';
import {outwardServices} from './outward-services.ts';
import {sharedPortNames} from './shared-port-names.ts';
import {sliceFaults} from './slice-faults.ts';
import {staleAddresses} from './stale-addresses.ts';
import {unevenPorts} from './uneven-ports.ts';

/** Faults of Services that stand in other objects than in the Service and its pods, whose own are told with what is unwell. */
export const serviceFaults: Analyzer = survey => [
	...broadSelectors(survey),
	...crossedPorts(survey),
	...crossedSelectors(survey),
	...localTraffic(survey),
	...unevenPorts(survey),
	...sharedPortNames(survey),
	...namedServices(survey),
	...staleAddresses(survey),
	...governingServices(survey),
	...outwardServices(survey),
	...sliceFaults(survey),
	...letInRanges(survey),
];
