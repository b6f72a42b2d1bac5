import type {Clock} from '../../../core/clock.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {RolloutPicture} from '../../../core/rollout-picture.ts';
import {podSelectorText} from '../../../mcp/kubernetes/model/label-selector.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import type {Watcher} from '../staged/lease/lease.ts';
import type {Progressed} from './own-picture.ts';
import type {TreeObjects} from './rollout-tree.ts';
import type {Wanted, WatchedObjects} from './watched-objects.ts';

/** One way to see a rollout: by mkcoa's own record, or by what its controller tells. */
export type Sight = {
	/** What is to be watched, by what is known so far. */
	readonly wanted: () => readonly Wanted[];
	/** Gets each version of each object, also one that is followed by the next at once. */
	readonly told?: ((object: KubeObject) => void) | undefined;
	/** Asks what cannot be watched. Rejects where the cluster does not answer. */
	readonly look: () => Promise<void>;
	/** As all that was told says now. */
	readonly seen: () => Seen;
};

export type Seen = {readonly progressed: Progressed; readonly objects: TreeObjects} & Pick<RolloutPicture, 'weights' | 'weighed'>;

/** What a sight works with. */
export type Around = Pick<Watcher, 'holderDied'> & {
	readonly cluster: Cluster;
	readonly clock: Clock;
	readonly watched: Pick<WatchedObjects, 'all' | 'isSynced'>;
};

/** What lies below workloads: replica sets and pods, by their selectors. */
export const wantedBelow = (workloads: readonly KubeObject[], namespace: string): readonly Wanted[] =>
	workloads.flatMap(workload => {
		const labelSelector = podSelectorText(workload);
		if (labelSelector === undefined) return [];
		return ['replicasets.apps', 'pods'].map(kind => ({kind, namespace, labelSelector}));
	});

/** The one object of this name. */
export const wantedNamed = (kind: string, namespace: string, name: string): Wanted => ({
	kind,
	namespace,
	fieldSelector: `metadata.name=${name}`,
});

export const ofKind = (objects: readonly KubeObject[], ...kinds: readonly string[]) => objects.filter(({kind}) => kinds.includes(kind));
