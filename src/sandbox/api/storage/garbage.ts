import type {Cluster} from '../cluster.ts';
import {releaseDependents, serveFinalizers, serveWaitingOwners} from './dependents.ts';
import {emptyNamespace, endNamespace} from './namespace-end.ts';
import {ownerDoubts} from './owner-doubts.ts';
import {createOwnerIndex} from './owner-index.ts';
import type {Reach} from './reach.ts';

/**
 * Follows deletions to what depends on them: dependents of a deleted owner, the orphan and foregroundDeletion finalizers,
 * and the content of a terminating namespace. Runs in the store's listener, so a deletion's consequences are there
 * when the deleting call returns (the real collector takes a moment).
 */
export function collectGarbage(cluster: Cluster, writes: Pick<Reach, 'remove' | 'update'>): () => void {
	const reach: Reach = {cluster, owners: createOwnerIndex(), ...writes};
	const doubts = ownerDoubts(reach);
	const stop = cluster.store.listen(({type, object, before}) => {
		reach.owners.note(type, object);
		const {deletionTimestamp, namespace, name} = object.metadata;
		if (type === 'DELETED') {
			releaseDependents(reach, object, 'delete');
			serveWaitingOwners(reach, object);
			if (namespace !== undefined) endNamespace(reach, namespace);
		} else if (deletionTimestamp !== undefined && deletionTimestamp !== before?.metadata.deletionTimestamp) {
			serveFinalizers(reach, object);
			if (object.kind === 'Namespace') emptyNamespace(reach, name);
		} else if (type === 'ADDED' || object.metadata.ownerReferences !== before?.metadata.ownerReferences) doubts.note(object);
	});
	return () => {
		stop();
		doubts.stop();
	};
}
