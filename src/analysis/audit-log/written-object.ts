import {isJsonObject, type Json, type JsonObject} from '../../core/json.ts';
import {listAt, objectAt, textAt} from '../../core/kube/json-at.ts';
import type {AuditEvent} from './audit-event.ts';

/**
 * The object as somebody wrote it. Of a patch only the answer holds all of it; without that it is what the patch says, which a list of steps
 * (JSON Patch) says of no object.
 */
export function writtenObject({verb, request, response}: Pick<AuditEvent, 'verb' | 'request' | 'response'>): JsonObject {
	const [first, second] = verb === 'patch' ? [response, request] : [request, response];
	const isWhole = (value: Json | undefined): value is JsonObject =>
		isJsonObject(value) && value.kind !== 'Status' && value.kind !== 'DeleteOptions';
	return [first, second].find(isWhole) ?? {};
}

/** Values that a JSON Patch puts somewhere below a path such as `/data`. */
export function patchedValues(
	{request}: Pick<AuditEvent, 'request'>,
	below: string,
): readonly {readonly path: string; readonly value: Json}[] {
	if (!Array.isArray(request)) return [];
	return request.flatMap(step => {
		const [path, value] = [textAt(step, 'path'), isJsonObject(step) ? step.value : undefined];
		return path?.startsWith(below) && value !== undefined ? [{path, value}] : [];
	});
}

const templates: {readonly [resource: string]: readonly string[]} = {
	pods: ['spec'],
	cronjobs: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
};

/** Resources whose objects are, or make, pods. */
export const podResources = [
	'pods',
	'deployments',
	'daemonsets',
	'statefulsets',
	'replicasets',
	'replicationcontrollers',
	'jobs',
	'cronjobs',
];

/** The spec of the pods that a written workload is, or makes. */
export const podSpecOf = (event: AuditEvent): JsonObject =>
	objectAt(writtenObject(event), ...(templates[event.target?.resource ?? ''] ?? ['spec', 'template', 'spec']));

/** All containers of a pod: those that run first and those that were added to debug it, too. */
export const containersOf = (spec: JsonObject): readonly JsonObject[] =>
	['initContainers', 'containers', 'ephemeralContainers'].flatMap(list => listAt(spec, list).filter(isJsonObject));

/** `registry.example/team/web:1.2@sha256:…` → `registry.example/team/web`. */
function repositoryOf(image: string): string {
	const [tagged = image] = image.split('@');
	const colon = tagged.lastIndexOf(':');
	return colon > tagged.lastIndexOf('/') ? tagged.slice(0, colon) : tagged;
}

export const repositoriesOf = (spec: JsonObject) => containersOf(spec).map(each => repositoryOf(textAt(each, 'image') ?? ''));
