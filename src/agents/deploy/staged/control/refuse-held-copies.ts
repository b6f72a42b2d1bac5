import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {seeObject} from '../../../../mcp/kubernetes/plan/see-object.ts';
import type {Cluster} from '../../../../mcp/kubernetes/port.ts';
import {heldBy, workloadName} from '../lease/held-by.ts';
import {isHeld, readLease, type Watcher} from '../lease/lease.ts';
import {rolloutRefs} from '../record/rollout-objects.ts';

/** A copy that somebody rolls out as a workload of its own is in use. @throws `rollout-held` */
export async function refuseHeldCopies(cluster: Pick<Cluster, 'get'>, objects: readonly KubeObject[], watcher: Watcher): Promise<void> {
	for (const copy of objects.filter(({kind}) => kind === 'Deployment')) {
		const name = workloadName(copy);
		const {object} = await seeObject(cluster, rolloutRefs(name).lease);
		const lease = object === undefined ? undefined : readLease(object);
		if (lease !== undefined && isHeld(lease, watcher)) throw heldBy(name, lease, watcher.clock.now());
	}
}
