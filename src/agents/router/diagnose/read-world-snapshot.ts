import type {Snapshot, Unread} from '../../../analysis/detection/snapshot.ts';
import {ownKinds, sharedKinds, wideKinds} from '../../../analysis/detection/snapshot-kinds.ts';
import type {World} from '../world.ts';

const kinds = [...ownKinds, ...sharedKinds, ...wideKinds];

/** Everything that a detection rests on, as the request sees it: what it asked for already is not read again. */
export async function readWorldSnapshot(world: World, nowMs: number): Promise<Snapshot> {
	const lists = await Promise.all(kinds.map(kind => world.objects(kind)));
	const unread = world
		.unread()
		.map(
			({kind, seen}): Unread =>
				seen === 'here'
					? {kind, why: `may be listed in namespace ${world.namespace} only`, except: world.namespace}
					: {kind, why: 'may not be listed: it needs the right to list them'},
		);
	return {takenAt: new Date(nowMs).toISOString(), objects: lists.flat(), unread};
}
