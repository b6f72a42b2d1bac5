import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {present, type Reach} from './reach.ts';

/** Takes a dead owner's reference from each dependent; unless they are to be orphans, those left without an owner go too. */
export function releaseDependents(reach: Reach, owner: KubeObject, leave: 'delete' | 'orphan'): void {
	for (const dependent of reach.owners.dependents(owner.metadata.uid)) releaseFrom(reach, dependent, owner.metadata.uid ?? '', leave);
}

/** The same for one dependent. */
export function releaseFrom(reach: Reach, dependent: KubeObject, owner: string, leave: 'delete' | 'orphan'): void {
	const found = present(reach, dependent);
	if (found === undefined) return;
	const left = (found.object.metadata.ownerReferences ?? []).filter(({uid}) => uid !== owner);
	const isOwned = left.some(({uid}) => reach.owners.isAlive(uid));
	if (leave === 'delete' && !isOwned) reach.remove(found.resource, found.object, 'Background');
	else reach.update(found.resource, withOwners(found.object, left));
}

/** Does what the finalizers of deletion ask for, and takes them away when it is done. */
export function serveFinalizers(reach: Reach, object: KubeObject): void {
	const finalizers = object.metadata.finalizers ?? [];
	if (finalizers.includes('orphan')) {
		releaseDependents(reach, object, 'orphan');
		withoutFinalizer(reach, object, 'orphan');
	}
	if (!finalizers.includes('foregroundDeletion')) return;
	for (const dependent of reach.owners.dependents(object.metadata.uid)) {
		const found = present(reach, dependent);
		if (found !== undefined && found.object.metadata.deletionTimestamp === undefined)
			reach.remove(found.resource, found.object, 'Foreground');
	}
	const isBlocked = reach.owners.dependents(object.metadata.uid).some(dependent => blocks(dependent, object.metadata.uid));
	if (!isBlocked) withoutFinalizer(reach, object, 'foregroundDeletion');
}

/** An owner waits only for those that say so. */
const blocks = ({metadata}: KubeObject, owner: string | undefined) =>
	(metadata.ownerReferences ?? []).some(({uid, blockOwnerDeletion}) => uid === owner && blockOwnerDeletion === true);

/** Owners that waited for this object in the foreground may go now. */
export function serveWaitingOwners(reach: Reach, gone: KubeObject): void {
	for (const {uid} of gone.metadata.ownerReferences ?? []) {
		const owner = reach.owners.find(uid);
		if (owner !== undefined && owner.metadata.deletionTimestamp !== undefined) serveFinalizers(reach, owner);
	}
}

function withoutFinalizer(reach: Reach, object: KubeObject, finalizer: string): void {
	const found = present(reach, object);
	if (found === undefined) return;
	const {metadata} = found.object;
	const finalizers = (metadata.finalizers ?? []).filter(name => name !== finalizer);
	reach.update(found.resource, {...found.object, metadata: {...metadata, finalizers}});
}

function withOwners(object: KubeObject, ownerReferences: NonNullable<KubeObject['metadata']['ownerReferences']>): KubeObject {
	const {ownerReferences: _old, ...metadata} = object.metadata;
	return {...object, metadata: ownerReferences.length === 0 ? metadata : {...metadata, ownerReferences}};
}
