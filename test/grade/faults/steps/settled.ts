import {numberAt, valueAt} from '../../../../src/core/kube/json-at.ts';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import type {Assertion} from '../fault-case.ts';

/** What holds of objects once their controllers have come to rest, by the word of the objects alone: each in its own namespace. */
export const settled = (objects: readonly KubeObject[]): readonly Assertion[] =>
	objects.flatMap(object => {
		const assertion = settledOne(object);
		return assertion === undefined ? [] : [{...assertion, in: object.metadata.namespace ?? 'default'}];
	});

function settledOne(object: KubeObject): Assertion | undefined {
	const {kind, metadata} = object;
	const name = `${kind}/${metadata.name}`;
	switch (kind) {
		case 'Deployment':
		case 'StatefulSet':
			return numberAt(object, 'spec', 'replicas') === 0 ? undefined : {ready: name, allowPaused: true};
		case 'DaemonSet':
			return {ready: name};
		case 'HorizontalPodAutoscaler':
			return {hpa: metadata.name};
		case 'Job':
			if (valueAt(object, 'spec', 'suspend') === true) return undefined;
			return {is: name, match: {status: {conditions: [{type: 'Complete', status: 'True'}]}}};
		case 'PersistentVolumeClaim':
			return {is: name, match: {status: {phase: 'Bound'}}};
		default:
			return undefined;
	}
}
