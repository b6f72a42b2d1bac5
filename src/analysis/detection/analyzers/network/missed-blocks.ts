import type {Json, JsonObject} from '../../../../core/json.ts';
import {listAt, numberAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refKey, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {fitsSelector} from '../../../../core/kube/selector.ts';
import {speakingOf} from '../../../coherence/policy-rules.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {changeEvidence, isChangedSinceMade} from '../../../diagnosis/last-write.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import {addressNumber, addressText, blockOf, holds} from '../../../network/ipv4.ts';
import {policyPortFits} from '../../../network/policy-match.ts';
import {type Mention, mentionsIn} from '../../mentions/mentions.ts';
import {templateLabels} from '../../routing.ts';
import type {Survey} from '../../survey.ts';

/** Blocks that take in a whole network of a company are nothing to guess. */
const widest = 16;

/** Machines outside of the cluster that a Service without a selector stands for. */
type Outside = {readonly addresses: readonly number[]; readonly port: number; readonly protocol: string};

function outsideOf(service: KubeObject, asked: number | undefined, survey: Survey): Outside | undefined {
	const {name, namespace} = service.metadata;
	if (valueAt(service, 'spec', 'selector') !== undefined || textAt(service, 'spec', 'type') === 'ExternalName') return undefined;
	const slices = survey.all('EndpointSlice', namespace).filter(each => each.metadata.labels?.['kubernetes.io/service-name'] === name);
	const listed = slices.flatMap(slice => listAt(slice, 'endpoints')).flatMap(each => listAt(each, 'addresses').map(String));
	const addresses = listed.flatMap(each => addressNumber(each) ?? []);
	const ports = listAt(service, 'spec', 'ports');
	const port = ports.find(each => numberAt(each, 'port') === asked) ?? (ports.length === 1 ? ports[0] : undefined);
	const served = slices
		.flatMap(slice => listAt(slice, 'ports'))
		.find(each => (textAt(each, 'name') ?? '') === (textAt(port, 'name') ?? ''));
	const number = numberAt(served, 'port');
	if (addresses.length === 0 || addresses.length < listed.length || port === undefined || number === undefined) return undefined;
	// Pods are told by their labels, and not by their addresses.
	const isOfPod = survey.all('Pod').some(pod => listed.includes(textAt(pod, 'status', 'podIP') ?? ''));
	return isOfPod ? undefined : {addresses, port: number, protocol: textAt(served, 'protocol') ?? 'TCP'};
}

type Rule = {readonly policy: KubeObject; readonly rule: Json; readonly index: number};

const cidrsOf = (rule: Json) =>
	listAt(rule, 'to').flatMap((peer, number) => {
		const cidr = textAt(peer, 'ipBlock', 'cidr');
		return cidr === undefined ? [] : [{number, cidr}];
	});

/** The only block of the rules for the port, where none of them lets these addresses pass. */
function missing(rules: readonly Rule[], {addresses, port, protocol}: Outside) {
	const open = rules.filter(({rule}) => {
		const listed = listAt(rule, 'ports');
		return listed.length === 0 || listed.some(each => policyPortFits(each, {name: '', number: port, protocol}));
	});
	// Addresses may be those of pods that nobody looked at, where pods may be asked at the port.
	if (open.some(({rule}) => cidrsOf(rule).length < Math.max(1, listAt(rule, 'to').length))) return undefined;
	const blocks = open.flatMap(each => cidrsOf(each.rule).map(({number, cidr}) => ({...each, number, cidr, block: blockOf(cidr)})));
	const [only, ...others] = blocks;
	if (only?.block === undefined || others.length > 0 || only.block.length < widest) return undefined;
	return addresses.some(address => only.block !== undefined && holds(only.block, address)) ? undefined : {...only, block: only.block};
}

/** The block of the same size that all addresses are in, or else each of them. */
function meantPeers(addresses: readonly number[], length: number): readonly JsonObject[] {
	const size = 2 ** (32 - length);
	const networks = [...new Set(addresses.map(address => Math.floor(address / size) * size))];
	const [network] = networks;
	return networks.length === 1 && network !== undefined
		? [{ipBlock: {cidr: `${addressText(network)}/${length}`}}]
		: [...new Set(addresses)].map(address => ({ipBlock: {cidr: `${addressText(address)}/32`}}));
}

function missedBy(mention: Mention, survey: Survey): readonly Cause[] {
	const {workload} = mention;
	const {namespace = ''} = workload.metadata;
	const service = survey.find('Service', mention.namespace, mention.service);
	const outside = service === undefined ? undefined : outsideOf(service, mention.port, survey);
	if (service === undefined || outside === undefined || !survey.isRead('NetworkPolicy', namespace)) return [];
	const policies = speakingOf(survey.all('NetworkPolicy', namespace), 'egress').filter(policy =>
		fitsSelector(valueAt(policy, 'spec', 'podSelector') ?? {}, templateLabels(workload) ?? {}),
	);
	const found = missing(
		policies.flatMap(policy => listAt(policy, 'spec', 'egress').map((rule, index) => ({policy, rule, index}))),
		outside,
	);
	if (found === undefined) return [];
	const {policy, rule, index, number, cidr, block} = found;
	const [name, who] = [refText(refOf(policy)), refText(refOf(workload))];
	const peers = listAt(rule, 'to');
	const to: readonly Json[] = meantPeers(outside.addresses, block.length);
	const told = to.map(each => textAt(each, 'ipBlock', 'cidr')).join(', ');
	const there = outside.addresses.map(addressText).join(', ');
	return [
		{
			id: 'policy-block-misses',
			resource: refOf(policy),
			path: `spec.egress[${index}].to[${number}].ipBlock.cidr`,
			hurts: [refOf(workload)],
			cause: {
				en: `${name} lets ${who} out to ${cidr} at port ${outside.port}, and ${refText(refOf(service))}, which it is told to ask, is at ${there}`,
				ko: `${name}는 ${who}를 ${cidr}로만 내보내는데 ${refText(refOf(service))}의 주소는 ${there}입니다`,
			},
			evidence: [
				{source: refText(refOf(mention.holder)), detail: `${mention.path} names ${mention.host}`},
				{source: refText(refOf(service)), detail: `endpoints ${there}`},
				...changeEvidence(policy),
			],
			remedies: [
				exchange(
					policy,
					[{path: ['spec', 'egress', index, 'to'], from: peers, to: peers.flatMap((each, at) => (at === number ? to : [each]))}],
					{
						side: 'policy',
						sure: isChangedSinceMade(policy),
						text: {en: `Make ${name} let out to ${told} instead of ${cidr}`, ko: `${name}가 ${cidr} 대신 ${told}을(를) 허용하게 합니다`},
					},
				),
			],
		},
	];
}

/** Addresses outside of the cluster that a workload is told to ask, and that the one block for their port does not hold. */
export const missedBlocks = (survey: Survey): readonly Cause[] => [
	...new Map(
		mentionsIn(survey)
			.flatMap(mention => missedBy(mention, survey))
			.map(cause => [`${refKey(cause.resource)} ${cause.path}`, cause]),
	).values(),
];
