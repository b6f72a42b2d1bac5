import {groupPods, type PodGroups} from './group-pods.ts';
import {ceilInt32, percentOf, quotient} from './integers.ts';
import {requestsOf} from './pod-requests.ts';
import {type Failure, isFailure, type PodMetrics, type ScaledPod} from './scaled-pod.ts';
import type {ControllerSettings} from './settings.ts';
import {isWithin, type Tolerances} from './tolerance.ts';

/** Replicas that one metric asks for, and what it was: thousandths per pod, and whole percent of the requests where that is the target. */
export type Proposal = {readonly replicas: number; readonly usage: number; readonly utilization?: number | undefined};

/** One metric with a value for each pod, at one moment. */
export type PodReading = {
	readonly currentReplicas: number;
	readonly pods: readonly ScaledPod[];
	readonly metrics: PodMetrics;
	/** `cpu` and `memory`; empty for a metric that is no resource. */
	readonly resource: string;
	readonly tolerances: Tolerances;
	readonly settings: ControllerSettings;
	readonly nowMs: number;
};

type Values = ReadonlyMap<string, number>;
type Usage = {readonly ratio: number; readonly usage: number; readonly utilization?: number};

/** How usage becomes a ratio to the target, and what a pod without a value is taken for when usage is low. */
type Measure = {readonly usageOf: (values: Values) => Usage | Failure; readonly ifMissing: (pod: string) => number};

/** Pods that say nothing are taken for what makes the step smaller: idle on the way up, busy on the way down; young ones idle on the way up. */
function withGuesses(values: Values, {missing, unready}: PodGroups, ratio: number, ifMissing: Measure['ifMissing']): Values {
	const guessed = new Map(values);
	if (ratio !== 1) for (const pod of missing) guessed.set(pod, ratio < 1 ? ifMissing(pod) : 0);
	if (ratio > 1) for (const pod of unready) guessed.set(pod, 0);
	return guessed;
}

function proposed({currentReplicas, tolerances}: PodReading, groups: PodGroups, values: Values, measure: Measure): Proposal | Failure {
	const found = measure.usageOf(values);
	if (isFailure(found)) return found;
	const {ratio, ...usage} = found;
	if (groups.missing.size === 0 && !(groups.unready.size > 0 && ratio > 1))
		return {replicas: isWithin(tolerances, ratio) ? currentReplicas : ceilInt32(ratio * groups.readyCount), ...usage};
	const guessed = withGuesses(values, groups, ratio, measure.ifMissing);
	const again = measure.usageOf(guessed);
	if (isFailure(again)) return again;
	const turned = (ratio < 1 && again.ratio > 1) || (ratio > 1 && again.ratio < 1);
	if (turned || isWithin(tolerances, again.ratio)) return {replicas: currentReplicas, ...usage};
	const replicas = ceilInt32(again.ratio * guessed.size);
	const goesAstray = (again.ratio < 1 && replicas > currentReplicas) || (again.ratio > 1 && replicas < currentReplicas);
	return {replicas: goesAstray ? currentReplicas : replicas, ...usage};
}

/** Values of the pods that are believed; those of pods that are not in the list as well, as the controller has it. */
function believed({pods, metrics, resource, settings, nowMs}: PodReading): {groups: PodGroups; values: Values} | Failure {
	if (pods.length === 0) return {failure: 'no pods returned by selector while calculating replica count'};
	const groups = groupPods(pods, metrics, resource, settings, nowMs);
	const values = new Map<string, number>();
	for (const [name, {value}] of metrics) if (!groups.ignored.has(name) && !groups.unready.has(name)) values.set(name, value);
	return values.size === 0 ? {failure: 'did not receive metrics for targeted pods (pods might be unready)'} : {groups, values};
}

const utilizationOf =
	(requests: Values, target: number) =>
	(values: Values): Usage | Failure => {
		let [used, asked, count] = [0, 0, 0];
		for (const [pod, value] of values) {
			const request = requests.get(pod);
			if (request === undefined) continue;
			used += value;
			asked += request;
			count++;
		}
		if (asked === 0) return {failure: 'no metrics returned matched known pods'};
		const utilization = percentOf(used, asked);
		return {ratio: utilization / target, usage: quotient(used, count), utilization};
	};

/**
 * Replicas for a target in percent of the requests.
 * @param container the one that counts; all where undefined
 * @see GetResourceReplicas in replica_calculator.go
 */
export function utilizationReplicas(reading: PodReading, targetPercent: number, container?: string): Proposal | Failure {
	const kept = believed(reading);
	if (isFailure(kept)) return kept;
	const requests = requestsOf(reading.pods, container, reading.resource, reading.settings.podLevelResources);
	if (isFailure(requests)) return requests;
	const ifMissing = (pod: string) => quotient((requests.get(pod) ?? 0) * Math.max(100, targetPercent), 100);
	return proposed(reading, kept.groups, kept.values, {usageOf: utilizationOf(requests, targetPercent), ifMissing});
}

/**
 * Replicas for a target per pod, in thousandths: a resource's or a pods metric.
 * @see calcPlainMetricReplicas in replica_calculator.go
 */
export function averageReplicas(reading: PodReading, target: number): Proposal | Failure {
	const kept = believed(reading);
	if (isFailure(kept)) return kept;
	const usageOf = (values: Values): Usage => {
		const usage = quotient(
			values.values().reduce((sum, value) => sum + value, 0),
			values.size,
		);
		return {ratio: usage / target, usage};
	};
	return proposed(reading, kept.groups, kept.values, {usageOf, ifMissing: () => target});
}
