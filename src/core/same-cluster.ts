import type {Target} from './plan.ts';

/** Who may not read the uid of kube-system knows a cluster by its address alone. */
const isByAddress = ({clusterId, cluster}: Target) => clusterId === cluster;

/** Whether two targets are in one cluster: by its uid, or by its address where one of them has nothing else to go by. */
export const isSameCluster = (one: Target, other: Target) =>
	one.clusterId === other.clusterId || ((isByAddress(one) || isByAddress(other)) && one.cluster === other.cluster);
