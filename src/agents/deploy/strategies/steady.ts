import type {JsonObject} from '../../../core/json.ts';
import {numberAt, valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {objectsAt} from '../../../mcp/kubernetes/model/fields.ts';
import type {NewVersion} from './rolling/new-version.ts';

/** A program that cannot start ends well within it, and the kubelet starts it again at once the first time. */
const usualSteadyMs = 10_000;

/**
 * How long new pods have to run without a restart before a rollout counts as done: none where each container is asked whether it serves, or where the
 * workload itself waits as long (minReadySeconds).
 */
export function steadyMsOf(workload: KubeObject, template: JsonObject): number {
	const asked = (container: JsonObject) => valueAt(container, 'readinessProbe') ?? valueAt(container, 'startupProbe');
	if (objectsAt(template, 'spec', 'containers').every(container => asked(container) !== undefined)) return 0;
	return Math.max(0, usualSteadyMs - (numberAt(workload, 'spec', 'minReadySeconds') ?? 0) * 1000);
}

/** What the waits for new pods have besides. */
export function steadily({workload, version}: {readonly workload: KubeObject; readonly version: Pick<NewVersion, 'template'>}): {
	readonly steadyMs?: number;
} {
	const steadyMs = steadyMsOf(workload, version.template);
	return steadyMs === 0 ? {} : {steadyMs};
}

/** The end of a sentence that says when pods count as ready, or nothing. */
export function steadyWords(steadyMs: number): string {
	return steadyMs === 0 ? '' : `, and runs for ${steadyMs / 1000} s without a restart, since it has no readiness probe`;
}
