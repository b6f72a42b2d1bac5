import type {KubeObject, Ref} from '../../../core/kube/kube-object.ts';
import type {Write} from '../../../core/plan.ts';

/**
 * Written into the pod template, so that every pod is replaced. Its value is the generation that the restart makes, not a time:
 * planning twice gives one plan, and yet every restart differs from the one before.
 */
const annotation = 'mkcoa.dev/restarted-for-generation';

/** The generation of a workload after its next change. */
export const nextGeneration = ({metadata}: KubeObject) => String((metadata.generation ?? 0) + 1);

/** Replaces every pod of a workload by its own rolling update. */
export const restartWrite = (ref: Ref, object: KubeObject): Write => ({
	op: 'patch',
	ref,
	type: 'merge',
	patch: {spec: {template: {metadata: {annotations: {[annotation]: nextGeneration(object)}}}}},
});
