import type {JsonObject} from '../../../core/json.ts';
import type {KubeObject} from '../../../core/kube-object.ts';
import {invalid} from '../errors.ts';
import {objectAt, textAt, valueAt} from '../json-access.ts';

/** The autoscaling/v1 Scale of a workload. */
export function scaleOf(object: KubeObject): KubeObject {
	const {name, namespace, uid, resourceVersion, creationTimestamp} = object.metadata;
	const replicas = valueAt(object, 'spec', 'replicas') ?? 0;
	return {
		apiVersion: 'autoscaling/v1',
		kind: 'Scale',
		metadata: {name, namespace, uid, resourceVersion, creationTimestamp},
		spec: replicas === 0 ? {} : {replicas},
		status: {replicas: valueAt(object, 'status', 'replicas') ?? 0, selector: selectorText(objectAt(object, 'spec', 'selector'))},
	};
}

/** The workload with the replicas of a Scale; a version in the Scale is checked by the update. Throws 422 for less than none. */
export function scaled(object: KubeObject, scale: KubeObject): KubeObject {
	const {resourceVersion} = scale.metadata;
	const replicas = valueAt(scale, 'spec', 'replicas') ?? 0;
	if (typeof replicas === 'number' && replicas < 0) {
		const message = `Invalid value: ${replicas}: must be greater than or equal to 0`;
		throw invalid({group: 'autoscaling', kind: 'Scale'}, object.metadata.name, [
			{reason: 'FieldValueInvalid', message, field: 'spec.replicas'},
		]);
	}
	return {...object, metadata: {...object.metadata, resourceVersion}, spec: {...objectAt(object, 'spec'), replicas}};
}

function selectorText(selector: JsonObject): string {
	const labels =
		selector.matchLabels === undefined && selector.matchExpressions === undefined ? selector : objectAt(selector, 'matchLabels');
	const equal = Object.entries(labels).map(([key, value]) => `${key}=${String(value)}`);
	const sets = Array.isArray(selector.matchExpressions) ? selector.matchExpressions.map(expression) : [];
	return [...equal, ...sets].sort().join(',');
}

function expression(value: JsonObject): string {
	const key = textAt(value, 'key') ?? '';
	const values = Array.isArray(value.values) ? value.values.join(',') : '';
	switch (textAt(value, 'operator')) {
		case 'In':
			return `${key} in (${values})`;
		case 'NotIn':
			return `${key} notin (${values})`;
		case 'DoesNotExist':
			return `!${key}`;
		default:
			return key;
	}
}
