import {textAt} from '../../core/kube/json-at.ts';
import type {KubeObject} from '../../core/kube/kube-object.ts';

/** How an object does, in the words that Argo CD made common; `message` says why and may be empty. */
export type Health = {
	readonly status: 'Healthy' | 'Progressing' | 'Degraded' | 'Suspended' | 'Missing' | 'Unknown';
	readonly message: string;
};

/** How any Kubernetes object does, read from the object alone. */
export function healthOf(object: KubeObject): Health {
	if (textAt(object, 'metadata', 'deletionTimestamp') !== undefined) return {status: 'Progressing', message: 'Pending deletion'};
	return {status: 'Unknown', message: ''};
}
