import {ceilInt32, maxInt32, maxInt64} from './integers.ts';
import type {Proposal} from './pod-replicas.ts';
import type {Failure, ScaledPod} from './scaled-pod.ts';
import {isWithin, type Tolerances} from './tolerance.ts';

/** Sum of the values of an external metric, held at the largest that the controller can count to. */
export const externalTotal = (values: readonly number[]): number => values.reduce((sum, value) => Math.min(sum + value, maxInt64), 0);

const readyPods = (pods: readonly ScaledPod[]) => pods.filter(({phase, ready}) => phase === 'Running' && ready?.status === 'True').length;

/**
 * Replicas for a value of one object, or of something outside, that falls as replicas are added. From zero the ratio itself counts, and no
 * tolerance.
 * @param usage and `target` in thousandths
 * @see getUsageRatioReplicaCount in replica_calculator.go
 */
export function valueReplicas(
	currentReplicas: number,
	usage: number,
	target: number,
	tolerances: Tolerances,
	pods: readonly ScaledPod[],
): Proposal | Failure {
	const ratio = usage / target;
	if (currentReplicas === 0) return {replicas: ceilInt32(ratio), usage};
	if (isWithin(tolerances, ratio)) return {replicas: currentReplicas, usage};
	if (pods.length === 0) return {failure: 'unable to calculate ready pods: no pods returned by selector while calculating replica count'};
	const wanted = ratio * readyPods(pods);
	return {replicas: wanted > maxInt32 ? maxInt32 : ceilInt32(wanted), usage};
}

/**
 * Replicas for a value that is shared by the pods there are.
 * @param statusReplicas those that the target's status counts
 * @see GetObjectPerPodMetricReplicas and GetExternalPerPodMetricReplicas in replica_calculator.go
 */
export function sharedValueReplicas(statusReplicas: number, usage: number, target: number, tolerances: Tolerances): Proposal {
	const wanted = Math.ceil(usage / target);
	const replicas = isWithin(tolerances, usage / (target * statusReplicas)) ? statusReplicas : Math.min(wanted, maxInt32);
	return {replicas, usage: usage >= maxInt64 ? maxInt64 : Math.ceil(usage / statusReplicas)};
}
