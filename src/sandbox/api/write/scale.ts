import type {Json, JsonObject} from '../../../core/json.ts';
import {objectAt, textAt, valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {StatusError} from '../../status-error.ts';
import {labelsText, none, selectorText} from '../encode/common-columns.ts';
import {invalid} from '../errors.ts';
import type {ScalePaths} from '../resource.ts';

const builtIn: ScalePaths = {replicas: ['spec', 'replicas'], current: ['status', 'replicas'], selector: undefined};

/** The autoscaling/v1 Scale of a workload. Throws 500 for a custom one that does not say how many it wants. */
export function scaleOf(object: KubeObject, paths: ScalePaths | undefined): KubeObject {
	const {name, namespace, uid, resourceVersion, creationTimestamp} = object.metadata;
	const {replicas: path, current} = paths ?? builtIn;
	const replicas = valueAt(object, ...path);
	if (paths !== undefined && replicas === undefined) {
		const why = `the spec replicas field ".${path.join('.')}" does not exist`;
		throw new StatusError(500, 'InternalError', `Internal error occurred: ${why}`, {causes: [{reason: '', message: why}]});
	}
	return {
		apiVersion: 'autoscaling/v1',
		kind: 'Scale',
		metadata: {name, namespace, uid, resourceVersion, creationTimestamp},
		spec: replicas === undefined || replicas === 0 ? {} : {replicas},
		status: {replicas: valueAt(object, ...current) ?? 0, ...selectorOf(object, paths)},
	};
}

/** The workload with the replicas of a Scale; a version in the Scale is checked by the update. Throws 422 for less than none. */
export function scaled(object: KubeObject, scale: KubeObject, paths: ScalePaths = builtIn): KubeObject {
	const {resourceVersion} = scale.metadata;
	const replicas = valueAt(scale, 'spec', 'replicas') ?? 0;
	if (typeof replicas === 'number' && replicas < 0) {
		const message = `Invalid value: ${replicas}: must be greater than or equal to 0`;
		throw invalid({group: 'autoscaling', kind: 'Scale'}, object.metadata.name, [
			{reason: 'FieldValueInvalid', message, field: 'spec.replicas'},
		]);
	}
	return {...object, ...withValue(object, paths.replicas, replicas), metadata: {...object.metadata, resourceVersion}};
}

/** A custom kind keeps it as text; a replication controller's is a bare map, everybody else's a label selector. */
function selectorOf(object: KubeObject, paths: ScalePaths | undefined): JsonObject {
	if (paths !== undefined) return paths.selector === undefined ? {} : {selector: textAt(object, ...paths.selector)};
	const text = object.kind === 'ReplicationController' ? labelsText(objectAt(object, 'spec', 'selector')) : selectorText(object);
	return {selector: text === none ? '' : text};
}

/** The same with the value at that path, and objects on the way there. */
function withValue(object: JsonObject, [key, ...rest]: readonly string[], value: Json): JsonObject {
	if (key === undefined) return object;
	return {...object, [key]: rest.length === 0 ? value : withValue(objectAt(object, key), rest, value)};
}
