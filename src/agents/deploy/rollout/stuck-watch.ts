import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {containersOf} from '../../../mcp/kubernetes/model/container-summary.ts';
import {isOpen, type PodTrouble, podTrouble} from './pod-trouble.ts';
import type {Readiness} from './readiness.ts';

/** A pod that cannot run for so long is not going to: image pulls and config errors get one more try within it. */
export const patienceMs = 15_000;

/** An autoscaler of nodes says within so long whether it makes one. */
const schedulingPatienceMs = 120_000;

/** An operator may call its object degraded while it starts. */
const doubtPatienceMs = 60_000;

/** A program that starts before its database often ends once or twice. */
const usualToleratedRestarts = 2;

/** What no waiting mends. Without a `reason` it is that pods cannot run. */
export type Stuck = {
	readonly cause: PodTrouble['cause'] | 'doubtful';
	readonly reason?: string;
	readonly trouble: PodTrouble | undefined;
	/** Name of the pod, where it is one. */
	readonly pod?: string;
};

type Sight = {
	readonly readiness: Pick<Readiness, 'doubtful'>;
	readonly pods: readonly KubeObject[] | undefined;
	readonly refused: PodTrouble | undefined;
	/** Names of pods for which a node is on its way: those wait as long as the whole may take. */
	readonly nodesComeFor?: ReadonlySet<string>;
};

/**
 * Counts for how long each pod has been in a state that does not mend itself. A pod that starts anew between two crashes keeps its count;
 * one that becomes ready, or goes, loses it.
 */
export function stuckWatch(lookMs: number, toleratedRestarts = usualToleratedRestarts) {
	let stuckMs: ReadonlyMap<string, number> = new Map();
	const firstRestarts = new Map<string, number>();

	/** How long this pod may stay so; undefined where its state may pass. */
	function limitOf(pod: KubeObject, {cause}: PodTrouble): number | undefined {
		if (cause === 'unschedulable') return schedulingPatienceMs;
		if (cause !== 'crash') return cause === 'starting' ? undefined : patienceMs;
		const restarts = restartsOf(pod);
		if (restarts - (firstRestarts.get(pod.metadata.name) ?? 0) > toleratedRestarts) return 0;
		return restarts > toleratedRestarts ? patienceMs : undefined;
	}

	return {
		/** One look; the answer is what to give up for. */
		look({readiness: {doubtful}, pods = [], refused, nodesComeFor}: Sight): Stuck | undefined {
			const next = new Map<string, number>();
			let found: Stuck | undefined;
			const count = (key: string, limitMs: number | undefined, stuck: Stuck) => {
				const before = stuckMs.get(key);
				if (limitMs !== undefined && (before ?? 0) >= limitMs) found ??= stuck;
				if (limitMs !== undefined || before !== undefined) next.set(key, (before ?? 0) + (limitMs === undefined ? 0 : lookMs));
			};
			if (refused !== undefined) count('refused pods', patienceMs, {cause: 'refused', trouble: refused});
			for (const pod of pods) {
				const {name} = pod.metadata;
				if (!firstRestarts.has(name)) firstRestarts.set(name, restartsOf(pod));
				const trouble = podTrouble(pod);
				if (trouble === undefined) continue;
				const isAwaited = trouble.cause === 'unschedulable' && nodesComeFor?.has(name) === true;
				count(`pod ${name}`, isAwaited ? undefined : limitOf(pod, trouble), {cause: trouble.cause, trouble, pod: name});
			}
			if (doubtful !== undefined) count('doubt', doubtPatienceMs, {cause: 'doubtful', reason: doubtful, trouble: undefined});
			stuckMs = next;
			return found;
		},
	};
}

/** Of the container that restarted most among those on which the pod still waits. */
const restartsOf = (pod: KubeObject) =>
	Math.max(
		0,
		...containersOf(pod)
			.filter(isOpen)
			.map(({restarts}) => restarts),
	);
