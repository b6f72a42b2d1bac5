import {MkcoaError} from '../../../core/error.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {plainLine} from '../../../mcp/kubernetes/model/untrusted-text.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import {readNeighbours} from '../../../mcp/kubernetes/read-neighbours.ts';

/** Something that is there: `ingress`, `nginx`, `default class`. */
export type Part = {readonly topic: string; readonly name: string; readonly detail: string};

/** Something that an operator should know before a change, and what to do about it. */
export type Remark = {
	readonly id: string;
	readonly severity: 'low' | 'medium' | 'high' | 'critical';
	readonly object: string;
	readonly cause: string;
	readonly fix: string;
};

/** What could not be looked at. Silence would look like a pass. */
export type Unseen = {readonly what: string; readonly why: string};

/** What one look at the environment found. */
export type Look = {readonly parts?: readonly Part[]; readonly remarks?: readonly Remark[]; readonly unseen?: readonly Unseen[]};

/**
 * Runs one look; one that is not allowed, or that the cluster does not answer, is told and leaves the others as they are.
 * @param otherwise what stands for it then
 */
export async function looking<Seen extends Look>(what: string, look: () => Promise<Seen>, otherwise: Seen): Promise<Seen> {
	try {
		return await look();
	} catch (error) {
		if (!(error instanceof MkcoaError) || error.trouble.kind === 'usage') throw error;
		return {...otherwise, unseen: [{what, why: plainLine(error.trouble.what, 200)}]};
	}
}

/** Objects of some kinds; a kind that may not be read is told under the name of what was looked for. */
export async function readFor(
	cluster: Cluster,
	what: string,
	kinds: readonly string[],
	namespace?: string,
): Promise<{readonly objects: readonly KubeObject[]; readonly unseen: readonly Unseen[]}> {
	const {objects, notChecked} = await readNeighbours(cluster, namespace, kinds);
	return {objects, unseen: notChecked.map(why => ({what, why}))};
}
