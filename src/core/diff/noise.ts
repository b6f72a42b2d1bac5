import {isJsonObject, type Json, type JsonObject, withoutKeys} from '../json.ts';
import type {KubeObject} from '../kube/kube-object.ts';
import {serverMetadata} from '../kube/server-metadata.ts';
import {withoutJobUid} from './job-identity.ts';
import {withoutTokenVolume} from './token-volume.ts';

const noisyAnnotations = new Set([
	'kubectl.kubernetes.io/last-applied-configuration',
	'deployment.kubernetes.io/revision',
	'deployment.kubernetes.io/revision-history',
	'deployment.kubernetes.io/desired-replicas',
	'deployment.kubernetes.io/max-replicas',
	'rollout.argoproj.io/revision',
	'rollout.argoproj.io/workload-generation',
	'deprecated.daemonset.template.generation',
	'control-plane.alpha.kubernetes.io/leader',
	'endpoints.kubernetes.io/last-change-trigger-time',
	// GKE and Rancher write into them what they made of a Service or a workload, minutes after it was made.
	'cloud.google.com/neg-status',
	'field.cattle.io/publicEndpoints',
]);

function quietMetadata(metadata: JsonObject): JsonObject {
	const {annotations, ...rest} = withoutKeys(metadata, serverMetadata);
	if (!isJsonObject(annotations)) return rest;
	const quiet = withoutKeys(annotations, noisyAnnotations);
	return Object.keys(quiet).length === 0 ? rest : {...rest, annotations: quiet};
}

/** The object as people mean it: no status, no bookkeeping of the server. */
export function withoutNoise(object: KubeObject): KubeObject {
	const {status: _, metadata, ...rest} = withoutTokenVolume(withoutJobUid(object));
	const template: Json | undefined = isJsonObject(rest.spec) ? rest.spec.template : undefined;
	const spec =
		isJsonObject(rest.spec) && isJsonObject(template) && isJsonObject(template.metadata)
			? {...rest.spec, template: {...template, metadata: withoutKeys(template.metadata, new Set(['creationTimestamp']))}}
			: rest.spec;
	return {...rest, ...(spec === undefined ? {} : {spec}), metadata: {...quietMetadata(metadata), name: metadata.name}} as KubeObject;
}
