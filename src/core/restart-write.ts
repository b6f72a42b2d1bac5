import type {KubeObject, Ref} from './kube/kube-object.ts';
import type {Write} from './plan.ts';

/**
 * Written into the pod template, so that every pod is replaced: the key of `kubectl rollout restart`, where people and tools look for restarts. Its
 * value is the generation that the restart makes, not a time: planning twice gives one plan, and yet every restart differs from the one before.
 */
const annotation = 'kubectl.kubernetes.io/restartedAt';

/** The generation of a workload after its next change. */
export const nextGeneration = ({metadata}: KubeObject) => String((metadata.generation ?? 0) + 1);

/** Replaces every pod of a workload by its own rolling update. */
export const restartWrite = (ref: Ref, object: KubeObject): Write => ({
	op: 'patch',
	ref,
	type: 'merge',
	patch: {spec: {template: {metadata: {annotations: {[annotation]: `generation ${nextGeneration(object)}`}}}}},
});
