import type {Json, JsonObject} from '../json.ts';
import {listAt, objectAt} from './json-at.ts';
import type {KubeObject} from './kube-object.ts';

/** Where an object keeps its pod template, whose `spec` is a pod spec. Empty for a Pod, undefined for kinds that carry none. */
export function templatePath({kind, spec}: KubeObject): readonly string[] | undefined {
	if (kind === 'Pod') return [];
	if (kind === 'CronJob') return ['spec', 'jobTemplate', 'spec', 'template'];
	return Object.keys(objectAt(spec, 'template', 'spec')).length > 0 ? ['spec', 'template'] : undefined;
}

/** The pod spec that an object runs; empty for kinds that run none. */
export function podSpecOf(object: KubeObject): JsonObject {
	const path = templatePath(object);
	return path === undefined ? {} : objectAt(object, ...path, 'spec');
}

/** All containers of a pod spec, init and ephemeral ones too. */
export const containersOf = (podSpec: Json): readonly Json[] => [
	...listAt(podSpec, 'initContainers'),
	...listAt(podSpec, 'containers'),
	...listAt(podSpec, 'ephemeralContainers'),
];
