import {isLoopback} from './loopback.ts';
import type {Target} from './plan.ts';

/** Who may not read the uid of kube-system knows a cluster by its address alone. */
const isByAddress = ({clusterId, cluster}: Target) => clusterId === cluster;

/** A tunnel may end on this machine, and the next one on the same port in another cluster. */
function isTunnel(address: string): boolean {
	const url = URL.parse(address.includes('://') ? address : `https://${address}`);
	return url === null || isLoopback(url);
}

/**
 * Whether two targets are in one cluster: by its uid where both know it, else by one address and what has to prove it. So an admin can
 * take back what somebody with fewer rights did, and a second tunnel on the port of the first is told apart, because its server is signed by
 * another authority. Where the kubeconfig names no authority of its own (or a plan is older than that), one context has to do; and behind
 * a tunnel only for two of whom neither knows the uid, such as one person who plans and applies.
 */
export function isSameCluster(one: Target, other: Target): boolean {
	if (!isByAddress(one) && !isByAddress(other)) return one.clusterId === other.clusterId;
	if (one.cluster !== other.cluster) return false;
	if (one.authority !== undefined && other.authority !== undefined) return one.authority === other.authority;
	return one.context === other.context && (!isTunnel(one.cluster) || (isByAddress(one) && isByAddress(other)));
}
