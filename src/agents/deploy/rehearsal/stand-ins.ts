import type {JsonObject} from '../../../core/json.ts';
import {numberAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {type PodNeed, podNeeds} from '../../../core/kube/pod-needs.ts';
import {podSpecOf} from '../../../core/kube/pod-spec.ts';
import {wordAt} from '../../../mcp/kubernetes/model/fields.ts';
import {placeholder} from './rehearsable.ts';

/**
 * Objects for what pods name and nobody here may read: without them the pods would not start in the copy, for no fault of the plan.
 * @param unread plurals of the kinds that were not read whole
 * @param objects what is copied, and the pods of today
 */
export function standIns(unread: readonly string[], namespace: string, objects: readonly KubeObject[]): readonly KubeObject[] {
	const there = new Set(objects.map(({kind, metadata: {name}}) => `${kind} ${name}`));
	const needs = objects.flatMap(object => podNeeds(podSpecOf(object)));
	const missing = needs.filter(({kind, name}) => unread.includes(pluralOf[kind]) && !there.has(`${kind} ${name}`));
	const named = Map.groupBy(missing, ({kind, name}) => `${kind} ${name}`);
	return [
		...[...named.values()].flatMap(([first, ...more]) => (first === undefined ? [] : [standIn(namespace, first, [first, ...more])])),
		...(unread.includes('priorityclasses.scheduling.k8s.io') ? priorityClasses(objects) : []),
	];
}

const pluralOf = {
	ConfigMap: 'configmaps',
	Secret: 'secrets',
	PersistentVolumeClaim: 'persistentvolumeclaims',
	ServiceAccount: 'serviceaccounts',
} as const;

function standIn(namespace: string, {kind, name}: PodNeed, needs: readonly PodNeed[]): KubeObject {
	const data = Object.fromEntries(needs.flatMap(({key}) => (key === undefined ? [] : [[key, placeholder]])));
	const more: JsonObject = {
		ConfigMap: {data},
		Secret: {type: 'Opaque', data},
		PersistentVolumeClaim: {spec: {accessModes: ['ReadWriteOnce'], resources: {requests: {storage: '1Gi'}}}},
		ServiceAccount: {},
	}[kind];
	return {apiVersion: 'v1', kind, metadata: {name, namespace}, ...more};
}

/** The classes of the pods of today, with the value that each pod got of its own. */
function priorityClasses(objects: readonly KubeObject[]): readonly KubeObject[] {
	const values = new Map(
		objects
			.filter(({kind}) => kind === 'Pod')
			.map(pod => [wordAt(pod, 'spec', 'priorityClassName'), numberAt(pod, 'spec', 'priority') ?? 0] as const)
			.filter(([name]) => name !== '' && !name.startsWith('system-')),
	);
	return [...values].map(([name, value]) => ({apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: {name}, value}));
}
