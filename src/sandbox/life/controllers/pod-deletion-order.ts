import type {Pod} from '../pod-shapes.ts';
import {isReady, readySince} from '../pod-state.ts';
import {millis} from '../time.ts';

const phaseRank: Readonly<Record<string, number>> = {Pending: 0, Unknown: 1, Running: 2};
const cost = ({metadata}: Pod) => Number(metadata.annotations?.['controller.kubernetes.io/pod-deletion-cost'] ?? 0);
const restarts = ({status}: Pod) => (status?.containerStatuses ?? []).reduce((most, {restartCount}) => Math.max(most, restartCount), 0);

/**
 * The pods in the order in which a ReplicaSet gives them up: without a node first, then pending, not ready, cheap to delete, doubled up on a node,
 * ready for a shorter time, restarted more often, younger.
 * @see ActivePodsWithRanks in pkg/controller/controller_utils.go of Kubernetes
 */
export function inDeletionOrder(pods: readonly Pod[]): readonly Pod[] {
	const perNode = new Map<string, number>();
	for (const {spec} of pods) perNode.set(spec.nodeName ?? '', (perNode.get(spec.nodeName ?? '') ?? 0) + 1);
	const ranks = (pod: Pod): readonly number[] => [
		pod.spec.nodeName === undefined ? 0 : 1,
		phaseRank[pod.status?.phase ?? 'Pending'] ?? 0,
		isReady(pod) ? 1 : 0,
		cost(pod),
		-(perNode.get(pod.spec.nodeName ?? '') ?? 0),
		-(readySince(pod) ?? 0),
		-restarts(pod),
		-millis(pod.metadata.creationTimestamp),
	];
	return pods
		.map(pod => ({pod, ranks: ranks(pod)}))
		.sort((a, b) => compare(a.ranks, b.ranks))
		.map(({pod}) => pod);
}

function compare(a: readonly number[], b: readonly number[]): number {
	const index = a.findIndex((rank, at) => rank !== b[at]);
	return index === -1 ? 0 : (a[index] ?? 0) - (b[index] ?? 0);
}
