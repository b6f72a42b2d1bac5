import {objectAt, valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {labelsText, none, selectorText} from '../encode/common-columns.ts';
import {invalid} from '../errors.ts';

/** The autoscaling/v1 Scale of a workload. */
export function scaleOf(object: KubeObject): KubeObject {
	const {name, namespace, uid, resourceVersion, creationTimestamp} = object.metadata;
	const replicas = valueAt(object, 'spec', 'replicas') ?? 0;
	return {
		apiVersion: 'autoscaling/v1',
		kind: 'Scale',
		metadata: {name, namespace, uid, resourceVersion, creationTimestamp},
		spec: replicas === 0 ? {} : {replicas},
		status: {replicas: valueAt(object, 'status', 'replicas') ?? 0, selector: scaleSelector(object)},
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

/** A replication controller's selector is a bare map, everybody else's a label selector. */
function scaleSelector(object: KubeObject): string {
	const text = object.kind === 'ReplicationController' ? labelsText(objectAt(object, 'spec', 'selector')) : selectorText(object);
	return text === none ? '' : text;
}
