import type {Unread} from '../../../analysis/detection/snapshot.ts';
import {MkcoaError} from '../../../core/error.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import {refuseMissingNamespace} from '../../../mcp/kubernetes/read-neighbours.ts';
import {readObjects} from '../../incident/reading/read-objects.ts';

export type ReadLive = {readonly objects: readonly KubeObject[]; readonly unread: ReadonlyMap<string, string>};

/** As discovery takes it: `apps/Deployment` is `Deployment.apps`. */
const wordOf = (kind: string) => (kind.includes('/') ? kind.split('/').reverse().join('.') : `${kind}.v1`);

type Where = {readonly namespace?: string | undefined; readonly signal: AbortSignal};

/** Why objects that a namespace alone does not tell of are not all there. */
const whyOf = (list: readonly Unread[], {namespace}: Where) => {
	const [first] = list;
	return first === undefined ? undefined : `${first.why}${namespace === undefined ? '' : ` in namespace ${namespace}`}`;
};

/**
 * Lists kinds as checks name them, one list each. A kind that the cluster does not have is read: there is none of it. One that may not be read, or of one
 * namespace alone, is told with the reason.
 * @throws MkcoaError where nobody answers, there is no such namespace, or nothing was read and not all could be
 */
export async function readLive(cluster: Cluster, kinds: readonly string[], where: Where): Promise<ReadLive> {
	const lists = await Promise.all(kinds.map(async kind => ({kind, ...(await readObjects(cluster, [wordOf(kind)], where))})));
	const objects = lists.flatMap(list => list.objects);
	if (where.namespace !== undefined && !objects.some(({metadata}) => metadata.namespace !== undefined))
		await refuseMissingNamespace(cluster, where.namespace);
	const unread = lists.flatMap(({kind, unread: list}) => {
		const why = whyOf(list, where);
		return why === undefined ? [] : [[kind, why] as const];
	});
	// An empty scan with gaps would look like one that found nothing wrong.
	if (objects.length === 0 && unread.length > 0)
		throw new MkcoaError({
			kind: 'auth',
			code: 'nothing-to-scan',
			what: 'Nothing was found to scan',
			why: `${unread.length} of ${kinds.length} kinds could not be read: ${unread[0]?.[0]} ${unread[0]?.[1]}`,
			next: 'Ask for the role view, name a namespace with -n, or scan manifests with -f FILE',
		});
	return {objects, unread: new Map(unread)};
}
