import {canonicalJson} from '../../../core/json.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {controllerReference} from '../owners.ts';
import type {Labels, PodTemplate} from '../pod-shapes.ts';
import {safeHash} from '../seeded-random.ts';
import type {Deployment, ReplicaSet} from '../shapes.ts';
import {millis} from '../time.ts';
import {bounds, wanted} from './deployment-arithmetic.ts';

const hashLabel = 'pod-template-hash';
const revisionKey = 'deployment.kubernetes.io/revision';
const historyKey = 'deployment.kubernetes.io/revision-history';
/** What belongs to one object and is not handed down to a ReplicaSet. */
const ownAnnotations = new Set([
	'kubectl.kubernetes.io/last-applied-configuration',
	revisionKey,
	historyKey,
	'deployment.kubernetes.io/desired-replicas',
	'deployment.kubernetes.io/max-replicas',
	'deprecated.deployment.rollback.to',
]);

export const revisionOf = ({metadata}: KubeObject) => Number(metadata.annotations?.[revisionKey] ?? 0);

/** Templates are never changed in place, and are looked at whenever a pod of theirs moves. */
const textOf = new WeakMap<PodTemplate, string>();

/** The template without the label that a ReplicaSet adds to it, as one text. */
function templateText(template: PodTemplate): string {
	const known = textOf.get(template);
	if (known !== undefined) return known;
	const labels = Object.entries(template.metadata?.labels ?? {}).filter(([key]) => key !== hashLabel);
	const {creationTimestamp: _, ...metadata} = {creationTimestamp: null, ...template.metadata};
	const text = canonicalJson({...template, metadata: {...metadata, labels: Object.fromEntries(labels)}});
	textOf.set(template, text);
	return text;
}

export const byAge = (sets: readonly ReplicaSet[]) =>
	sets.toSorted(
		(a, b) => millis(a.metadata.creationTimestamp) - millis(b.metadata.creationTimestamp) || a.metadata.name.localeCompare(b.metadata.name),
	);

/** The ReplicaSet that has the deployment's template now; of several the oldest. */
export function currentSet(deployment: Deployment, sets: readonly ReplicaSet[]): ReplicaSet | undefined {
	const text = templateText(deployment.spec.template);
	return byAge(sets).find(set => templateText(set.spec.template) === text);
}

/** The ReplicaSet for a template that none has yet. Its name ends in the hash that tells its pods from others. */
export function newSet(deployment: Deployment, replicas: number, revision: number): KubeObject {
	const {metadata, spec} = deployment;
	const hash = safeHash(`${templateText(spec.template)}${deployment.status?.collisionCount ?? ''}`);
	const labels = {...spec.template.metadata?.labels, [hashLabel]: hash};
	return {
		apiVersion: 'apps/v1',
		kind: 'ReplicaSet',
		metadata: {
			name: `${metadata.name}-${hash}`,
			namespace: metadata.namespace,
			labels,
			annotations: {...handedDown(deployment), [revisionKey]: String(revision)},
			ownerReferences: [controllerReference(deployment)],
		},
		spec: {
			replicas,
			...(spec.minReadySeconds === undefined ? {} : {minReadySeconds: spec.minReadySeconds}),
			selector: {...spec.selector, matchLabels: {...spec.selector.matchLabels, [hashLabel]: hash}},
			template: {...spec.template, metadata: {...spec.template.metadata, labels}},
		},
	};
}

/** Annotations of the deployment that its ReplicaSets carry, with the sizes that scaling compares against. */
function handedDown(deployment: Deployment): Labels {
	const own = Object.entries(deployment.metadata.annotations ?? {}).filter(([key]) => !ownAnnotations.has(key));
	return {...Object.fromEntries(own), ...sizeAnnotations(deployment)};
}

export const sizeAnnotations = (deployment: Deployment): Labels => ({
	'deployment.kubernetes.io/desired-replicas': String(wanted(deployment)),
	'deployment.kubernetes.io/max-replicas': String(wanted(deployment) + bounds(deployment).surge),
});

/** Annotations of a set that becomes current (again): the next revision number, with the numbers it had before. */
export function currentAnnotations(deployment: Deployment, set: ReplicaSet, revision: number): Labels {
	const before = set.metadata.annotations ?? {};
	const own = revisionOf(set);
	const moved = own !== revision && own > 0 && own < revision;
	const history = [...(before[historyKey]?.split(',') ?? []), String(own)].join(',');
	return {
		...before,
		...handedDown(deployment),
		[revisionKey]: String(Math.max(own, revision)),
		...(moved ? {[historyKey]: history} : {}),
	};
}
