import type {Analyzer} from '../analyzer.ts';
import {broadSelectors} from './service/broad-selectors.ts';
import {governingServices} from './service/governing-services.ts';
import {namedServices} from './service/named-services.ts';
import {outwardServices} from './service/outward-services.ts';

/** Faults of Services that stand in other objects than in the Service and its pods, whose own are told with what is unwell. */
export const serviceFaults: Analyzer = survey => [
	...broadSelectors(survey),
	...namedServices(survey),
	...governingServices(survey),
	...outwardServices(survey),
];
