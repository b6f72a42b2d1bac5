import {numberAt} from '../../../core/kube/json-at.ts';
import {ConflictError, type Effects} from '../../../core/tool.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import type {Along} from './act.ts';

/**
 * Keeps a workload that has no traffic as large as the one that serves, so that it is not too small when the requests come to it. Call it at each
 * look. It never shrinks: the plan gives the autoscalers their own least number back.
 * @returns how many pods the workload must have by now, 0 where no autoscaler could give them
 */
export function growAlong(along: Along | undefined, cluster: Cluster, effects: Pick<Effects, 'tend'>): () => Promise<number> {
	return async () => {
		if (along === undefined) return 0;
		const serving = numberAt((await cluster.get(along.of)) ?? {}, 'spec', 'replicas') ?? 0;
		let given = 0;
		for (const ref of along.scalers) {
			const scaler = await cluster.get(ref);
			if (scaler === undefined) continue;
			const minReplicas = Math.min(serving, numberAt(scaler, 'spec', 'maxReplicas') ?? serving);
			given = Math.max(given, minReplicas);
			if ((numberAt(scaler, 'spec', 'minReplicas') ?? 1) >= minReplicas) continue;
			await effects
				.tend({op: 'patch', ref, type: 'merge', patch: {spec: {minReplicas}}}, scaler)
				// Its status moved meanwhile: the next look tells.
				.catch(unlessConflict);
		}
		return given;
	};
}

function unlessConflict(error: unknown): void {
	if (!(error instanceof ConflictError)) throw error;
}
