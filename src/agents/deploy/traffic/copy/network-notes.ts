import {isJsonObject, type Json, type JsonObject} from '../../../../core/json.ts';
import {valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {fitsSelector} from '../../../../core/kube/selector.ts';
import type {Consequence} from '../../../../core/plan.ts';
import {objectsAt, textsAt} from '../../../../mcp/kubernetes/model/fields.ts';
import type {Labels} from './rewrite-labels.ts';

/** The pods of a workload and of its copy, by their labels; `suffix` is what the copy is called. */
export type Pair = {readonly namespace: string | undefined; readonly stable: Labels; readonly copy: Labels; readonly suffix: string};

/** What NetworkPolicies allow the stable pods, or to them, and not the pods of a copy. */
export function networkNotes(objects: readonly KubeObject[], pair: Pair): readonly Consequence[] {
	const policies = objects.filter(({apiVersion, kind}) => kind === 'NetworkPolicy' && apiVersion.startsWith('networking.k8s.io/'));
	const near = policies.filter(({metadata}) => metadata.namespace === pair.namespace);
	return [...near.flatMap(policy => ofSubject(policy, near, pair)), ...policies.flatMap(policy => ofPeers(policy, pair))];
}

const say = (policy: KubeObject, severity: Consequence['severity'], text: string): Consequence => ({
	id: 'copy-left-out',
	severity,
	text: `${refText(refOf(policy))} ${text}`,
	ref: refOf(policy),
});

const subjectOf = (policy: KubeObject): Json => valueAt(policy, 'spec', 'podSelector') ?? {};
const directions = ['Ingress', 'Egress'] as const;

/** Without the field a policy is about what comes in, and about what goes out where it has rules for that. */
function isAbout(policy: KubeObject, direction: (typeof directions)[number]): boolean {
	const types = textsAt(policy, 'spec', 'policyTypes');
	return types.length > 0 ? types.includes(direction) : direction === 'Ingress' || valueAt(policy, 'spec', 'egress') !== undefined;
}

/** A policy of the stable pods: what others forbid the copy stays forbidden, and otherwise nothing is. */
function ofSubject(policy: KubeObject, near: readonly KubeObject[], {stable, copy, suffix}: Pair): readonly Consequence[] {
	if (!fitsSelector(subjectOf(policy), stable) || fitsSelector(subjectOf(policy), copy)) return [];
	return directions
		.filter(direction => isAbout(policy, direction))
		.map(direction => {
			const isClosed = near.some(other => isAbout(other, direction) && fitsSelector(subjectOf(other), copy));
			const [way, open] = direction === 'Ingress' ? ['come to', 'anybody may call them'] : ['leave', 'they may call anybody'];
			return isClosed
				? say(policy, 'danger', `does not hold for the pods of the ${suffix}, and another one forbids what it allows to ${way} them`)
				: say(policy, 'warning', `does not hold for the pods of the ${suffix}: ${open}`);
		});
}

/** Policies of other pods that name the stable ones among those whom they let in, or whom they let their own pods call. */
function ofPeers(policy: KubeObject, pair: Pair): readonly Consequence[] {
	const isNamed = (field: 'ingress' | 'egress', peers: 'from' | 'to') => {
		const rules = objectsAt(policy, 'spec', field);
		const lets = (labels: Pair['copy']) =>
			rules.some(rule => objectsAt(rule, peers).length === 0 || objectsAt(rule, peers).some(peer => fitsPeer(peer, policy, pair, labels)));
		return lets(pair.stable) && !lets(pair.copy);
	};
	const {suffix} = pair;
	return [
		...(isNamed('ingress', 'from')
			? [say(policy, 'danger', `lets the stable pods in and not those of the ${suffix}: they cannot reach what it guards`)]
			: []),
		...(isNamed('egress', 'to') ? [say(policy, 'danger', `lets its pods call the stable ones and not those of the ${suffix}`)] : []),
	];
}

/** Namespaces are known by name alone: another label of theirs may fit. */
function fitsPeer(peer: JsonObject, policy: KubeObject, {namespace}: Pair, labels: Pair['copy']): boolean {
	if (!isJsonObject(peer.podSelector) && !isJsonObject(peer.namespaceSelector)) return false;
	const isNear = isJsonObject(peer.namespaceSelector) ? mayFit(peer.namespaceSelector, namespace) : policy.metadata.namespace === namespace;
	return isNear && fitsSelector(peer.podSelector ?? {}, labels);
}

const nameLabel = 'kubernetes.io/metadata.name';

function mayFit(selector: JsonObject, namespace: string | undefined): boolean {
	const wanted = valueAt(selector, 'matchLabels', nameLabel);
	const expressions = objectsAt(selector, 'matchExpressions').filter(({key}) => key === nameLabel);
	return (wanted === undefined || wanted === namespace) && fitsSelector({matchExpressions: expressions}, {[nameLabel]: namespace ?? ''});
}
