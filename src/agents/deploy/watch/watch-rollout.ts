import type {Clock} from '../../../core/clock.ts';
import {troubleOf} from '../../../core/error.ts';
import type {RolloutPicture} from '../../../core/rollout-picture.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import {findBackend} from '../backends/find-backend.ts';
import type {Watcher} from '../staged/lease/lease.ts';
import {controlledSight} from './controlled-sight.ts';
import {ownSight} from './own-sight.ts';
import {pictureStore} from './picture-store.ts';
import {rolloutTree} from './rollout-tree.ts';
import type {Sight} from './sight.ts';
import {type WatchedObjects, watchedObjects} from './watched-objects.ts';

export type RolloutWatch = {
	readonly current: () => RolloutPicture;
	/** Calls back after each change, until the answer is called. */
	readonly subscribe: (changed: () => void) => () => void;
	readonly close: () => void;
};

export type WatchNeeds = Pick<Watcher, 'holderDied'> & {
	readonly cluster: Cluster;
	readonly clock: Clock;
	/** Aborts what is waited for before there is a first picture. */
	readonly signal: AbortSignal;
};

/** Between two questions that tell whether the cluster is there, and whether the holder of a rollout lives. */
const lookEveryMs = 5000;

/** Changes that come together are one picture. */
const gatherMs = 50;

/**
 * Follows a rollout, whoever carries it out: objects are watched, and the Lease alone is asked for every five seconds. A cluster that goes away
 * leaves the last picture, which says so.
 * @param name `web` or `kind/name`
 * @throws as `findBackend`, and where the cluster does not answer before there is a first picture
 */
export async function watchRollout(
	{name, namespace}: {readonly name: string; readonly namespace: string},
	needs: WatchNeeds,
): Promise<RolloutWatch> {
	const {cluster, clock, signal, holderDied} = needs;
	const [backend, target] = await Promise.all([findBackend(cluster, namespace, name), cluster.target(namespace)]);
	const store = pictureStore();
	let away: RolloutPicture['away'];
	let heardMs = clock.now();
	let isClosed = false;
	let cancelGather: (() => void) | undefined;
	let cancelLook = () => {};

	const watched: WatchedObjects = watchedObjects({cluster, clock, changed: gather, told: object => sight.told?.(object)});
	const around = {cluster, clock, holderDied, watched};
	const sight: Sight = backend.kind === 'plain' ? ownSight(backend.workload, around) : controlledSight(backend, around);

	function gather(): void {
		if (isClosed) return;
		cancelGather ??= clock.schedule(gatherMs, () => {
			cancelGather = undefined;
			publish();
		});
	}

	function publish(): void {
		watched.keep(sight.wanted());
		if (!watched.isSynced()) return;
		const {progressed, objects, ...shares} = sight.seen();
		const notChecked = [...backend.notChecked, ...watched.refused()];
		store.show({
			...progressed,
			...shares,
			target: `${target.context}, namespace ${namespace}`,
			tree: rolloutTree(objects),
			notChecked,
			away,
		});
	}

	async function look(): Promise<void> {
		try {
			await sight.look();
			if (away !== undefined) watched.again();
			away = undefined;
			heardMs = clock.now();
		} catch (error) {
			away ??= {since: heardMs, why: troubleOf(error).what};
			if (store.isEmpty()) store.first.reject(error);
		}
		gather();
		if (!isClosed) cancelLook = clock.schedule(lookEveryMs, () => void look());
	}

	const close = () => {
		isClosed = true;
		cancelGather?.();
		cancelLook();
		watched.close();
	};
	const abort = () => store.first.reject(signal.reason);
	signal.addEventListener('abort', abort, {once: true});
	await look();
	await store.first.promise
		.catch((error: unknown) => {
			close();
			throw error;
		})
		.finally(() => signal.removeEventListener('abort', abort));
	return {current: store.current, subscribe: store.subscribe, close};
}
