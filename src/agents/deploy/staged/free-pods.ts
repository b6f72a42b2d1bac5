import {isUnseen} from '../../../analysis/health/workload-counts.ts';
import {numberAt, textAt} from '../../../core/kube/json-at.ts';
import {type KubeObject, refKey, refOf} from '../../../core/kube/kube-object.ts';
import {ConflictError, type Effects} from '../../../core/tool.ts';
import {isReady} from '../../../mcp/kubernetes/model/conditions.ts';
import {textMapAt} from '../../../mcp/kubernetes/model/fields.ts';
import {controllerOf} from '../../../mcp/kubernetes/model/owner-chain.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import {podsOf} from '../rollout/pod-health.ts';
import type {Wait} from './act.ts';

/** A pod may be between two states for a moment. */
const looksBefore = 3;

/**
 * Frees a StatefulSet that waits for a pod of a version which it does not want any more: pods in order are not replaced past one that is not ready, so
 * a bad version blocks the good one (kubernetes/kubernetes#67250). Call it at each look. Only pods that the wait names are deleted.
 */
export function podFreer(
	{ref, frees = []}: Extract<Wait, {kind: 'ready'}>,
	cluster: Cluster,
	effects: Pick<Effects, 'tend'>,
): () => Promise<void> {
	const allowed = new Set(frees.map(refKey));
	let seen: ReadonlyMap<string, number> = new Map();
	return async () => {
		if (allowed.size === 0) return;
		const set = await cluster.get(ref);
		if (set === undefined || isUnseen(set)) return;
		const blocking = (await podsOf(cluster, set)).filter(pod => allowed.has(refKey(podRef(pod))) && isBlocking(pod, set));
		const next = new Map<string, number>();
		for (const pod of blocking) {
			const looks = (seen.get(pod.metadata.uid ?? '') ?? 0) + 1;
			if (looks < looksBefore) next.set(pod.metadata.uid ?? '', looks);
			else await remove(pod, effects);
		}
		seen = next;
	};
}

const podRef = (pod: KubeObject) => refOf({...pod, apiVersion: 'v1', kind: 'Pod'});

async function remove(pod: KubeObject, effects: Pick<Effects, 'tend'>): Promise<void> {
	try {
		await effects.tend({op: 'delete', ref: podRef(pod)}, pod);
	} catch (error) {
		// It moved meanwhile, perhaps because it is ready now: the next look tells.
		if (!(error instanceof ConflictError)) throw error;
	}
}

/** Not ready, of another version than the set wants, and above the partition, so that its successor is of the wanted one. */
function isBlocking(pod: KubeObject, set: KubeObject): boolean {
	const update = textAt(set, 'status', 'updateRevision');
	const revision = textMapAt(pod, 'metadata', 'labels')['controller-revision-hash'];
	const ordinal = Number(/-(\d+)$/.exec(pod.metadata.name)?.[1] ?? Number.NaN);
	const partition = numberAt(set, 'spec', 'updateStrategy', 'rollingUpdate', 'partition') ?? 0;
	return (
		controllerOf(pod)?.uid === set.metadata.uid &&
		pod.metadata.deletionTimestamp === undefined &&
		update !== undefined &&
		revision !== update &&
		ordinal >= partition &&
		!isReady(pod)
	);
}
