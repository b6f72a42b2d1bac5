import {valueAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {wordAt} from '../../../../mcp/kubernetes/model/fields.ts';

/** How many pods a Deployment's own rolling update has on top; a percentage is rounded up (kubernetes/pkg/controller/deployment/util). */
export function surgeOf(deployment: KubeObject, replicas: number): number {
	if (wordAt(deployment, 'spec', 'strategy', 'type') === 'Recreate') return 0;
	const surge = valueAt(deployment, 'spec', 'strategy', 'rollingUpdate', 'maxSurge') ?? '25%';
	return typeof surge === 'number' ? surge : Math.ceil((Number.parseInt(String(surge), 10) * replicas) / 100);
}
