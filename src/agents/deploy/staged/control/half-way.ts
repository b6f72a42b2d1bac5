import {canonicalJson} from '../../../../core/json.ts';
import {type KubeObject, refKey, refOf} from '../../../../core/kube/kube-object.ts';
import type {Write} from '../../../../core/plan.ts';
import {shows} from '../../../../core/road/shows.ts';
import type {Cluster} from '../../../../mcp/kubernetes/port.ts';
import {neverWhole} from '../../rollout/half-rolled.ts';
import type {Script} from '../act.ts';
import {bearsOurMark} from './is-marked.ts';

/**
 * Where a script without its record stands. `half-way`: what it makes for its own time is there, or the workload is as one of its steps leaves it and the
 * end does not. `over`: but for the closing; what it brought back for good, such as the ConfigMaps of a rollback, stays then. `not-begun`: nothing of it shows.
 */
export async function whereItStands(
	cluster: Pick<Cluster, 'get'>,
	{acts, wayBack}: Script,
	workload: KubeObject,
): Promise<'not-begun' | 'half-way' | 'over'> {
	const writes = acts.flatMap(act => act.writes);
	const removed = new Set(writes.filter(({op}) => op === 'delete').map(({ref}) => refKey(ref)));
	for (const write of writes) {
		if (write.op !== 'create' || !removed.has(refKey(write.ref))) continue;
		const live = await cluster.get(write.ref);
		if (live?.metadata.deletionTimestamp !== undefined) continue;
		if (live !== undefined && bearsOurMark(live) && isOurs(live, write.manifest)) return 'half-way';
	}
	const own = (each: readonly Write[]) => each.filter(({ref}) => refKey(ref) === refKey(refOf(workload)));
	const isAs = (write: Write | undefined) => write !== undefined && shows(write, workload, workload);
	const steps = own(writes);
	if (own(wayBack.flatMap(act => act.writes)).every(isAs)) return 'not-begun';
	if (isAs(steps.at(-1))) {
		// The last of them may set what was there before, such as the workload's own strategy.
		if (!isAs(steps.findLast(setsTemplate) ?? steps.at(-1))) return 'not-begun';
		return neverWhole(workload) === undefined ? 'over' : 'half-way';
	}
	return steps.some(isAs) ? 'half-way' : 'not-begun';
}

const setsTemplate = (write: Write) => write.op === 'patch' && canonicalJson(write.patch).includes('"/spec/template');

/** Made by this rollout: labels and annotations that nobody else would give it. */
export const isOurs = (live: KubeObject, {metadata}: KubeObject) =>
	Object.entries({...metadata.labels, ...metadata.annotations}).every(
		([key, value]) => live.metadata.labels?.[key] === value || live.metadata.annotations?.[key] === value,
	);
