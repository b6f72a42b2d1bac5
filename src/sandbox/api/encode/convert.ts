import type {JsonObject} from '../../../core/json.ts';
import {listAt, objectAt, textAt, valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {apiVersionOf, type Resource} from '../resource.ts';

/** A stored object in the version a resource serves. Only events and autoscalers are served in two versions. */
export function fromStored(resource: Resource, object: KubeObject): KubeObject {
	const apiVersion = apiVersionOf(resource);
	if (object.apiVersion === apiVersion) return object;
	if (apiVersion === 'events.k8s.io/v1') return rename({...object, apiVersion}, eventNames);
	if (apiVersion === 'autoscaling/v1') return {...object, apiVersion, spec: autoscalerToV1(objectAt(object, 'spec'))};
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

function autoscalerToV1({
	metrics: _metrics,
	behavior: _behavior,
	...spec
}: JsonObject & {metrics?: JsonObject[string]; behavior?: JsonObject[string]}): JsonObject {
	const cpu = listAt({metrics: _metrics}, 'metrics').find(metric => textAt(metric, 'resource', 'name') === 'cpu');
	const target = valueAt(cpu, 'resource', 'target', 'averageUtilization');
	return target === undefined ? spec : {...spec, targetCPUUtilizationPercentage: target};
}

function autoscalerToV2(spec: JsonObject): JsonObject {
	const {targetCPUUtilizationPercentage: averageUtilization, ...rest} = spec;
	if (averageUtilization === undefined) return rest;
	return {...rest, metrics: [{type: 'Resource', resource: {name: 'cpu', target: {type: 'Utilization', averageUtilization}}}]};
}
