import {isNotAllowed} from '../../../core/error.ts';
import type {KubeObject, Ref} from '../../../core/kube/kube-object.ts';
import type {Cluster} from '../port.ts';

/** An object as far as one may look; `refused` says in a sentence's words which right is missing, and then nothing is known of it. */
export type Seen = {readonly object: KubeObject | undefined; readonly refused?: string | undefined};

/** Reads an object of which a plan may also be made without having seen it. Rejects as the cluster does, but for a missing right. */
export async function seeObject(cluster: Pick<Cluster, 'get'>, ref: Ref): Promise<Seen> {
	try {
		return {object: await cluster.get(ref)};
	} catch (error) {
		if (!isNotAllowed(error)) throw error;
		return {object: undefined, refused: error.trouble.what};
	}
}
