import {type KubeObject, refKey, refOf} from '../../../../core/kube/kube-object.ts';
import type {Write} from '../../../../core/plan.ts';
import {shows} from '../../../../core/road/shows.ts';
import type {Cluster} from '../../../../mcp/kubernetes/port.ts';
import {neverWhole} from '../../rollout/half-rolled.ts';
import type {Script} from '../act.ts';

/**
 * Whether a script without its record is of a rollout that stands half way: what it makes is there, or the workload is as one of its steps leaves it and
 * the end does not. One that had not begun, or was over but for the closing, leaves nothing of that.
 */
export async function standsHalfWay(cluster: Pick<Cluster, 'get'>, {acts, wayBack}: Script, workload: KubeObject): Promise<boolean> {
	const writes = acts.flatMap(act => act.writes);
	for (const write of writes) {
		if (write.op !== 'create') continue;
		const live = await cluster.get(write.ref);
		if (live !== undefined && isOurs(live, write.manifest)) return true;
	}
	const own = (each: readonly Write[]) => each.filter(({ref}) => refKey(ref) === refKey(refOf(workload)));
	const isAs = (write: Write | undefined) => write !== undefined && shows(write, workload, workload);
	const steps = own(writes);
	if (own(wayBack.flatMap(act => act.writes)).every(isAs)) return false;
	return isAs(steps.at(-1)) ? neverWhole(workload) !== undefined : steps.some(isAs);
}

/** Made by this rollout: labels and annotations that nobody else would give it. */
export const isOurs = (live: KubeObject, {metadata}: KubeObject) =>
	Object.entries({...metadata.labels, ...metadata.annotations}).every(
		([key, value]) => live.metadata.labels?.[key] === value || live.metadata.annotations?.[key] === value,
	);
