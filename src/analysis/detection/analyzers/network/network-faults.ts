import type {Cause} from '../../../diagnosis/cause.ts';
import type {Analyzer} from '../../analyzer.ts';
import {blockedFlows} from './blocked-flows.ts';
import {idlePolicies} from './idle-policies.ts';

const placeOf = ({id, resource, path}: Cause) => `${id} ${resource.namespace}/${resource.name} ${path}`;

/** Faults of NetworkPolicies: who must come in and does not, and rules that name what is not there. What is told of a connection says more. */
export const networkFaults: Analyzer = survey => {
	const flows = blockedFlows(survey);
	const told = new Set(flows.map(placeOf));
	return [...flows, ...idlePolicies(survey).filter(cause => !told.has(placeOf(cause)))];
};
