import type {Json, JsonObject} from '../../../../core/json.ts';
import {listAt, objectAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import type {Direction} from '../../../coherence/policy-rules.ts';
import type {Remedy} from '../../../diagnosis/cause.ts';
import {labelText} from '../../../diagnosis/label-text.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import {peersField} from '../../../network/policy-match.ts';
import type {Blocked} from './blame.ts';
import type {FlowEnd} from './flows.ts';

/** Labels by which the pods of an end are told from all others: those that their workload itself selects by. */
const ownLabels = ({workload, labels}: FlowEnd): JsonObject => {
	const selected = objectAt(workload, 'spec', 'selector', 'matchLabels');
	if (Object.keys(selected).length > 0) return selected;
	// DNS alone is named without its workload.
	const known = textAt(labels, 'k8s-app');
	return known === undefined ? objectAt({labels}, 'labels') : {'k8s-app': known};
};

/** The other end as a rule names it, and nobody else. */
const peerFor = (other: FlowEnd, own: string): JsonObject => ({
	...(other.namespace === own ? {} : {namespaceSelector: {matchLabels: {'kubernetes.io/metadata.name': other.namespace}}}),
	podSelector: {matchLabels: ownLabels(other)},
});

/** DNS is asked by UDP, and by TCP where an answer is long. */
const portsFor = ({flow}: Pick<Blocked, 'flow'>): readonly JsonObject[] =>
	flow.isDns
		? [
				{protocol: 'UDP', port: 53},
				{protocol: 'TCP', port: 53},
			]
		: flow.ports.map(({number, protocol = 'TCP'}) => ({protocol, port: number}));

const ruleFor = (blocked: Blocked): JsonObject => ({
	[peersField(blocked.direction)]: [peerFor(blocked.other, blocked.own.namespace)],
	ports: portsFor(blocked),
});

const distinct = (rules: readonly JsonObject[]): readonly JsonObject[] => [
	...new Map(rules.map(rule => [JSON.stringify(rule), rule])).values(),
];

/** A policy of its own beside one that keeps everybody out or in: that one stays as it is for all others. */
function policyFor(blocked: readonly Blocked[], own: FlowEnd, direction: Direction): JsonObject {
	return {
		apiVersion: 'networking.k8s.io/v1',
		kind: 'NetworkPolicy',
		metadata: {name: `${own.workload?.metadata.name ?? 'pods'}-${direction}`, namespace: own.namespace},
		spec: {
			podSelector: {matchLabels: ownLabels(own)},
			policyTypes: [direction === 'ingress' ? 'Ingress' : 'Egress'],
			[direction]: distinct(blocked.map(ruleFor)),
		},
	};
}

const whom = (blocked: readonly Blocked[]) => [...new Set(blocked.map(({other}) => other.text))].join(', ');

/** Lets these connections pass and no others: by rules of the policy that is for these pods, or by a policy of their own beside one for all. */
export function letPass(policy: KubeObject, blocked: readonly Blocked[]): readonly Remedy[] {
	const [first] = blocked;
	if (first === undefined) return [];
	const {direction} = first;
	const name = refText(refOf(policy));
	const isForAll = Object.keys(objectAt(policy, 'spec', 'podSelector')).length === 0;
	if (isForAll) {
		const manifests = [...Map.groupBy(blocked, ({own}) => own.text).values()].flatMap(list =>
			list[0] === undefined ? [] : [policyFor(list, list[0].own, direction)],
		);
		return [
			{
				tool: 'resource_apply',
				input: {manifest: manifests.map(each => JSON.stringify(each)).join('\n---\n')},
				side: 'policy',
				sure: true,
				text: {
					en: `Let ${whom(blocked)} pass by a NetworkPolicy beside ${name}`,
					ko: `${name} 옆에 ${whom(blocked)}만 허용하는 NetworkPolicy를 둡니다`,
				},
			},
		];
	}
	const before = valueAt(policy, 'spec', direction);
	const rules = distinct(blocked.map(ruleFor));
	return [
		exchange(policy, [{path: ['spec', direction], from: before, to: [...listAt(policy, 'spec', direction), ...rules]}], {
			side: 'policy',
			sure: true,
			text: {en: `Add ${whom(blocked)} to what ${name} lets pass`, ko: `${name}가 허용하는 것에 ${whom(blocked)}을(를) 더합니다`},
		}),
	];
}

/** The ports of the pods in place of those that they do not have. */
export function correctPorts(policy: KubeObject, rule: number, blocked: Blocked): Remedy {
	const {direction} = blocked;
	const name = refText(refOf(policy));
	const path = ['spec', direction, rule, 'ports'];
	const to = portsFor(blocked);
	return exchange(policy, [{path, from: listAt(listAt(policy, 'spec', direction)[rule], 'ports'), to}], {
		side: 'policy',
		sure: true,
		text: {
			en: `Make ${name} open port ${to.map(({port}) => String(port)).join(', ')}`,
			ko: `${name}가 ${to.map(({port}) => String(port)).join(', ')} 포트를 열게 합니다`,
		},
	});
}

/** The other end in place of a peer that nobody is. */
export function correctPeer(policy: KubeObject, rule: number, peer: number, {direction, other, own}: Blocked, sure: boolean): Remedy {
	const name = refText(refOf(policy));
	const from: Json = listAt(listAt(policy, 'spec', direction)[rule], peersField(direction))[peer] ?? {};
	const to = peerFor(other, own.namespace);
	return exchange(policy, [{path: ['spec', direction, rule, peersField(direction), peer], from, to}], {
		side: 'policy',
		sure,
		text: {
			en: `Make ${name} let ${other.text} pass (${labelText(objectAt(to, 'podSelector', 'matchLabels'))})`,
			ko: `${name}가 ${other.text}을(를) 허용하게 합니다`,
		},
	});
}

/** The other end beside the peers that a rule has: who else they let pass may be meant. */
export function addedPeer(policy: KubeObject, rule: number, {direction, other, own}: Blocked): Remedy {
	const name = refText(refOf(policy));
	const from = listAt(listAt(policy, 'spec', direction)[rule], peersField(direction));
	return exchange(policy, [{path: ['spec', direction, rule, peersField(direction)], from, to: [...from, peerFor(other, own.namespace)]}], {
		side: 'policy',
		sure: false,
		loosens: true,
		text: {
			en: `Make ${name} let ${other.text} pass beside its block of addresses`,
			ko: `${name}가 주소 블록과 함께 ${other.text}도 허용하게 합니다`,
		},
	});
}

/** The labels of the pods that a policy was meant for. */
export function correctSelector(policy: KubeObject, {own}: Blocked): Remedy {
	const name = refText(refOf(policy));
	const to = {matchLabels: ownLabels(own)};
	return exchange(policy, [{path: ['spec', 'podSelector'], from: valueAt(policy, 'spec', 'podSelector'), to}], {
		side: 'policy',
		sure: true,
		text: {en: `Make ${name} be for the pods of ${own.text}`, ko: `${name}를 ${own.text}의 파드에 적용합니다`},
	});
}
