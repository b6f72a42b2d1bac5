import {MkcoaError} from '../../../core/error.ts';
import {type Ref, refText} from '../../../core/kube/kube-object.ts';
import {isInside, type Room} from '../../../core/roles/reach.ts';
import type {Cluster} from '../port.ts';
import {outsideReach} from './outside-reach.ts';

type Use = 'read' | 'write';

export const isNamespaceKind = ({apiVersion, kind}: Pick<Ref, 'apiVersion' | 'kind'>) => apiVersion === 'v1' && kind === 'Namespace';

/**
 * Holds one object to a room, by where its kind lives and not by what the reference says of that: a Node with a namespace is still a Node. A
 * namespace may be looked at by whoever has it; to change one takes the right to objects that are in none, and to what is in it.
 * @throws MkcoaError `not-allowed` for what is outside, `unknown-kind` for what the cluster does not know
 */
export async function demandInside(cluster: Pick<Cluster, 'typeOfRef'>, room: Room | undefined, ref: Ref, use: Use): Promise<void> {
	if (room === undefined) throw outsideReach(refText(ref), room);
	const isThere = isNamespaceKind(ref) ? hasNamespace(room, ref.name, use) : await isObjectInside(cluster, room, ref);
	// Such a name is another address by the time a server reads it.
	if (!isThere || /^\.{1,2}$|\//.test(ref.name)) throw outsideReach(refText(ref), room);
}

async function isObjectInside(cluster: Pick<Cluster, 'typeOfRef'>, room: Room, ref: Ref): Promise<boolean> {
	try {
		return isInside(room, (await cluster.typeOfRef(ref)).namespaced ? ref.namespace : undefined);
	} catch (error) {
		// A kind that the same plan brings along may live in either place.
		const isNew = error instanceof MkcoaError && error.trouble.code === 'unknown-kind';
		if (isNew && room.clusterScoped && isInside(room, ref.namespace)) return true;
		throw error;
	}
}

const hasNamespace = (room: Room, name: string, use: Use) =>
	use === 'read' ? room.clusterScoped || isInside(room, name) : room.clusterScoped && isInside(room, name);
