import {isJsonObject, type JsonObject, withoutKeys} from '../../../core/json.ts';
import {numberAt, objectAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {serverMetadata} from '../../../core/kube/server-metadata.ts';

/** What only its own cluster gives to an object. */
const ofItsCluster = new Set([...serverMetadata, 'ownerReferences', 'finalizers']);

/** Stands for every secret value: the rehearsal is served on loopback, and a value is of no use there. */
const placeholder = Buffer.from('rehearsal').toString('base64');

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

const isOwned = ({metadata: {ownerReferences = []}}: KubeObject) => ownerReferences.some(({controller}) => controller === true);

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
	// Earlier versions, which their Deployment finds again by labels and gives its pods to.
	ReplicaSet: (copy, live) => (isOwned(live) ? withSpec(copy, {replicas: 0}) : copy),
	Pod: copy => withSpec(copy, {}, ['nodeName', 'serviceAccount']),
};
