import {listAt, objectAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {templatePath} from '../../../../core/kube/pod-spec.ts';
import {someOf} from '../../../../core/text/count.ts';
import type {Cause, Remedy} from '../../../diagnosis/cause.ts';
import {labelText} from '../../../diagnosis/label-text.ts';
import {lastApplied} from '../../../diagnosis/last-applied.ts';
import {changeEvidence, isChangedLater} from '../../../diagnosis/last-write.ts';
import {merge} from '../../../diagnosis/patch-remedy.ts';
import {addressText} from '../../../network/ipv4.ts';
import {peersField} from '../../../network/policy-match.ts';
import type {Survey} from '../../survey.ts';
import {type Blame, type Blocked, blameFor, blockedBy} from './blame.ts';
import {flowsIn} from './flows.ts';
import {giveBack, type Lost, lostLabels} from './lost-labels.ts';
import {addedPeer, correctPeer, correctPorts, correctSelector, letPass} from './policy-remedies.ts';

type Judged = {readonly blocked: Blocked; readonly blame: Blame};

const portText = ({flow}: Blocked) => flow.ports.map(({number, protocol = 'TCP'}) => `${number}/${protocol}`).join(' or ');

/** Who is told of the other end, and where. */
const needed = ({flow: {client, server, mention, isDns}}: Blocked) =>
	mention === undefined
		? {source: client.text, detail: isDns ? 'its settings name hosts' : `asks ${server.text}`}
		: {source: refText(refOf(mention.holder)), detail: `${mention.path} names ${mention.host}`};

const hurtsOf = (list: readonly Blocked[]) =>
	[...new Set(list.flatMap(({flow}) => [flow.client.workload, flow.server.workload]))].flatMap(each =>
		each === undefined ? [] : [refOf(each)],
	);

const wordsOf = (first: Blocked, list: readonly Blocked[]) => {
	const [who, whom] = [
		someOf([...new Set(list.map(({flow}) => flow.client.text))]),
		someOf([...new Set(list.map(({flow}) => flow.server.text))]),
	];
	return {who, whom, port: list.length === 1 ? ` at ${portText(first)}` : ''};
};

/** A workload that lost the labels by which a policy lets it pass: the policy is right. */
function lostCause(lost: Lost, policy: KubeObject, blocked: Blocked): Cause {
	const {who, whom} = wordsOf(blocked, [blocked]);
	const [name, rule] = [refText(refOf(lost.workload)), refText(refOf(policy))];
	const [key] = Object.keys(lost.labels);
	return {
		id: 'policy-peer-not-there',
		resource: refOf(lost.workload),
		path: `${[...(templatePath(lost.workload) ?? []), 'metadata', 'labels'].join('.')}.${key}`,
		hurts: hurtsOf([blocked]),
		cause: {
			en: `The pods of ${name} have lost the label ${labelText(lost.labels)} by which ${rule} lets ${who} reach ${whom}`,
			ko: `${name}의 파드가 ${rule}가 요구하는 ${labelText(lost.labels)} 라벨을 잃어 ${who}가 ${whom}에 닿지 못합니다`,
		},
		evidence: [{source: rule, detail: `wants ${labelText(lost.labels)}`}, needed(blocked), ...changeEvidence(lost.workload)],
		remedies: [giveBack(lost)],
	};
}

function portCause({policy, rule}: Extract<Blame, {kind: 'port'}>, blocked: Blocked): Cause {
	const {direction, flow} = blocked;
	const ports = listAt(listAt(policy, 'spec', direction)[rule], 'ports');
	const open = ports.map(each => `${String(valueAt(each, 'port') ?? 'all')}/${textAt(each, 'protocol') ?? 'TCP'}`).join(', ');
	const name = refText(refOf(policy));
	return {
		id: 'policy-port-not-there',
		resource: refOf(policy),
		path: `spec.${direction}[${rule}].ports`,
		hurts: hurtsOf([blocked]),
		cause: {
			en: `${name} opens ${open} between ${flow.client.text} and ${flow.server.text}, whose pods take requests at ${portText(blocked)}: ports of pods count in a policy, not those of Services`,
			ko: `${name}가 ${flow.client.text}와 ${flow.server.text} 사이에 ${open}을(를) 여는데 파드는 ${portText(blocked)}에서 받습니다: 정책에는 서비스가 아닌 파드의 포트가 쓰입니다`,
		},
		evidence: [{source: name, detail: `spec.${direction}[${rule}].ports ${open}`}, needed(blocked), ...changeEvidence(policy)],
		remedies: [correctPorts(policy, rule, blocked)],
	};
}

function peerCause({policy, rule, peer, field}: Extract<Blame, {kind: 'peer'}>, blocked: Blocked, survey: Survey): Cause {
	const {direction, other, flow} = blocked;
	const asked = listAt(listAt(policy, 'spec', direction)[rule], peersField(direction))[peer];
	const selector = valueAt(asked, field);
	const lost = field === 'podSelector' ? lostLabels(other, selector, survey) : undefined;
	if (lost !== undefined) return lostCause(lost, policy, blocked);
	const wanted = objectAt(selector, 'matchLabels');
	const home = survey.find('Namespace', undefined, other.namespace);
	const isHomes = field === 'namespaceSelector' && home !== undefined && Object.keys(wanted).length > 0 && isChangedLater(home, policy);
	const label: readonly Remedy[] = isHomes
		? [
				merge(
					home,
					{metadata: {labels: wanted}},
					{
						side: 'settings',
						sure: true,
						text: {
							en: `Give namespace ${other.namespace} its label ${labelText(wanted)} back`,
							ko: `네임스페이스 ${other.namespace}에 ${labelText(wanted)} 라벨을 되돌립니다`,
						},
					},
				),
			]
		: [];
	const name = refText(refOf(policy));
	const said = labelText(wanted) || (field === 'namespaceSelector' ? 'its own namespace' : 'other labels');
	return {
		id: 'policy-peer-not-there',
		resource: refOf(isHomes ? home : policy),
		path: isHomes ? 'metadata.labels' : `spec.${direction}[${rule}].${peersField(direction)}[${peer}].${field}`,
		hurts: hurtsOf([blocked]),
		cause: {
			en: `${name} lets ${field === 'podSelector' ? 'pods' : 'a namespace'} with ${said} pass, and ${other.text} of namespace ${other.namespace} has none of that: ${flow.client.text} does not reach ${flow.server.text}`,
			ko: `${name}가 허용하는 ${said}에 ${other.text}(네임스페이스 ${other.namespace})가 맞지 않아 ${flow.client.text}가 ${flow.server.text}에 닿지 못합니다`,
		},
		evidence: [
			{source: name, detail: `${field} ${said}`},
			{source: other.text, detail: `pod labels ${labelText(other.labels)}`},
			needed(blocked),
			...changeEvidence(isHomes ? home : policy),
		],
		remedies: [...label, correctPeer(policy, rule, peer, blocked, !isHomes)],
	};
}

/** A block of addresses that no pod of the other end has: pods get others with each start, and labels name them. */
function blockCause({policy, rule, peer}: Extract<Blame, {kind: 'block'}>, blocked: Blocked): Cause {
	const {direction, other, flow} = blocked;
	const block = valueAt(listAt(listAt(policy, 'spec', direction)[rule], peersField(direction))[peer], 'ipBlock');
	const except = listAt(block, 'except').map(String);
	const [name, cidr] = [refText(refOf(policy)), `${textAt(block, 'cidr')}${except.length === 0 ? '' : ` except ${except.join(', ')}`}`];
	const hadPods =
		valueAt(listAt(listAt(lastApplied(policy), 'spec', direction)[rule], peersField(direction))[peer], 'podSelector') !== undefined;
	const has = (other.addresses ?? []).slice(0, 4).map(addressText).join(', ');
	return {
		id: 'policy-block-misses',
		resource: refOf(policy),
		path: `spec.${direction}[${rule}].${peersField(direction)}[${peer}].ipBlock`,
		hurts: hurtsOf([blocked]),
		cause: {
			en: `${name} lets ${cidr} pass, and the pods of ${other.text} have ${has}: ${flow.client.text} does not reach ${flow.server.text}`,
			ko: `${name}가 ${cidr}만 허용하는데 ${other.text}의 파드 주소는 ${has}입니다: ${flow.client.text}가 ${flow.server.text}에 닿지 못합니다`,
		},
		evidence: [
			{source: name, detail: `ipBlock ${cidr}`},
			{source: other.text, detail: `pods at ${has}`},
			needed(blocked),
			...changeEvidence(policy),
		],
		// Whoever has addresses of the block may be a client, too: only where it stands in place of pods it goes.
		remedies: [hadPods ? correctPeer(policy, rule, peer, blocked, true) : addedPeer(policy, rule, blocked)],
	};
}

function selectorCause(policy: KubeObject, blocked: Blocked, survey: Survey): Cause {
	const selector = valueAt(policy, 'spec', 'podSelector');
	const lost = lostLabels(blocked.own, selector, survey);
	if (lost !== undefined) return lostCause(lost, policy, blocked);
	const {flow, own} = blocked;
	const name = refText(refOf(policy));
	return {
		id: 'policy-selects-no-pod',
		resource: refOf(policy),
		path: 'spec.podSelector',
		severity: 'high',
		hurts: hurtsOf([blocked]),
		cause: {
			en: `${name} would let ${flow.client.text} reach ${flow.server.text}, and no pod has the labels that it is for (${labelText(objectAt(selector, 'matchLabels'))})`,
			ko: `${name}가 ${flow.client.text}에서 ${flow.server.text}로의 접근을 허용해야 하는데 그 라벨(${labelText(objectAt(selector, 'matchLabels'))})을 가진 파드가 없습니다`,
		},
		evidence: [
			{source: name, detail: `spec.podSelector ${labelText(objectAt(selector, 'matchLabels'))}`},
			{source: own.text, detail: `pod labels ${labelText(own.labels)}`},
			needed(blocked),
			...changeEvidence(policy),
		],
		remedies: [correctSelector(policy, blocked)],
	};
}

/** All that one policy forgets is one fault, and mended in one go. */
function forgetful(policy: KubeObject, list: readonly Blocked[]): readonly Cause[] {
	const [first] = list;
	if (first === undefined) return [];
	const {direction} = first;
	const name = refText(refOf(policy));
	const {who, whom, port} = wordsOf(first, list);
	const isDns = list.every(({flow}) => flow.isDns);
	const others = [...new Set(first.policies.map(each => refText(refOf(each))))].filter(each => each !== name);
	return [
		{
			id: direction === 'ingress' ? 'policy-keeps-out' : isDns ? 'policy-forgets-dns' : 'policy-keeps-in',
			resource: refOf(policy),
			path: `spec.${direction}`,
			hurts: hurtsOf(list),
			cause: isDns
				? {
						en: `${name} limits what ${who} reaches, and lets it ask no DNS: no name resolves`,
						ko: `${name}가 ${who}의 나가는 연결을 제한하면서 DNS를 허용하지 않아 어떤 이름도 찾을 수 없습니다`,
					}
				: {
						en: `${name} does not let ${who} reach ${whom}${port}`,
						ko: `${name} 때문에 ${who}가 ${whom}에 닿지 못합니다${port}`,
					},
			evidence: [
				{source: name, detail: `spec.${direction} has ${listAt(policy, 'spec', direction).length} rules, and none for ${whom}`},
				...others.map(each => ({source: each, detail: 'is for the same pods, and lets it pass neither'})),
				...list.slice(0, 4).map(needed),
				...changeEvidence(policy),
			],
			remedies: letPass(policy, list),
		},
	];
}

const keyOf = ({blocked, blame}: Judged) => `${blocked.direction} ${refText(refOf(blame.policy))}`;

/** Connections that must come about and that policies do not let pass. */
export function blockedFlows(survey: Survey): readonly Cause[] {
	if (survey.all('NetworkPolicy').length === 0) return [];
	const judged = flowsIn(survey).flatMap(flow =>
		(['egress', 'ingress'] as const).flatMap((direction): readonly Judged[] => {
			const blocked = flow.isDns && direction === 'ingress' ? undefined : blockedBy(flow, direction, survey);
			const blame = blocked === undefined ? undefined : blameFor(blocked, survey);
			return blocked === undefined || blame === undefined ? [] : [{blocked, blame}];
		}),
	);
	const single = judged.flatMap(({blocked, blame}) => {
		if (blame.kind === 'port') return [portCause(blame, blocked)];
		if (blame.kind === 'peer') return [peerCause(blame, blocked, survey)];
		if (blame.kind === 'block') return [blockCause(blame, blocked)];
		return blame.kind === 'selector' ? [selectorCause(blame.policy, blocked, survey)] : [];
	});
	const missing = Map.groupBy(
		judged.filter(({blame}) => blame.kind === 'none'),
		keyOf,
	);
	return [
		...single,
		...[...missing.values()].flatMap(list =>
			list[0] === undefined
				? []
				: forgetful(
						list[0].blame.policy,
						list.map(({blocked}) => blocked),
					),
		),
	];
}
