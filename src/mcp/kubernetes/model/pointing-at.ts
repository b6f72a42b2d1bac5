import type {JsonObject} from '../../../core/json.ts';
import {valueAt} from '../../../core/kube/json-at.ts';
import {type KubeObject, type Ref, refOf} from '../../../core/kube/kube-object.ts';
import {podNeeds} from '../../../core/kube/pod-needs.ts';
import {podSpecOf, templatePath} from '../../../core/kube/pod-spec.ts';
import {fitsMap, fitsSelector} from '../../../core/kube/selector.ts';
import {objectsAt, textMapAt, wordAt} from './fields.ts';

/** An object that depends on another, and in which way: `routes traffic to it`. */
export type Pointer = {readonly ref: Ref; readonly how: string};

const backends = (ingress: JsonObject): readonly string[] => [
	wordAt(ingress, 'spec', 'defaultBackend', 'service', 'name'),
	...objectsAt(ingress, 'spec', 'rules').flatMap(rule =>
		objectsAt(rule, 'http', 'paths').map(path => wordAt(path, 'backend', 'service', 'name')),
	),
];

/** What one other object has to do with this one; `''` for nothing. */
function relation(other: KubeObject, object: KubeObject): string {
	const path = templatePath(object);
	const hasPods = path !== undefined;
	const labels = path === undefined ? {} : textMapAt(object, ...path, 'metadata', 'labels');
	const {kind, metadata} = object;
	switch (other.kind) {
		case 'Service':
			return hasPods && fitsMap(valueAt(other, 'spec', 'selector'), labels) ? 'routes traffic to its pods' : '';
		case 'PodDisruptionBudget':
			return hasPods && fitsSelector(valueAt(other, 'spec', 'selector'), labels) ? 'guards its pods' : '';
		case 'NetworkPolicy':
			return hasPods && fitsSelector(valueAt(other, 'spec', 'podSelector'), labels) ? 'limits the traffic of its pods' : '';
		case 'HorizontalPodAutoscaler':
			return wordAt(other, 'spec', 'scaleTargetRef', 'kind') === kind && wordAt(other, 'spec', 'scaleTargetRef', 'name') === metadata.name
				? 'sets its replicas'
				: '';
		case 'Ingress':
			if (kind === 'Service' && backends(other).includes(metadata.name)) return 'sends requests to it';
			return kind === 'Secret' && objectsAt(other, 'spec', 'tls').some(({secretName}) => secretName === metadata.name)
				? 'takes its certificate from it'
				: '';
		case 'EndpointSlice':
			return kind === 'Service' && other.metadata.labels?.['kubernetes.io/service-name'] === metadata.name ? endpointsText(other) : '';
		default: {
			const needed = podNeeds(podSpecOf(other)).filter(need => need.kind === kind && need.name === metadata.name);
			return needed.length === 0 ? '' : `uses it: ${[...new Set(needed.map(({how}) => how))].join(', ')}`;
		}
	}
}

function endpointsText(slice: KubeObject): string {
	const endpoints = objectsAt(slice, 'endpoints');
	// A missing `ready` means ready (discovery.k8s.io/v1).
	const ready = endpoints.filter(endpoint => valueAt(endpoint, 'conditions', 'ready') !== false).length;
	return `lists ${ready} ready of ${endpoints.length} endpoints`;
}

/** What of the candidates, all of the object's namespace, depends on the object. */
export function pointingAt(object: KubeObject, candidates: readonly KubeObject[]): readonly Pointer[] {
	return candidates
		.filter(other => other.metadata.namespace === object.metadata.namespace)
		.map(other => ({ref: refOf(other), how: relation(other, object)}))
		.filter(({how}) => how !== '');
}

const podKinds = ['deployments.apps', 'statefulsets.apps', 'daemonsets.apps', 'cronjobs.batch', 'jobs.batch'];

/** The kinds (`plural.group`) among which something may point at a kind. */
export function kindsPointingAt(kind: string): readonly string[] {
	if (['ConfigMap', 'Secret', 'PersistentVolumeClaim', 'ServiceAccount'].includes(kind))
		return [...podKinds, 'pods', ...(kind === 'Secret' ? ['ingresses.networking.k8s.io'] : [])];
	if (kind === 'Service') return ['ingresses.networking.k8s.io', 'endpointslices.discovery.k8s.io'];
	return ['services', 'poddisruptionbudgets.policy', 'horizontalpodautoscalers.autoscaling', 'networkpolicies.networking.k8s.io'];
}
