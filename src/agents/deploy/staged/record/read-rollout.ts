import {isNotAllowed} from '../../../../core/error.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {Cluster} from '../../../../mcp/kubernetes/port.ts';
import type {WorkloadName} from '../lease/held-by.ts';
import {isHeld, type Lease, readLease, type Watcher} from '../lease/lease.ts';
import {type RolloutRecord, readRecord} from './record.ts';
import {rolloutRefs} from './rollout-objects.ts';

/** What stands in the cluster of one workload's rollout. */
export type Rollout = {
	readonly lease: Lease | undefined;
	/** Undefined where the ConfigMap is missing, or is not what mkcoa writes. */
	readonly record: RolloutRecord | undefined;
	readonly leaseObject: KubeObject | undefined;
	readonly recordObject: KubeObject | undefined;
	/** Whether its holder lives. */
	readonly alive: boolean;
};

/** For who only looks: the cluster's role `view` may read ConfigMaps and no Leases. */
export async function readRolloutAsViewer(
	cluster: Pick<Cluster, 'get'>,
	workload: WorkloadName,
	watcher: Watcher,
): Promise<Rollout & {readonly unseen: boolean}> {
	let unseen = false;
	const get: typeof cluster.get = async (ref, ...rest) =>
		cluster.get(ref, ...rest).catch((error: unknown) => {
			if (ref.kind !== 'Lease' || !isNotAllowed(error)) throw error;
			unseen = true;
			return undefined;
		});
	return {...(await readRollout({get}, workload, watcher)), unseen};
}

/** Reads the Lease and the record; the script stays a secret. */
export async function readRollout(cluster: Pick<Cluster, 'get'>, workload: WorkloadName, watcher: Watcher): Promise<Rollout> {
	const refs = rolloutRefs(workload);
	const [leaseObject, recordObject] = await Promise.all([cluster.get(refs.lease), cluster.get(refs.record)]);
	const lease = leaseObject === undefined ? undefined : readLease(leaseObject);
	return {
		leaseObject,
		recordObject,
		lease,
		record: recordObject === undefined ? undefined : readRecord(recordObject),
		alive: lease !== undefined && isHeld(lease, watcher),
	};
}
