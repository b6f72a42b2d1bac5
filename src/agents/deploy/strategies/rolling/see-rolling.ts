import {type KubeObject, type Ref, refText} from '../../../../core/kube/kube-object.ts';
import type {Cluster} from '../../../../mcp/kubernetes/port.ts';
import {newPods} from '../../rollout/new-pods.ts';
import {eachOnce, podHealth, podsOf} from '../../rollout/pod-health.ts';
import {creationTrouble} from '../../rollout/pod-trouble.ts';
import type {CanarySight} from '../canary/see-canary.ts';

/** Looks at a workload between two versions: the pods of its present template beside those of the one before. */
export async function seeRolling(cluster: Cluster, ref: Ref): Promise<CanarySight> {
	const workload = await cluster.get(ref);
	const arms = (fresh: readonly KubeObject[], old: readonly KubeObject[]) => ({
		canary: {workload: ref.name, pods: fresh},
		stable: {workload: ref.name, pods: old},
	});
	if (workload === undefined) return {canary: podHealth([]), arms: arms([], []), troubles: [], missing: `somebody deleted ${refText(ref)}`};
	const fresh = (await newPods(cluster, workload)) ?? [];
	const names = new Set(fresh.map(({metadata}) => metadata.name));
	const canary = podHealth(fresh);
	const creation = creationTrouble(workload);
	return {
		canary,
		arms: arms(
			fresh,
			(await podsOf(cluster, workload)).filter(({metadata}) => !names.has(metadata.name)),
		),
		troubles: eachOnce([...(creation === undefined ? [] : [creation]), ...canary.troubles]),
		missing: undefined,
	};
}
