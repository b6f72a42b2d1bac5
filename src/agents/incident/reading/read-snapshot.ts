import type {Snapshot} from '../../../analysis/detection/snapshot.ts';
import {ownKinds, sharedKinds, wideKinds} from '../../../analysis/detection/snapshot-kinds.ts';
import {MkcoaError} from '../../../core/error.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import {readObjects} from './read-objects.ts';

type Asked = {
	/** The only namespace to look at; all of them if left out. */
	readonly namespace?: string | undefined;
	readonly nowMs: number;
	readonly signal: AbortSignal;
};

/**
 * Reads everything that a diagnosis rests on: one list for each kind, whatever the number of objects. What may not be read is told.
 * @throws MkcoaError where nobody answers, or nothing at all may be read: that would look like a cluster that is well
 */
export async function readSnapshot(cluster: Cluster, {namespace, nowMs, signal}: Asked): Promise<Snapshot> {
	const [own, shared, wide] = await Promise.all([
		readObjects(cluster, ownKinds, {namespace, signal}),
		readObjects(cluster, sharedKinds, {signal}),
		readObjects(cluster, wideKinds, {signal}),
	]);
	const blind = own.unread.filter(({except}) => except === undefined);
	if (own.objects.length === 0 && blind.length > 0 && blind.some(({kind}) => kind === 'Pod'))
		throw new MkcoaError({
			kind: 'auth',
			code: 'not-allowed',
			what: 'Nothing could be looked at',
			why: `${blind[0]?.kind} and every other kind: ${blind[0]?.why}`,
			next: 'Ask for the right to list them, as the role view has it, or name a namespace of yours with -n',
		});
	return {
		takenAt: new Date(nowMs).toISOString(),
		...(namespace === undefined ? {} : {namespace}),
		objects: [...own.objects, ...shared.objects, ...wide.objects],
		unread: [...own.unread, ...shared.unread, ...wide.unread],
	};
}
