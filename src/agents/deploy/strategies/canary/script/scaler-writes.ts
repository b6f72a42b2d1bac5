import {isJsonObject} from '../../../../../core/json.ts';
import {numberAt} from '../../../../../core/kube/json-at.ts';
import {type KubeObject, refOf} from '../../../../../core/kube/kube-object.ts';
import type {Write} from '../../../../../core/plan.ts';

/** Kubernetes' own minReplicas where nobody sets it (pkg/apis/autoscaling/v2/defaults.go). */
const usualLeast = 1;

const least = (scaler: KubeObject, minReplicas: number): Write => ({
	op: 'patch',
	ref: refOf(scaler),
	type: 'merge',
	patch: {spec: {minReplicas}},
});

/** The workload keeps the pods that it has: a canary takes load away from it, which is no reason to shrink. */
export const pinnedScaler = (scaler: KubeObject, replicas: number): Write =>
	least(
		scaler,
		Math.min(
			Math.max(replicas, numberAt(scaler, 'spec', 'minReplicas') ?? usualLeast),
			numberAt(scaler, 'spec', 'maxReplicas') ?? replicas,
		),
	);

export const unpinnedScaler = (scaler: KubeObject): Write => least(scaler, numberAt(scaler, 'spec', 'minReplicas') ?? usualLeast);

/** An autoscaler like the workload's for the canary, which must not be overrun by its share. */
export function copiedScaler(scaler: KubeObject, canary: string, minReplicas: number): Write {
	const spec = isJsonObject(scaler.spec) ? scaler.spec : {};
	const target = isJsonObject(spec.scaleTargetRef) ? spec.scaleTargetRef : {};
	const manifest: KubeObject = {
		apiVersion: scaler.apiVersion,
		kind: scaler.kind,
		metadata: {
			name: canary,
			...(scaler.metadata.namespace === undefined ? {} : {namespace: scaler.metadata.namespace}),
			labels: {'app.kubernetes.io/managed-by': 'mkcoa'},
		},
		spec: {...spec, scaleTargetRef: {...target, name: canary}, minReplicas},
	};
	return {op: 'create', ref: refOf(manifest), manifest};
}
