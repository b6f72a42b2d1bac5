import type {Json, JsonObject} from '../../../core/json.ts';
import {listAt, objectAt, textAt, valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {apiVersionOf, type Resource} from '../resource.ts';

/** A stored object in the version a resource serves. Only events and autoscalers are served in two versions. */
export const fromStored = (resource: Resource, object: KubeObject): KubeObject => inVersion(apiVersionOf(resource), object);

/** A stored object in another of its versions; unknown versions are taken to have the same shape. */
export function inVersion(apiVersion: string, object: KubeObject): KubeObject {
	if (object.apiVersion === apiVersion) return object;
	if (apiVersion === 'events.k8s.io/v1') return rename({...object, apiVersion}, eventNames);
	if (apiVersion === 'autoscaling/v1') return autoscalerToV1({...object, apiVersion});
	return {...object, apiVersion};
}

/** The other way. */
export function toStored(resource: Resource, object: KubeObject): KubeObject {
	if (resource.group === 'events.k8s.io')
		return rename(
			{...object, apiVersion: 'v1'},
			eventNames.map(([stored, served]) => [served, stored] as const),
		);
	if (resource.group === 'autoscaling' && resource.version === 'v1' && resource.kind === 'HorizontalPodAutoscaler') {
		return {...object, apiVersion: 'autoscaling/v2', spec: autoscalerToV2(objectAt(object, 'spec'))};
	}
	return object;
}

/** The resource whose objects are stored: itself, but for the two served twice. */
export function storedVersion(resource: Resource): Resource {
	if (resource.group === 'events.k8s.io') return {...resource, group: '', version: 'v1'};
	return resource.group === 'autoscaling' && resource.version === 'v1' ? {...resource, version: 'v2'} : resource;
}

// Core name, events.k8s.io name.
const eventNames: readonly (readonly [string, string])[] = [
	['involvedObject', 'regarding'],
	['message', 'note'],
	['source', 'deprecatedSource'],
	['firstTimestamp', 'deprecatedFirstTimestamp'],
	['lastTimestamp', 'deprecatedLastTimestamp'],
	['count', 'deprecatedCount'],
	['reportingComponent', 'reportingController'],
];

function rename(object: KubeObject, names: readonly (readonly [string, string])[]): KubeObject {
	const to = new Map(names);
	const {apiVersion, kind, metadata, ...rest} = object;
	return {...Object.fromEntries(Object.entries(rest).map(([key, value]) => [to.get(key) ?? key, value])), apiVersion, kind, metadata};
}

/** The first version knows the use of cpu alone. */
function autoscalerToV1(object: KubeObject): KubeObject {
	const {metrics, behavior: _behavior, ...spec} = objectAt(object, 'spec');
	const {currentMetrics, conditions: _conditions, currentReplicas = 0, ...status} = objectAt(object, 'status');
	const target = valueAt(cpuOf(metrics), 'resource', 'target', 'averageUtilization');
	const use = valueAt(cpuOf(currentMetrics), 'resource', 'current', 'averageUtilization');
	return {
		...object,
		spec: {...spec, ...(target === undefined ? {} : {targetCPUUtilizationPercentage: target})},
		...(object.status === undefined
			? {}
			: {status: {...status, currentReplicas, ...(use === undefined ? {} : {currentCPUUtilizationPercentage: use})}}),
	};
}

const cpuOf = (metrics: Json | undefined) => listAt({metrics}, 'metrics').find(metric => textAt(metric, 'resource', 'name') === 'cpu');

function autoscalerToV2(spec: JsonObject): JsonObject {
	const {targetCPUUtilizationPercentage: averageUtilization, ...rest} = spec;
	if (averageUtilization === undefined) return rest;
	return {...rest, metrics: [{type: 'Resource', resource: {name: 'cpu', target: {type: 'Utilization', averageUtilization}}}]};
}
