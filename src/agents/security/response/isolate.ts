import {listAt, objectAt, valueAt} from '../../../core/kube/json-at.ts';
import {type KubeObject, type Ref, refOf, refText} from '../../../core/kube/kube-object.ts';
import {fitsSelector} from '../../../core/kube/selector.ts';
import type {Consequence, Write} from '../../../core/plan.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import {readNeighbours} from '../../../mcp/kubernetes/read-neighbours.ts';
import type {NotTaken, Taken} from './measure.ts';
import type {ResponseSubject} from './subject.ts';

/** Which quarantine a pod is in. */
const quarantineLabel = 'mkcoa.io/quarantine';

/** Names of objects have 253 characters at most, values of labels 63. */
const shortName = (name: string) => name.slice(0, 50).replace(/[^a-z0-9]+$/, '');

const quarantineOf = (subject: ResponseSubject) => shortName(subject.objects[0]?.metadata.name ?? 'pods');

function policyFor(namespace: string, quarantine: string): Write {
	const ref: Ref = {apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', namespace, name: `quarantine-${quarantine}`};
	const manifest = {
		apiVersion: ref.apiVersion,
		kind: ref.kind,
		metadata: {name: ref.name, namespace, labels: {'app.kubernetes.io/managed-by': 'mkcoa'}},
		// No rule lets anything through, in either direction.
		spec: {podSelector: {matchLabels: {[quarantineLabel]: quarantine}}, policyTypes: ['Ingress', 'Egress']},
	};
	return {op: 'apply', ref, manifest};
}

const labelled = (pod: KubeObject, labels: {readonly [key: string]: string | null}): Write => ({
	op: 'patch',
	ref: refOf(pod),
	type: 'merge',
	patch: {metadata: {labels}},
});

/** Policies add up: what another one lets through, no policy can forbid. */
function stillOpen(policies: readonly KubeObject[], pods: readonly KubeObject[]): readonly Consequence[] {
	const opening = policies.filter(
		policy =>
			(listAt(policy, 'spec', 'ingress').length > 0 || listAt(policy, 'spec', 'egress').length > 0) &&
			pods.some(pod => fitsSelector(valueAt(policy, 'spec', 'podSelector'), pod.metadata.labels)),
	);
	return opening.map(policy => ({
		id: 'still-let-through',
		severity: 'danger',
		text: `${refText(refOf(policy))} lets some of their traffic through all the same: policies add up. Take the pods out of its labels (take-out) or narrow it`,
		ref: refOf(policy),
	}));
}

const enforced: Consequence = {
	id: 'needs-enforcement',
	severity: 'warning',
	text: 'A NetworkPolicy is enforced by the network plug-in of the cluster, where it has one that does; connections that are open may stay open',
};

/** Shuts the pods of a subject off by a label and a policy that selects it. New pods of the same template are not shut off. */
export async function isolate(cluster: Cluster, subject: ResponseSubject, takesOut: boolean): Promise<Taken | NotTaken> {
	const {pods} = subject;
	if (subject.kind !== 'pod' && subject.kind !== 'workload')
		return {measure: 'isolate', why: `${subject.text} is no workload: name the pods`};
	const [first] = pods;
	if (first === undefined) return {measure: 'isolate', why: `${subject.text} has no pods now`};
	const namespace = first.metadata.namespace ?? '';
	const quarantine = quarantineOf(subject);
	const {objects, notChecked} = await readNeighbours(cluster, namespace, ['networkpolicies.networking.k8s.io']);
	// Taken out of their labels they are in no other policy but those for every pod.
	const left = takesOut ? pods.map(pod => ({...pod, metadata: {...pod.metadata, labels: {}}})) : pods;
	const unread: readonly Consequence[] = notChecked.map(text => ({
		id: 'not-checked',
		severity: 'warning',
		text: `Not checked whether others let them through: ${text}`,
	}));
	const fresh: Consequence = {
		id: 'fresh-pods-are-open',
		severity: 'warning',
		text: 'Pods that are made after this are not shut off: the label is on those of now',
	};
	return {
		measure: 'isolate',
		title: `Shut ${podsText(pods)} off from the network`,
		writes: [policyFor(namespace, quarantine), ...pods.map(pod => labelled(pod, {[quarantineLabel]: quarantine}))],
		consequences: [...stillOpen(objects, left), enforced, ...(subject.kind === 'workload' ? [fresh] : []), ...unread],
	};
}

/** Takes pods out of whatever selects them, so that their controller makes fresh ones and they stay as they are. */
export function takeOut({kind, text, pods}: ResponseSubject): Taken | NotTaken {
	if (kind !== 'pod' && kind !== 'workload') return {measure: 'take-out', why: `${text} is no workload: name the pods`};
	const able = pods.filter(({metadata}) => Object.keys(objectAt(metadata.labels)).length > 0);
	if (able.length === 0) return {measure: 'take-out', why: `${text} has no pods with labels now`};
	return {
		measure: 'take-out',
		title: `Take ${podsText(able)} out of ${able.length === 1 ? 'its' : 'their'} Services and controllers`,
		writes: able.map(pod =>
			labelled(
				pod,
				Object.fromEntries(Object.keys(pod.metadata.labels ?? {}).flatMap(key => (key === quarantineLabel ? [] : [[key, null]]))),
			),
		),
		consequences: [
			{
				id: 'replaced',
				severity: 'warning',
				text: 'Their controllers make fresh pods of the same template and image: if that is what is bad, they are bad too',
			},
		],
	};
}

export const podsText = (pods: readonly KubeObject[]) => {
	const [first] = pods;
	return pods.length === 1 && first !== undefined ? refText(refOf(first)) : `${pods.length} pods`;
};
