import type {Json, JsonObject} from '../../../../core/json.ts';
import {listAt, objectAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refKey, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {fitsSelector} from '../../../../core/kube/selector.ts';
import {speakingOf} from '../../../coherence/policy-rules.ts';
import type {Cause, Remedy} from '../../../diagnosis/cause.ts';
import {lastApplied} from '../../../diagnosis/last-applied.ts';
import {changedLast, changeEvidence} from '../../../diagnosis/last-write.ts';
import {type Exchange, exchange} from '../../../diagnosis/patch-remedy.ts';
import {applied} from '../../../diagnosis/writes-remedy.ts';
import {addressText, blockAround, blockOf, blockText} from '../../../network/ipv4.ts';
import {blockFits} from '../../../network/policy-match.ts';
import {type Mention, mentionsIn} from '../../mentions/mentions.ts';
import {templateLabels} from '../../routing.ts';
import type {Survey} from '../../survey.ts';
import {exceptionAt, hasOtherPolicies, isAround, isForPort, type Outside, outsideOf} from './outside.ts';

/** Blocks that take in a whole network of a company are nothing to guess. */
const widest = 16;

type Rule = {readonly policy: KubeObject; readonly rule: Json; readonly index: number};
type PlacedPeer = Rule & {readonly peer: Json; readonly number: number};

/** Somebody who is told of machines outside, and the policies that keep it in. */
type Kept = {
	readonly mention: Mention;
	readonly service: KubeObject;
	readonly outside: Outside;
	readonly policies: readonly KubeObject[];
	readonly rules: readonly Rule[];
};

/** Whether a policy lets out to one of the machines. */
const passesIn = (policy: Json | undefined, outside: Outside): boolean =>
	listAt(policy, 'spec', 'egress')
		.filter(rule => isForPort(rule, outside))
		.some(
			rule => listAt(rule, 'to').length === 0 || listAt(rule, 'to').some(peer => outside.addresses.some(each => blockFits(peer, each))),
		);

function keptBy(mention: Mention, survey: Survey): Kept | undefined {
	const {workload} = mention;
	const {namespace = ''} = workload.metadata;
	if (survey.all('NetworkPolicy', namespace).length === 0) return undefined;
	const service = survey.find('Service', mention.namespace, mention.service);
	const outside = service === undefined ? undefined : outsideOf(service, mention.port, survey);
	if (service === undefined || outside === undefined || !survey.isRead('NetworkPolicy', namespace)) return undefined;
	const policies = speakingOf(survey.all('NetworkPolicy', namespace), 'egress').filter(policy =>
		fitsSelector(valueAt(policy, 'spec', 'podSelector') ?? {}, templateLabels(workload) ?? {}),
	);
	const rules = policies
		.flatMap(policy => listAt(policy, 'spec', 'egress').map((rule, index) => ({policy, rule, index})))
		.filter(({rule}) => isForPort(rule, outside));
	// Addresses may be those of pods that nobody looked at, where pods may be asked at the port.
	const areAllPods = survey.snapshot.namespace === undefined && survey.isRead('Pod');
	const mayBePods = !areAllPods && rules.some(({rule}) => listAt(rule, 'to').some(peer => valueAt(peer, 'ipBlock') === undefined));
	return policies.length === 0 || mayBePods || policies.some(policy => passesIn(policy, outside))
		? undefined
		: {mention, service, outside, policies, rules};
}

const peersIn = ({rules}: Kept): readonly PlacedPeer[] =>
	rules.flatMap(rule =>
		listAt(rule.rule, 'to').flatMap((peer, number) => (valueAt(peer, 'ipBlock') === undefined ? [] : [{...rule, peer, number}])),
	);

const alone = (addresses: readonly number[]): readonly JsonObject[] =>
	[...new Set(addresses)].map(address => ({ipBlock: {cidr: `${addressText(address)}/32`}}));

/** The block of the same size that all addresses are in, or else each of them. */
function meantPeers(addresses: readonly number[], length: number): readonly JsonObject[] {
	const blocks = [...new Set(addresses.map(address => blockText(blockAround(address, length))))];
	const [cidr] = blocks;
	return blocks.length === 1 && cidr !== undefined ? [{ipBlock: {cidr}}] : alone(addresses);
}

const cidrsText = (peers: readonly Json[]) => peers.map(each => textAt(each, 'ipBlock', 'cidr')).join(', ');

/** What all of these causes have in common. */
function told({mention, service, outside}: Kept, policy: KubeObject) {
	const there = outside.addresses.map(addressText).join(', ');
	return {
		resource: refOf(policy),
		hurts: [refOf(mention.workload)],
		there,
		who: refText(refOf(mention.workload)),
		evidence: [
			{source: refText(refOf(mention.holder)), detail: `${mention.path} names ${mention.host}`},
			{source: refText(refOf(service)), detail: `endpoints ${there}`},
			...changeEvidence(policy),
		],
	};
}

/** Shutting somebody in is what one does in an incident: only where what was applied let it pass, the policy itself tells that it is to. */
const howIn = (policy: KubeObject, {outside}: Kept) =>
	({side: 'policy', sure: passesIn(lastApplied(policy), outside), loosens: true}) as const;

/** Puts others in the place of one peer of a rule. */
function peersRemedy({policy, rule, index, number}: PlacedPeer, to: readonly Json[], kept: Kept, text: Remedy['text']): Remedy {
	const peers = listAt(rule, 'to');
	const path = ['spec', 'egress', index, 'to'];
	return exchange(policy, [{path, from: peers, to: peers.flatMap((each, at) => (at === number ? to : [each]))}], {
		...howIn(policy, kept),
		text,
	});
}

/** The one block for the port is another network than that of the machines. */
function otherBlock(kept: Kept): Cause | undefined {
	const [only, ...others] = peersIn(kept);
	const {outside, service, rules} = kept;
	const cidr = textAt(only?.peer, 'ipBlock', 'cidr') ?? '';
	const block = blockOf(cidr);
	const isAlone = rules.every(({rule}) => listAt(rule, 'to').every(peer => peer === only?.peer));
	if (only === undefined || others.length > 0 || !isAlone || block === undefined || block.length < widest) return undefined;
	if (outside.addresses.some(each => isAround(only.peer, each))) return undefined;
	const {there, who, ...rest} = told(kept, only.policy);
	const name = refText(refOf(only.policy));
	const to = meantPeers(outside.addresses, block.length);
	return {
		...rest,
		id: 'policy-block-misses',
		path: `spec.egress[${only.index}].to[${only.number}].ipBlock.cidr`,
		cause: {
			en: `${name} lets ${who} out to ${cidr} at port ${outside.port}, and ${refText(refOf(service))}, which it is told to ask, is at ${there}`,
			ko: `${name}는 ${who}를 ${cidr}로만 내보내는데 ${refText(refOf(service))}의 주소는 ${there}입니다`,
		},
		remedies: [
			peersRemedy(only, to, kept, {
				en: `Make ${name} let out to ${cidrsText(to)} instead of ${cidr}`,
				ko: `${name}가 ${cidr} 대신 ${cidrsText(to)}을(를) 허용하게 합니다`,
			}),
		],
	};
}

/** A block takes the machines in, and an exception of it leaves them out again. */
function excepted(kept: Kept): Cause | undefined {
	const {outside, service} = kept;
	const [first] = outside.addresses;
	const found = first === undefined ? undefined : peersIn(kept).find(({peer}) => outside.addresses.every(each => isAround(peer, each)));
	if (first === undefined || found === undefined) return undefined;
	const {policy, peer, index, number} = found;
	const at = exceptionAt(peer, first);
	const except = listAt(peer, 'ipBlock', 'except');
	const {there, who, ...rest} = told(kept, policy);
	const name = refText(refOf(policy));
	const path = ['spec', 'egress', index, 'to', number, 'ipBlock', 'except'];
	const before = listAt(listAt(listAt(lastApplied(policy), 'spec', 'egress')[index], 'to')[number], 'ipBlock', 'except');
	const isNew = lastApplied(policy) !== undefined && !before.includes(except[at] ?? '');
	const removal: Exchange =
		except.length === 1 ? {path, from: except, to: undefined} : {path: [...path, at], from: except[at], to: undefined};
	const beside = alone(outside.addresses);
	return {
		...rest,
		id: 'policy-block-misses',
		path: `spec.egress[${index}].to[${number}].ipBlock.except`,
		cause: {
			en: `${name} lets ${who} out to ${cidrsText([peer])} except ${String(except[at])}, where ${refText(refOf(service))}, which it is told to ask, is (${there})`,
			ko: `${name}가 ${who}를 내보내면서 ${String(except[at])}을(를) 제외하는데 ${refText(refOf(service))}의 주소가 ${there}입니다`,
		},
		remedies: isNew
			? [
					exchange(policy, [removal], {
						side: 'policy',
						// Somebody may have shut the block off in a hurry, and for a reason.
						sure: false,
						loosens: true,
						text: {
							en: `Take ${String(except[at])} out of the exceptions of ${name}`,
							ko: `${name}의 예외에서 ${String(except[at])}을(를) 뺍니다`,
						},
					}),
				]
			: [
					peersRemedy(found, [peer, ...beside], kept, {
						en: `Make ${name} let out to ${cidrsText(beside)} beside its block`,
						ko: `${name}가 ${cidrsText(beside)}도 허용하게 합니다`,
					}),
				],
	};
}

/** No rule is for the machines at all: one is added to the policy that is for these pods, or beside one that is for all. */
function forgotten(kept: Kept): Cause | undefined {
	const {policies, outside, service, mention} = kept;
	const isForAll = (each: KubeObject) => Object.keys(objectAt(each, 'spec', 'podSelector')).length === 0;
	const policy = changedLast(policies) ?? policies.find(each => !isForAll(each)) ?? policies[0];
	if (policy === undefined) return undefined;
	const {there, who, ...rest} = told(kept, policy);
	const [name, whom] = [refText(refOf(policy)), refText(refOf(service))];
	const rule: JsonObject = {to: alone(outside.addresses), ports: [{protocol: outside.protocol, port: outside.port}]};
	const {workload} = mention;
	const how = howIn(policy, kept);
	const remedy = isForAll(policy)
		? applied(
				{
					apiVersion: 'networking.k8s.io/v1',
					kind: 'NetworkPolicy',
					metadata: {name: `${workload.metadata.name}-to-${service.metadata.name}`, namespace: workload.metadata.namespace ?? ''},
					spec: {
						podSelector: {matchLabels: objectAt(workload, 'spec', 'selector', 'matchLabels')},
						policyTypes: ['Egress'],
						egress: [rule],
					},
				},
				{
					...how,
					text: {
						en: `Let ${who} out to ${there} by a NetworkPolicy beside ${name}`,
						ko: `${name} 옆에 ${there}만 허용하는 NetworkPolicy를 둡니다`,
					},
				},
			)
		: exchange(
				policy,
				[{path: ['spec', 'egress'], from: valueAt(policy, 'spec', 'egress'), to: [...listAt(policy, 'spec', 'egress'), rule]}],
				{
					...how,
					text: {
						en: `Add ${there} at port ${outside.port} to what ${name} lets pass`,
						ko: `${name}가 허용하는 것에 ${there}:${outside.port}를 더합니다`,
					},
				},
			);
	return {
		...rest,
		id: 'policy-keeps-in',
		path: `spec.egress[${service.metadata.name}:${outside.port}]`,
		cause: {
			en: `${name} does not let ${who} out to ${there} at port ${outside.port}, where ${whom}, which it is told to ask, is`,
			ko: `${name} 때문에 ${who}가 ${whom}의 주소 ${there}:${outside.port}에 닿지 못합니다`,
		},
		remedies: Object.keys(objectAt(workload, 'spec', 'selector', 'matchLabels')).length === 0 && isForAll(policy) ? [] : [remedy],
	};
}

/** Machines outside of the cluster that a workload is told to ask, and that no policy lets it reach. */
export const missedBlocks = (survey: Survey): readonly Cause[] => [
	...new Map(
		(hasOtherPolicies(survey) ? [] : mentionsIn(survey)).flatMap(mention => {
			const kept = keptBy(mention, survey);
			const cause = kept === undefined ? undefined : (otherBlock(kept) ?? excepted(kept) ?? forgotten(kept));
			return cause === undefined ? [] : [[`${refKey(cause.resource)} ${cause.path}`, cause] as const];
		}),
	).values(),
];
