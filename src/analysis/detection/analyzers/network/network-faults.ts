import type {Cause} from '../../../diagnosis/cause.ts';
import type {Analyzer} from '../../analyzer.ts';
import {type Survey, surveyOf} from '../../survey.ts';
import {blockedFlows} from './blocked-flows.ts';
import {idlePolicies} from './idle-policies.ts';

const placeOf = ({id, resource, path}: Cause) => `${id} ${resource.namespace}/${resource.name} ${path}`;

/** With what connects to the namespace from others. */
const withPeers = (survey: Survey): Survey => {
	const {peers = [], ...snapshot} = survey.snapshot;
	return peers.length === 0 ? survey : surveyOf({...snapshot, objects: [...snapshot.objects, ...peers]});
};

/** Faults of NetworkPolicies: who must come in and does not, and rules that name what is not there. What is told of a connection says more. */
export const networkFaults: Analyzer = survey => {
	const flows = blockedFlows(withPeers(survey));
	const told = new Set(flows.map(placeOf));
	return [...flows, ...idlePolicies(survey).filter(cause => !told.has(placeOf(cause)))];
};
