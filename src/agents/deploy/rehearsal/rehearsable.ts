import {isJsonObject, type JsonObject, withoutKeys} from '../../../core/json.ts';
import {numberAt, objectAt, valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {serverMetadata} from '../../../core/kube/server-metadata.ts';

/** What only its own cluster gives to an object. */
const ofItsCluster = new Set([...serverMetadata, 'ownerReferences', 'finalizers']);

/** Stands for every secret value: the rehearsal is served on loopback, and a value is of no use there. */
export const placeholder = Buffer.from('rehearsal').toString('base64');

/**
 * An object as a rehearsal may have it: without what only its own cluster gives, without secret values, and without what would make it live
 * otherwise than today for no reason of the plan.
 */
export function rehearsable(object: KubeObject): KubeObject {
	const {status: _, metadata, ...rest} = object;
	const copy = {
		...rest,
		apiVersion: object.apiVersion,
		kind: object.kind,
		metadata: {...withoutKeys(metadata, ofItsCluster), name: metadata.name},
	};
	const adapt = adapted[object.kind];
	return adapt === undefined ? copy : adapt(copy, object);
}

/** By these a Job finds its pods; the server gives them by the Job's uid. */
const ofItsJob = new Set(['controller-uid', 'batch.kubernetes.io/controller-uid', 'job-name', 'batch.kubernetes.io/job-name']);

type Adapt = (copy: KubeObject, live: KubeObject) => KubeObject;

const withSpec = (copy: KubeObject, change: JsonObject, without: readonly string[] = []): KubeObject => ({
	...copy,
	spec: {...withoutKeys(objectAt(copy, 'spec'), new Set(without)), ...change},
});

const adapted: {readonly [kind: string]: Adapt} = {
	Secret: copy => ({
		...copy,
		...(isJsonObject(copy.data) ? {data: Object.fromEntries(Object.keys(copy.data).map(key => [key, placeholder]))} : {}),
		type: 'Opaque',
	}),
	Service: copy => withSpec(copy, {}, ['clusterIP', 'clusterIPs', 'healthCheckNodePort', 'loadBalancerIP']),
	// A volume of its own class is not there; any that is bound will do.
	PersistentVolumeClaim: copy => withSpec(copy, {}, ['volumeName', 'storageClassName', 'dataSource', 'dataSourceRef']),
	// Nobody sends requests in a rehearsal: an autoscaler would take pods away that are needed today.
	HorizontalPodAutoscaler: (copy, live) => {
		const now = numberAt(live, 'status', 'currentReplicas') ?? 0;
		return now > (numberAt(copy, 'spec', 'minReplicas') ?? 1) ? withSpec(copy, {minReplicas: now}) : copy;
	},
	// Its pods of today stand in the copy by themselves, and the fast clock of a rehearsal starts no others.
	CronJob: copy => withSpec(copy, {suspend: true}),
	Job: copy => {
		const own = valueAt(copy, 'spec', 'manualSelector') === true;
		const template = objectAt(copy, 'spec', 'template');
		const labels = withoutKeys(objectAt(template, 'metadata', 'labels'), ofItsJob);
		const unlabelled = {...template, metadata: {...objectAt(template, 'metadata'), labels}};
		return own ? withSpec(copy, {suspend: true}) : withSpec(copy, {suspend: true, template: unlabelled}, ['selector']);
	},
	Pod: copy => withSpec(copy, {}, ['nodeName', 'serviceAccount']),
};
