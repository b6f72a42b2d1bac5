import type {Json} from '../../../../core/json.ts';
import {listAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {podSpecOf} from '../../../../core/kube/pod-spec.ts';
import {fitsSelector} from '../../../../core/kube/selector.ts';
import {type Direction, speakingOf} from '../../../coherence/policy-rules.ts';
import {declaredPorts} from '../../../coherence/workload-set.ts';
import {changedLast} from '../../../diagnosis/last-write.ts';
import {isPrivate} from '../../../network/ipv4.ts';
import {namespaceFits, peerFits, peersField, policyPortFits, ruleMatch} from '../../../network/policy-match.ts';
import {templateLabels} from '../../routing.ts';
import type {Survey} from '../../survey.ts';
import type {Flow, FlowEnd} from './flows.ts';

/** A connection that policies of one side do not let pass. */
export type Blocked = {
	readonly flow: Flow;
	readonly direction: Direction;
	readonly own: FlowEnd;
	readonly other: FlowEnd;
	readonly policies: readonly KubeObject[];
};

/** What of a policy is at fault: a rule with the wrong port or the wrong peer, a selector that misses the pods, or that no rule is there. */
export type Blame = {readonly policy: KubeObject} & (
	| {readonly kind: 'port'; readonly rule: number}
	| {readonly kind: 'peer'; readonly rule: number; readonly peer: number; readonly field: 'podSelector' | 'namespaceSelector'}
	| {readonly kind: 'block'; readonly rule: number; readonly peer: number}
	| {readonly kind: 'selector'}
	| {readonly kind: 'none'}
);

const selects = (policy: KubeObject, labels: Json) => fitsSelector(valueAt(policy, 'spec', 'podSelector') ?? {}, labels);
const rulesOf = (policy: KubeObject, direction: Direction) => listAt(policy, 'spec', direction);

/** Whether the policies of one side let a connection pass; the ones that do not, where none does. */
export function blockedBy(flow: Flow, direction: Direction, survey: Survey): Blocked | undefined {
	const [own, other] = direction === 'egress' ? [flow.client, flow.server] : [flow.server, flow.client];
	if (!survey.isRead('NetworkPolicy', own.namespace)) return undefined;
	const policies = speakingOf(survey.all('NetworkPolicy', own.namespace), direction).filter(policy => selects(policy, own.labels));
	const passes = policies.some(policy =>
		rulesOf(policy, direction).some(rule => {
			const {peer, port} = ruleMatch(rule, direction, other, flow.ports, own.namespace);
			return peer && port;
		}),
	);
	return policies.length === 0 || passes ? undefined : {flow, direction, own, other, policies};
}

/** A rule for the other end whose ports are none of its: a port that it has is open on purpose. */
function wrongPort({flow, direction, other, own}: Blocked, rule: Json): boolean {
	const listed = listAt(rule, 'ports');
	const {peer, port} = ruleMatch(rule, direction, other, flow.ports, own.namespace);
	if (!peer || port || listed.length === 0) return false;
	if (flow.isDns) return listed.some(each => valueAt(each, 'port') === 53);
	const server = flow.server.workload === undefined ? [] : declaredPorts(podSpecOf(flow.server.workload));
	return listAt(rule, peersField(direction)).length > 0 && !listed.some(each => server.some(declared => policyPortFits(each, declared)));
}

/** A peer that nobody is, in a rule for the right port: most likely the other end was meant. */
function wrongPeer({flow, direction, other, own}: Blocked, rule: Json, survey: Survey) {
	if (!ruleMatch(rule, direction, other, flow.ports, own.namespace).port) return undefined;
	const listed = listAt(rule, peersField(direction));
	for (const [peer, each] of listed.entries()) {
		if (valueAt(each, 'ipBlock') !== undefined) continue;
		const pods = valueAt(each, 'podSelector');
		const fitsPods = pods === undefined || fitsSelector(pods, other.labels);
		if (!namespaceFits(each, other, own.namespace)) {
			const selector = valueAt(each, 'namespaceSelector');
			const isNobodys =
				selector === undefined
					? fitsPods
					: survey.isRead('Namespace') && !survey.all('Namespace').some(({metadata}) => fitsSelector(selector, metadata.labels));
			if (isNobodys && fitsPods) return {peer, field: 'namespaceSelector' as const};
			continue;
		}
		const isSomebodys = survey.workloads(other.namespace).some(workload => fitsSelector(pods, templateLabels(workload)));
		if (!fitsPods && !isSomebodys) return {peer, field: 'podSelector' as const};
	}
	return undefined;
}

/** The block of addresses in a rule for the right port, where it is the only one and none of the pods is in it: most likely they were meant. */
function wrongBlock({flow, direction, other, own}: Blocked, rule: Json): number | undefined {
	const blocks = listAt(rule, peersField(direction)).flatMap((each, index) => (valueAt(each, 'ipBlock') === undefined ? [] : [index]));
	const [peer] = blocks;
	const isForPort = ruleMatch(rule, direction, other, flow.ports, own.namespace).port;
	return isForPort && blocks.length === 1 && peer !== undefined && isOfPods(listAt(rule, peersField(direction))[peer]) ? peer : undefined;
}

/** Pods have addresses of private ranges: a block of the world outside was meant for nobody in the cluster. */
const isOfPods = (peer: Json | undefined) => isPrivate(textAt(peer, 'ipBlock', 'cidr') ?? '');

/** A policy that would let it pass and is for pods that are not there. */
const missesItsPods = ({flow, direction, other, own}: Blocked, survey: Survey) =>
	speakingOf(survey.all('NetworkPolicy', own.namespace), direction).find(
		policy =>
			!survey.workloads(own.namespace).some(workload => selects(policy, templateLabels(workload) ?? {})) &&
			rulesOf(policy, direction).some(rule => {
				const {peer, port} = ruleMatch(rule, direction, other, flow.ports, own.namespace);
				return peer && port && listAt(rule, peersField(direction)).some(each => peerFits(each, other, own.namespace));
			}),
	);

/** The one policy that should have let it pass: the one that was changed last, or that says most of these pods. */
function nearest({policies, direction}: Blocked): KubeObject | undefined {
	const special = policies.filter(policy => Object.keys(valueAt(policy, 'spec', 'podSelector') ?? {}).length > 0);
	const among = special.length > 0 ? special : policies;
	return changedLast(policies) ?? among.find(policy => rulesOf(policy, direction).length > 0) ?? among[0];
}

/** What is at fault that a connection does not pass. */
export function blameFor(blocked: Blocked, survey: Survey): Blame | undefined {
	const {policies, direction} = blocked;
	const rules = policies.flatMap(policy => rulesOf(policy, direction).map((rule, index) => ({policy, rule, index})));
	const port = rules.find(({rule}) => wrongPort(blocked, rule));
	if (port !== undefined) return {policy: port.policy, kind: 'port', rule: port.index};
	for (const {policy, rule, index} of rules) {
		const peer = wrongPeer(blocked, rule, survey);
		if (peer !== undefined) return {policy, kind: 'peer', rule: index, ...peer};
	}
	for (const {policy, rule, index} of blocked.other.addresses?.length === 0 ? [] : rules) {
		const peer = wrongBlock(blocked, rule);
		if (peer !== undefined) return {policy, kind: 'block', rule: index, peer};
	}
	const missing = missesItsPods(blocked, survey);
	if (missing !== undefined) return {policy: missing, kind: 'selector'};
	const policy = nearest(blocked);
	return policy === undefined ? undefined : {policy, kind: 'none'};
}
