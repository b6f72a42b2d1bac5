import {refKey} from '../../../../core/kube/kube-object.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import type {Analyzer} from '../../analyzer.ts';
import {type Survey, surveyOf} from '../../survey.ts';
import {blockedFlows} from './blocked-flows.ts';
import {idlePolicies} from './idle-policies.ts';
import {idleRules} from './idle-rules.ts';
import {missedBlocks} from './missed-blocks.ts';
import {outsideNames} from './outside-names.ts';
import {peersApart} from './peers-apart.ts';

const placeOf = ({id, resource, path}: Cause) => `${id} ${resource.namespace}/${resource.name} ${path}`;

/** Whether a cause lies in what another one tells of: a peer of peers. */
const isWithin = (cause: Cause, whole: Cause) =>
	refKey(cause.resource) === refKey(whole.resource) && cause.path?.startsWith(`${whole.path}[`) === true;

/** With what connects to the namespace from others. */
const withPeers = (survey: Survey): Survey => {
	const {peers = [], ...snapshot} = survey.snapshot;
	return peers.length === 0 ? survey : surveyOf({...snapshot, objects: [...snapshot.objects, ...peers]});
};

/** Faults of NetworkPolicies: who must come in and does not, and rules that name what is not there. What is told of a connection says more. */
export const networkFaults: Analyzer = survey => {
	const wide = withPeers(survey);
	const apart = survey.all('NetworkPolicy').flatMap(policy => peersApart(policy, wide));
	const flows = blockedFlows(wide);
	const told = new Set(flows.map(placeOf));
	const idle = idlePolicies(survey).filter(cause => !told.has(placeOf(cause)) && !apart.some(each => isWithin(cause, each)));
	return [...flows, ...apart, ...missedBlocks(survey), ...outsideNames(survey), ...survey.all('NetworkPolicy').flatMap(idleRules), ...idle];
};
